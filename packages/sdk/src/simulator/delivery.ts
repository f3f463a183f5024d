import type { Clock, Logger } from '../kernel/index.ts'
import { signWireBody, toWireBody } from './escape.ts'
import type { Faults } from './faults.ts'
import type { JsonObject } from './json.ts'
import { createPoster } from './post.ts'
import type { Scheduler } from './scheduler.ts'

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

interface Item extends PendingDelivery {
  /** How many other items go first, at most. */
  holdFor: number
}

/** A delivery queue without an address. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { batchSize = 1, concurrency = 1, timeoutMs = 10_000 } = deps.options
  const delays = deps.options.retryDelaysMs ?? retryDelays
  const poster = createPoster({ timeoutMs })
  const stop = new AbortController()
  const unfinished = new Set<Item>()
  const log: DeliveryAttempt[] = []
  let ready: Item[] = []
  let idlers: (() => void)[] = []
  let inFlight = 0
  let url: string | undefined
  let isPumpPlanned = false

  const settleIdlers = (): void => {
    if (url !== undefined && unfinished.size > 0 && !stop.signal.aborted) return
    for (const resolve of idlers) resolve()
    idlers = []
  }

  const planPump = (): void => {
    if (isPumpPlanned) return
    isPumpPlanned = true
    queueMicrotask(() => {
      isPumpPlanned = false
      pump()
    })
  }

  const add = (item: Item, delayMs: number): void => {
    unfinished.add(item)
    if (delayMs === 0) {
      ready.push(item)
      planPump()
      return
    }
    void deps.scheduler.wait(delayMs, stop.signal).then(() => {
      if (stop.signal.aborted) return
      ready.push(item)
      planPump()
    })
  }

  const pump = (): void => {
    while (
      url !== undefined &&
      inFlight < concurrency &&
      ready.length > 0 &&
      !stop.signal.aborted
    ) {
      const { taken, rest } = takeBatch(ready, batchSize)
      ready = rest
      inFlight += 1
      void deliver(url, taken)
    }
    settleIdlers()
  }

  const deliver = async (target: string, items: readonly Item[]): Promise<void> => {
    const changes = items.flatMap((item) => item.changes)
    const attempt = (items[0]?.attempt ?? 0) + 1
    const body = toWireBody(envelope(deps.wabaId, changes))
    const status = await poster.post(target, headersFor(body, deps.appSecret), body)
    inFlight -= 1
    const fields = [...new Set(changes.map((change) => change.field))]
    const record = { atMs: deps.clock.now().getTime(), status, attempt, fields, bytes: body.length }
    log.push(record)
    if (log.length > 1000) log.shift()
    if (stop.signal.aborted) return
    for (const item of items) unfinished.delete(item)
    if (status !== 200) retry(changes, attempt, status)
    deps.onAttempt(record)
    pump()
  }

  const retry = (changes: readonly WebhookChange[], attempt: number, status: number): void => {
    const delayMs = delays[attempt - 1]
    deps.logger.warn('simulated webhook was not taken', {
      status,
      attempt,
      gaveUp: delayMs === undefined,
    })
    if (delayMs !== undefined) add({ changes, attempt, holdFor: 0 }, delayMs)
  }

  return {
    enqueue(change) {
      for (const { delayMs, holdFor } of deps.faults.plan(change)) {
        add({ changes: [change], attempt: 0, holdFor }, delayMs)
      }
    },
    setUrl(next) {
      url = next
      planPump()
    },
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve)
        planPump()
      }),
    pending: () => [...unfinished].map(({ changes, attempt }) => ({ changes, attempt })),
    attempts: () => [...log],
    resume(pending) {
      unfinished.clear()
      ready = []
      for (const each of pending) add({ ...each, holdFor: 0 }, 0)
    },
    close() {
      stop.abort()
      poster.close()
      settleIdlers()
    },
  }
}

/** The next items to send. A retry goes alone; an item that is held lets others pass, but not for ever. */
function takeBatch(ready: readonly Item[], size: number): { taken: Item[]; rest: Item[] } {
  const free = ready.filter((item) => item.holdFor === 0)
  const first = free[0] ?? ready[0]
  const taken = first === undefined || first.attempt > 0 || free.length === 0 ? [first] : free
  const chosen = taken.filter((item) => item !== undefined)
  const batch = chosen.filter((item) => item === first || item.attempt === 0).slice(0, size)
  const rest = ready.filter((item) => !batch.includes(item))
  return {
    taken: batch,
    rest: rest.map((item) => (item.holdFor === 0 ? item : passed(item))),
  }
}

function passed(item: Item): Item {
  item.holdFor -= 1
  return item
}

function envelope(wabaId: string, changes: readonly WebhookChange[]): JsonObject {
  const time = changes.find((change) => change.time !== undefined)?.time
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: wabaId,
        ...(time === undefined ? {} : { time }),
        changes: changes.map(({ field, value }) => ({ value, field })),
      },
    ],
  }
}

function headersFor(body: string, appSecret: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    'x-hub-signature-256': signWireBody(body, appSecret),
  }
}
