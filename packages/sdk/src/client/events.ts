import { api, eventSchema } from '../api/index.ts'
import type { EventDocument } from '../api/index.ts'
import { isAuronxError, sleep } from '../kernel/index.ts'
import type { AuronxError } from '../kernel/index.ts'
import type { Sender } from './request.ts'

/** Where to go on, and when to stop. */
export interface EventOptions {
  /** Id of the last event that was handled. */
  readonly after?: string
  readonly signal: AbortSignal
}

const mostSeen = 1_000

/**
 * What happens, as it happens, until the signal fires; connects again by itself and goes on where it was. Right
 * behind `after` an event can come that was handled before. Throws when the credential does not hold any more.
 */
export async function* readEvents(
  sender: Sender,
  { after, signal }: EventOptions,
): AsyncIterable<EventDocument> {
  let last = after
  const seen = new Set<string>()
  while (!signal.aborted) {
    try {
      const headers = {
        accept: 'text/event-stream',
        ...(last === undefined ? {} : { 'last-event-id': last }),
      }
      const response = await sender.open(api.streamEvents, { signal }, headers)
      for await (const data of readData(response)) {
        const event = eventSchema.parse(JSON.parse(data))
        if (seen.has(event.id)) continue
        seen.add(event.id)
        const [oldest = ''] = seen
        if (seen.size > mostSeen) seen.delete(oldest)
        last = event.id
        yield event
      }
    } catch (error) {
      if (signal.aborted) return
      if (isAuronxError(error) && !isPassing(error)) throw error
    }
    await sleep(1_000, signal).catch(() => undefined)
  }
}

function isPassing({ retryable, code }: AuronxError): boolean {
  return retryable || code === 'network_failed' || code === 'timeout'
}

/** The data of each event of an answer. */
async function* readData(response: Response): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block.split('\n').flatMap((line) => /^data: (.*)$/.exec(line)?.[1] ?? [])
      if (data.length > 0) yield data.join('\n')
    }
  }
}
