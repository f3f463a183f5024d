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
export async function readBody(request: IncomingMessage, limit: number): Promise<BodyOutcome> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return { kind: 'too_large' }
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!(chunk instanceof Uint8Array)) continue
      size += chunk.byteLength
      if (size > limit) return { kind: 'too_large' }
      chunks.push(chunk)
    }
  } catch {
    return { kind: 'aborted' }
  }
  const [only] = chunks
  return {
    kind: 'read',
    bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks),
  }
}
