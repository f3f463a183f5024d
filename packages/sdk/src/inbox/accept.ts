import type { ChannelDirectory, ChannelRoute } from '../accounts/index.ts'
import { AuronxError, isAuronxError, sha256HexOfEach, soon } from '../kernel/index.ts'
import type { Clock, Ids, InboxEventId, Logger } from '../kernel/index.ts'
import type { LaneGrant, WaitingEvent } from '../lanes/index.ts'
import type { InboundEvent } from '../webhook/index.ts'
import { routeEvent } from './route.ts'
import type { AcceptItem, InboxStore } from './store.ts'
import { encodeStoredEvent } from './stored-event.ts'

/** A lane that this process may handle at once, with its events in memory. */
export interface LaneOffer {
  readonly grant: LaneGrant
  readonly events: readonly WaitingEvent[]
}

/** Durable acceptance of parsed events. */
export interface Inbox {
  /**
   * Stores the events and resolves once they are committed: only then may the webhook be answered 200. Requests that
   * arrive together share statements. Events of unknown numbers are counted, without content.
   *
   * Throws `storage_unavailable` or `overloaded` (both retryable): answer 503, Meta delivers again.
   */
  accept(events: readonly InboundEvent[], source: { readonly appId: string }): Promise<AcceptReport>
  /** Keeps a correctly signed body that could not be read, for 30 days, for a person to look at. */
  keepUnreadable(bytes: Uint8Array, source: { readonly appId: string }): Promise<void>
}

/** What became of a request's events. */
export interface AcceptReport {
  readonly accepted: number
  readonly duplicates: number
  readonly refused: number
}

/** What {@link createInbox} needs. */
export interface InboxDeps {
  readonly store: InboxStore
  readonly directory: ChannelDirectory
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  /** Takes lanes that became ready; when absent (a web-only process) lanes wait for a worker. */
  readonly offer?: { wants(): boolean; take(offers: readonly LaneOffer[]): void }
  /** Called after a commit that left lanes for workers. */
  readonly wake?: () => void
  /** Lease of an offered lane in milliseconds; as for lanes. Default 15,000. */
  readonly leaseMs?: number
  /** Statements under way at once. Default 2; PGlite wants 1. */
  readonly flights?: number
  /** Events waiting for a statement before new ones are turned away. Default 20,000. */
  readonly maxQueued?: number
  /** Events per statement. Default 1,000. */
  readonly maxBatch?: number
  /** How long a route is believed, in milliseconds. Default 30,000. */
  readonly routeTtlMs?: number
}

interface Waiting {
  readonly items: readonly AcceptItem[]
  readonly resolve: (accepted: number) => void
  readonly reject: (error: unknown) => void
}

const unreadableForMs = 30 * 24 * 3_600_000

/** Creates the inbox: routes, deduplicates and stores events with natural group commit (no timer). */
export function createInbox(deps: InboxDeps): Inbox {
  const { store, clock, logger } = deps
  const { leaseMs = 15_000, flights = 2, maxQueued = 20_000, maxBatch = 1_000 } = deps
  const routes = createRouteCache(deps.directory, clock, deps.routeTtlMs ?? 30_000)
  const queue: Waiting[] = []
  let queued = 0
  let underWay = 0
  // What arrives in the same round of the event loop shares a statement.
  let isComing = false

  const submit = (items: readonly AcceptItem[]): Promise<number> => {
    if (queued + items.length > maxQueued) {
      throw new AuronxError('overloaded', 'Too many events wait to be stored', { retryable: true })
    }
    queued += items.length
    return new Promise((resolve, reject) => {
      queue.push({ items, resolve, reject })
      if (isComing || underWay >= flights) return
      isComing = true
      soon(pump)
    })
  }

  const pump = (): void => {
    isComing = false
    while (underWay < flights && queue.length > 0) {
      const batch = takeBatch(queue, maxBatch)
      underWay += 1
      void flush(batch).finally(() => {
        underWay -= 1
        for (const waiting of batch) queued -= waiting.items.length
        pump()
      })
    }
  }

  const flush = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const accepted = await storeItems(batch.flatMap((waiting) => waiting.items))
      for (const waiting of batch) {
        waiting.resolve(waiting.items.filter((item) => accepted.has(item.id)).length)
      }
    } catch (error) {
      for (const waiting of batch) waiting.reject(error)
    }
  }

  // A value the database cannot take must not fail its neighbours: halve until the culprit stands alone.
  const storeItems = async (items: readonly AcceptItem[]): Promise<ReadonlySet<InboxEventId>> => {
    try {
      return await storeBatch(items)
    } catch (error) {
      if (!isAuronxError(error, 'storage_constraint')) throw error
      const [only] = items
      if (items.length === 1 && only !== undefined) {
        logger.error('inbox: an event could not be stored', { eventId: only.id, kind: only.kind })
        await store.countRefused({
          appId: '',
          phoneNumberId: '',
          reason: 'unstorable',
          at: clock.now(),
          count: 1,
        })
        return new Set()
      }
      const middle = Math.ceil(items.length / 2)
      const left = await storeItems(items.slice(0, middle))
      const right = await storeItems(items.slice(middle))
      return new Set([...left, ...right])
    }
  }

  const storeBatch = async (items: readonly AcceptItem[]): Promise<ReadonlySet<InboxEventId>> => {
    const wanted = deps.offer?.wants() ?? false
    const result = await store.accept(items, { now: clock.now(), ...(wanted ? { leaseMs } : {}) })
    if (result.grants.length > 0) deps.offer?.take(toOffers(items, result.grants))
    if (!wanted && result.accepted.length > 0) deps.wake?.()
    return new Set(result.accepted)
  }

  return {
    async accept(events, { appId }) {
      const now = clock.now()
      const routed: Routed[] = []
      const refused = new Map<string, { reason: Refusal; phoneNumberId: string; count: number }>()
      for (const event of events) {
        const candidates = routes.peek(event) ?? (await routes.find(event))
        const routing = routeEvent(event, candidates, appId, now.getTime())
        if (routing.kind === 'refused') {
          const phoneNumberId = event.phoneNumberId ?? ''
          const entry = refused.get(routing.reason + phoneNumberId)
          refused.set(routing.reason + phoneNumberId, {
            reason: routing.reason,
            phoneNumberId,
            count: (entry?.count ?? 0) + 1,
          })
          continue
        }
        routed.push({ event, route: routing.route, lane: routing.lane })
      }
      const items = await toItems(routed, now, deps.ids)
      const accepted = items.length === 0 ? 0 : await submit(items)
      let refusedCount = 0
      for (const entry of refused.values()) {
        refusedCount += entry.count
        logger.warn('inbox: events refused', { reason: entry.reason, count: entry.count })
        await store.countRefused({ appId, at: now, ...entry })
      }
      return { accepted, duplicates: items.length - accepted, refused: refusedCount }
    },
    async keepUnreadable(bytes, { appId }) {
      const at = clock.now()
      logger.error('inbox: a correctly signed body could not be read', { bytes: bytes.length })
      await store.keepUnreadable({
        appId,
        bytes,
        at,
        keepUntil: new Date(at.getTime() + unreadableForMs),
      })
    },
  }
}

type Refusal = 'unknown_number' | 'foreign_app' | 'too_old'

interface Routed {
  readonly event: InboundEvent
  readonly route: ChannelRoute
  readonly lane: string
}

async function toItems(
  routed: readonly Routed[],
  receivedAt: Date,
  ids: Ids,
): Promise<readonly AcceptItem[]> {
  const hashes = await sha256HexOfEach(
    routed.flatMap(({ event, route, lane }) => [`${route.phoneNumberId}|${event.key}`, lane]),
  )
  return routed.map(({ event, route }, index) => ({
    tenantId: route.tenantId,
    channelId: route.channelId,
    id: ids.next('InboxEventId'),
    dedupHash: hashes[index * 2] ?? '',
    laneKey: hashes[index * 2 + 1] ?? '',
    kind: event.kind,
    payload: encodeStoredEvent({ channelId: route.channelId, event }),
    receivedAt,
  }))
}

function takeBatch(queue: Waiting[], maxBatch: number): readonly Waiting[] {
  let size = 0
  let count = 0
  for (const waiting of queue) {
    if (count > 0 && size + waiting.items.length > maxBatch) break
    size += waiting.items.length
    count += 1
  }
  return queue.splice(0, count)
}

function toOffers(
  items: readonly AcceptItem[],
  grants: readonly { readonly grant: LaneGrant; readonly eventIds: readonly InboxEventId[] }[],
): readonly LaneOffer[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  return grants.map(({ grant, eventIds }) => ({
    grant,
    events: eventIds.flatMap((id, index) => {
      const item = byId.get(id)
      if (item === undefined) return []
      return [
        { id, ordinal: index, payload: item.payload, receivedAt: item.receivedAt, attempts: 0 },
      ]
    }),
  }))
}

interface RouteCache {
  /** What is known and still believed. */
  peek(event: InboundEvent): readonly ChannelRoute[] | undefined
  find(event: InboundEvent): Promise<readonly ChannelRoute[]>
}

function createRouteCache(directory: ChannelDirectory, clock: Clock, ttlMs: number): RouteCache {
  const known = new Map<
    string,
    { readonly until: number; readonly routes: readonly ChannelRoute[] }
  >()
  return {
    peek(event) {
      const hit = known.get(routeKey(event))
      return hit !== undefined && hit.until > clock.now().getTime() ? hit.routes : undefined
    },
    async find(event) {
      const { phoneNumberId, businessAccountId } = event
      const now = clock.now().getTime()
      const routes = await directory.routes(
        phoneNumberId === undefined ? { businessAccountId } : { phoneNumberId },
      )
      if (known.size >= 10_000) known.clear()
      // Unknown numbers are asked for again soon, so that a newly connected one works at once.
      known.set(routeKey(event), { until: now + (routes.length > 0 ? ttlMs : 1_000), routes })
      return routes
    },
  }
}

function routeKey({ phoneNumberId, businessAccountId }: InboundEvent): string {
  return phoneNumberId === undefined ? `b:${businessAccountId}` : `n:${phoneNumberId}`
}
