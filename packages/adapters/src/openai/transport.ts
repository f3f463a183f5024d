import type { Egress } from '@auronx/sdk'
import { AuronxError, failureOf, readAtMost } from '@auronx/sdk'

/** What the transport under the client needs. */
export interface TransportDeps {
  readonly egress: Egress
  readonly apiKey: string
  readonly timeoutMs: number
  readonly maxAnswerBytes: number
}

/**
 * The `fetch` that the client gets. It goes through the egress, reads the whole answer within the time and size limit,
 * and writes its own headers: the client's describe the machine, and can be set by environment variables.
 *
 * Throws `payload_too_large` for an answer above the limit, and what the egress throws.
 */
export function createTransport(
  deps: TransportDeps,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${deps.apiKey}`,
    'content-type': 'application/json',
    'user-agent': 'auronx',
  }
  return async (input, init) => {
    const signal = init?.signal ?? undefined
    try {
      const response = await deps.egress.fetch(input, {
        method: 'POST',
        headers,
        ...(init?.body === undefined ? {} : { body: init.body }),
        ...(signal === undefined ? {} : { signal }),
        timeoutMs: deps.timeoutMs,
      })
      const bytes = await readAtMost(response, deps.maxAnswerBytes)
      if (bytes === undefined) throw tooLarge(deps.maxAnswerBytes)
      const { status } = response
      return new Response(bytes.length === 0 ? null : bytes, { status, headers: response.headers })
    } catch (error) {
      throw failureOf(error, { timedOut: false, aborted: signal?.aborted ?? false })
    }
  }
}

function tooLarge(maxBytes: number): AuronxError {
  return new AuronxError('payload_too_large', 'the answer of the model is too long', {
    details: { maxBytes },
  })
}
