import type { IncomingMessage } from 'node:http'

/** A request body, or that it was larger than allowed. */
export type BodyOutcome =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'aborted' }

/**
 * Reads a request body of at most `limit` bytes. A larger one is refused as soon as that is known: by its
 * Content-Length before a byte is read, otherwise at the first byte too many.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<BodyOutcome> {
  // Events, because an async iterator over the request costs as much as all else that is done for a webhook.
  return new Promise((resolve) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      resolve({ kind: 'too_large' })
      return
    }
    const chunks: Uint8Array[] = []
    let size = 0
    const take = (chunk: Uint8Array): void => {
      size += chunk.byteLength
      chunks.push(chunk)
      if (size <= limit) return
      request.off('data', take).pause()
      resolve({ kind: 'too_large' })
    }
    const abort = (): void => resolve({ kind: 'aborted' })
    request.on('data', take).on('error', abort).on('close', abort)
    request.on('end', () => resolve({ kind: 'read', bytes: join(chunks) }))
  })
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
}
