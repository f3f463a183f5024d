import type { Clock, Logger } from '../kernel/index.ts'
import type { Faults } from './faults.ts'
import type { JsonObject } from './json.ts'
import type { QueuedItem } from './ready-queue.ts'
import { createReadyQueue } from './ready-queue.ts'
import type { Scheduler } from './scheduler.ts'
import { createSender } from './sender.ts'

/** One update of a webhook. */
export interface WebhookChange {
  /** For example `messages`. */
  readonly field: string
  readonly value: JsonObject
  /** Seconds since the epoch; account fields carry it, `messages` does not. */
  readonly time?: number
}

/** A POST that was not answered with 200 yet. */
export interface PendingDelivery {
  readonly changes: readonly WebhookChange[]
  /** How many times it was tried. */
  readonly attempt: number
}

/** One POST to the webhook and its answer. */
export interface DeliveryAttempt {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  /** HTTP status; 0 for no answer. */
  readonly status: number
  /** From 1. */
  readonly attempt: number
  readonly fields: readonly string[]
  /** Size of the body. */
  readonly bytes: number
}

/** How webhooks are delivered. */
export interface DeliveryOptions {
  /** Most updates in one POST. Default 1; Meta goes up to 1,000. */
  readonly batchSize?: number
  /** POSTs at the same time. Default 1, which keeps the order while nothing fails. */
  readonly concurrency?: number
  /** Pauses before each further attempt, in milliseconds; after the last the update is given up. Default: 1 s to 1 h, nine attempts. */
  readonly retryDelaysMs?: readonly number[]
  /** How long an answer may take, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
}

/** Signed webhooks with retries. */
export interface Delivery {
  /** Queues an update. Until an address is set, updates wait. */
  enqueue(change: WebhookChange): void
  /** Sets or removes the address and starts delivering. */
  setUrl(url: string | undefined): void
  /** Resolves when nothing is queued, in flight or waiting to be retried; at once while there is no address. */
  idle(): Promise<void>
  pending(): readonly PendingDelivery[]
  /** The last 1,000 attempts. */
  attempts(): readonly DeliveryAttempt[]
  /** Replaces what is pending, after a restart. */
  resume(pending: readonly PendingDelivery[]): void
  /** Ends everything; what is pending stays in `pending()`. */
  close(): void
}

/** What delivery needs. */
export interface DeliveryDeps {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly logger: Logger
  readonly faults: Faults
  readonly appSecret: string
  readonly wabaId: string
  readonly onAttempt: (attempt: DeliveryAttempt) => void
  readonly options: DeliveryOptions
}

const retryDelays = [1000, 5000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000]

/** A delivery queue without an address. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { batchSize = 1, concurrency = 1, retryDelaysMs = retryDelays } = deps.options
  const sender = createSender(deps)
  const queue = createReadyQueue()
  const stop = new AbortController()
  const unfinished = new Set<QueuedItem>()
  let idlers: (() => void)[] = []
  let inFlight = 0
  let url: string | undefined

  const add = (item: QueuedItem, delayMs: number): void => {
    unfinished.add(item)
    if (delayMs === 0) {
      queue.push(item)
      queueMicrotask(pump)
      return
    }
    void deps.scheduler.wait(delayMs, stop.signal).then(() => {
      if (stop.signal.aborted || !unfinished.has(item)) return
      queue.push(item)
      pump()
    })
  }

  const pump = (): void => {
    while (url !== undefined && inFlight < concurrency && queue.size() > 0) {
      if (stop.signal.aborted) break
      inFlight += 1
      void deliver(url, queue.take(batchSize))
    }
    if (url !== undefined && unfinished.size > 0 && !stop.signal.aborted) return
    for (const resolve of idlers) resolve()
    idlers = []
  }

  const deliver = async (target: string, items: readonly QueuedItem[]): Promise<void> => {
    const changes = items.flatMap((item) => item.changes)
    const record = await sender.send(target, changes, (items[0]?.attempt ?? 0) + 1)
    inFlight -= 1
    if (stop.signal.aborted) return
    const isCurrent = items.some((item) => unfinished.delete(item))
    for (const item of items) unfinished.delete(item)
    if (isCurrent && record.status !== 200) retry(changes, record)
    deps.onAttempt(record)
    pump()
  }

  const retry = (changes: readonly WebhookChange[], failed: DeliveryAttempt): void => {
    const { status, attempt } = failed
    const delayMs = retryDelaysMs[attempt - 1]
    const gaveUp = delayMs === undefined
    deps.logger.warn('simulated webhook was not taken', { status, attempt, gaveUp })
    if (!gaveUp) add({ changes, attempt, holdFor: 0 }, delayMs)
  }

  return {
    enqueue(change) {
      for (const { delayMs, holdFor } of deps.faults.plan(change)) {
        add({ changes: [change], attempt: 0, holdFor }, delayMs)
      }
    },
    setUrl(next) {
      url = next
      queueMicrotask(pump)
    },
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve)
        queueMicrotask(pump)
      }),
    pending: () => [...unfinished].map(({ changes, attempt }) => ({ changes, attempt })),
    attempts: () => sender.attempts(),
    resume(pending) {
      unfinished.clear()
      queue.clear()
      for (const each of pending) add({ ...each, holdFor: 0 }, 0)
    },
    close() {
      stop.abort()
      sender.close()
      pump()
    },
  }
}
