import { api, eventSchema } from '../api/index.ts'
import type { EventDocument } from '../api/index.ts'
import { isAuronxError, sleep } from '../kernel/index.ts'
import type { AuronxError } from '../kernel/index.ts'
import type { Sender } from './request.ts'

/** Where to go on, and when to stop. */
export interface EventOptions {
  /** Id of the last event that was handled, or `start` for everything from the first one. Default: from now on. */
  readonly after?: string
  readonly signal: AbortSignal
}

/**
 * What happens, as it happens, until the signal fires; connects again by itself and goes on where it was, so that nothing is
 * missed and nothing comes twice. Throws when the credential does not hold any more, and for an `after` that is unknown.
 */
export async function* readEvents(
  sender: Sender,
  { after, signal }: EventOptions,
): AsyncIterable<EventDocument> {
  let last = after
  while (!signal.aborted) {
    try {
      const headers = {
        accept: 'text/event-stream',
        ...(last === undefined ? {} : { 'last-event-id': last }),
      }
      const response = await sender.open(api.streamEvents, { signal }, headers)
      for await (const { id, data } of readBlocks(response)) {
        last = id ?? last
        if (data !== undefined) yield eventSchema.parse(JSON.parse(data))
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

interface Block {
  readonly id?: string
  readonly data?: string
}

/** The events of an answer; one without data only says where the log stands. */
async function* readBlocks(response: Response): AsyncIterable<Block> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const [id] = fieldsOf(block, 'id')
      const data = fieldsOf(block, 'data')
      yield {
        ...(id === undefined ? {} : { id }),
        ...(data.length === 0 ? {} : { data: data.join('\n') }),
      }
    }
  }
}

function fieldsOf(block: string, name: string): readonly string[] {
  const start = `${name}: `
  return block
    .split('\n')
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length))
}
