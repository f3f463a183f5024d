import { setImmediate as nextTurn } from 'node:timers/promises'

/** One queued message: its conversation, and its place there, from 0. */
export interface Queued {
  readonly conversation: string
  readonly place: number
}

/** Watches handlers: how many ran, whether in order, whether two of one conversation at once, and when the last of a kind ended. */
export interface Watch {
  /** Runs one handler, which yields once. */
  handle(queued: Queued): Promise<void>
  readonly handled: number
  readonly outOfOrder: number
  readonly overlaps: number
  /** Milliseconds from the start until 99 of 100 messages of conversations other than `hot` were handled. */
  coldP99Ms(): number
}

/** Starts watching. */
export function createWatch(): Watch {
  const places = new Map<string, number>()
  const active = new Set<string>()
  const cold: number[] = []
  const from = performance.now()
  let [handled, outOfOrder, overlaps] = [0, 0, 0]
  return {
    async handle({ conversation, place }) {
      if (active.has(conversation)) overlaps += 1
      active.add(conversation)
      if (place !== (places.get(conversation) ?? -1) + 1) outOfOrder += 1
      places.set(conversation, place)
      await nextTurn()
      active.delete(conversation)
      handled += 1
      if (conversation !== 'hot') cold.push(performance.now() - from)
    },
    get handled() {
      return handled
    },
    get outOfOrder() {
      return outOfOrder
    },
    get overlaps() {
      return overlaps
    },
    coldP99Ms: () => cold[Math.ceil(cold.length * 0.99) - 1] ?? 0,
  }
}

/** `conversations` with `each` messages, one of every conversation in turn, after `hot` messages of one conversation. */
export function queueOf(conversations: number, each: number, hot = 0): readonly Queued[] {
  const first = Array.from({ length: hot }, (_, place) => ({ conversation: 'hot', place }))
  const rest = Array.from({ length: conversations * each }, (_, index) => ({
    conversation: `c${index % conversations}`,
    place: Math.floor(index / conversations),
  }))
  return [...first, ...rest]
}

/** Handled before the time counts, by the same client as what follows: one message of each of so many conversations. */
export const warmUp: readonly Queued[] = queueOf(256, 1)
