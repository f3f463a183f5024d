import type { WebhookChange } from './delivery.ts'

/** Updates that go out in one POST, or wait to. */
export interface QueuedItem {
  readonly changes: readonly WebhookChange[]
  /** How many times it was tried. */
  readonly attempt: number
  /** How many POSTs go first, at most, while there are others to send. */
  holdFor: number
}

/** The updates that may go out now, in order. */
export interface ReadyQueue {
  push(item: QueuedItem): void
  /** Takes up to `size` items off; a retry goes alone, held items let others pass. Empty only when the queue is. */
  take(size: number): readonly QueuedItem[]
  clear(): void
  size(): number
}

/** An empty queue. */
export function createReadyQueue(): ReadyQueue {
  const ready: QueuedItem[] = []
  return {
    push: (item) => void ready.push(item),
    take(size) {
      const taken = takeFree(ready, size)
      return taken.length > 0 ? taken : ready.splice(0, 1)
    },
    clear: () => void ready.splice(0),
    size: () => ready.length,
  }
}

function takeFree(ready: QueuedItem[], size: number): QueuedItem[] {
  const taken: QueuedItem[] = []
  let index = 0
  while (taken.length < size) {
    const item = ready[index]
    if (item === undefined || (item.attempt > 0 && taken.length > 0)) return taken
    if (item.holdFor > 0) {
      item.holdFor -= 1
      index += 1
      continue
    }
    ready.splice(index, 1)
    taken.push(item)
    if (item.attempt > 0) return taken
  }
  return taken
}
