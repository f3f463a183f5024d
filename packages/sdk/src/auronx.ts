import type { AccountStore, Channel, ChannelDirectory, Tenant } from './accounts/index.ts'
import type { CatalogStore } from './catalog/index.ts'
import { createCatalog } from './catalog/index.ts'
import type { Catalog } from './catalog/index.ts'
import type { Changes } from './changes.ts'
import { createChanges } from './changes.ts'
import { createContacts } from './contacts/index.ts'
import type { Contacts, ContactStore } from './contacts/index.ts'
import { createConversations } from './conversations/index.ts'
import type { Conversations, ConversationStore } from './conversations/index.ts'
import { createInbox } from './inbox/index.ts'
import type { Inbox, InboxStore } from './inbox/index.ts'
import { createIds, createRandom, createSystemClock, silentLogger } from './kernel/index.ts'
import type {
  Actor,
  ChannelId,
  Clock,
  EventStore,
  Ids,
  InboxEventId,
  Logger,
  Random,
  UnitOfWork,
} from './kernel/index.ts'
import { createJobSource, createLaneSource, createPeriodicSource, createWorker } from './lanes/index.ts'
import type {
  DeadEvent,
  JobQueue,
  JobStore,
  LaneQueue,
  LaneStore,
  PeriodicTask,
  TraceStep,
  Worker,
} from './lanes/index.ts'
import type { OrderStore } from './orders/index.ts'
import { createOrders } from './orders/index.ts'
import type { Orders } from './orders/index.ts'
import { createDispatcher, createParkedSends } from './outbox/index.ts'
import type { Messenger, OutboxEntry, OutboxQueue, OutboxStore, ParkedSends, SendPacing } from './outbox/index.ts'
import { createPipeline } from './pipeline.ts'
import { createReplies } from './replies.ts'
import type { Replies } from './replies.ts'
import { createAnswer } from './answer.ts'

/** Every store of one transaction. */
export interface Stores {
  readonly accounts: AccountStore
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
  readonly catalog: CatalogStore
  readonly orders: OrderStore
  readonly outbox: OutboxStore
  readonly lanes: LaneStore
  readonly jobs: JobStore
  readonly events: EventStore
}

/** Storage as AuronX asks for it: transactions of one tenant, and the few things that work across tenants. */
export interface Storage {
  readonly work: UnitOfWork<Stores>
  readonly inbox: InboxStore
  readonly lanes: LaneQueue
  readonly jobs: JobQueue
  readonly outbox: OutboxQueue
  readonly directory: ChannelDirectory
  /** Calls `wake` when another process left work, where the database can tell; returns how to stop. */
  readonly listen?: (wake: () => void) => Promise<() => Promise<void>>
}

/** What {@link createAuronx} takes. */
export interface AuronxOptions {
  readonly storage: Storage
  readonly messenger: Messenger
  /** Default: no pause between messages. */
  readonly pacing?: SendPacing
  /** Default: the platform's clock. */
  readonly clock?: Clock
  readonly ids?: Ids
  readonly random?: Random
  /** Default: silent. */
  readonly logger?: Logger
  /** Lanes, jobs and sends at once. Default 32. */
  readonly slots?: number
  /** Accepting statements at once. Default 2; PGlite wants 1. */
  readonly acceptFlights?: number
  /** How long an unknown send waits for an echo, in milliseconds. Default two minutes. */
  readonly parkAfterMs?: number
  /** Safety poll in milliseconds. Default 1,000. */
  readonly pollMs?: number
  /** Address of this host's public pages, for links to a proposal. Without it no links are sent. */
  readonly publicUrl?: string
}

/** The services, bound to a unit of work. */
export interface Services {
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly catalog: Catalog
  readonly orders: Orders
}

/** The business' own record and numbers. */
export interface Accounts {
  saveTenant(actor: Actor, tenant: Tenant): Promise<void>
  tenant(actor: Actor): Promise<Tenant>
  saveChannel(actor: Actor, channel: Channel): Promise<void>
  channels(actor: Actor): Promise<readonly Channel[]>
  /** Lets a stopped number send again. Returns false when there is no such stopped number. */
  resumeChannel(actor: Actor, id: ChannelId): Promise<boolean>
}

/** What happened to inbound events. */
export interface Traces {
  /** Steps of handled events, by id. */
  ofEvents(actor: Actor, ids: readonly InboxEventId[]): Promise<ReadonlyMap<InboxEventId, readonly TraceStep[]>>
  /** Events that could not be handled, newest first. */
  dead(actor: Actor, limit: number): Promise<readonly DeadEvent[]>
  /** Puts a dead event back in front of its lane. Returns false when it is not dead. */
  replay(actor: Actor, id: InboxEventId): Promise<boolean>
}

/** A composed system. It does nothing by itself until `work` or `drain` is called. */
export interface Auronx extends Services {
  readonly inbox: Inbox
  readonly accounts: Accounts
  readonly replies: Replies
  readonly sends: ParkedSends
  /** Intents as stored, for showing how far a message came. */
  readonly outbox: { list(actor: Actor, query: Parameters<OutboxStore['list']>[0]): Promise<readonly OutboxEntry[]> }
  readonly traces: Traces
  readonly changes: Pick<Changes, 'subscribe'>
  /** The services on a unit of work of the caller: what they do commits or rolls back with the caller's transaction. */
  within(work: UnitOfWork<Stores>): Services
  /** Works until the signal aborts, then finishes what is in hand. */
  work(options: { readonly signal: AbortSignal }): Promise<void>
  /** Works until nothing is due or `maxMs` passed; returns when to call again. */
  drain(options: { readonly maxMs: number; readonly signal?: AbortSignal }): Promise<{ readonly nextDue?: Date }>
}

const keepHandledMs = 9 * 24 * 3_600_000

/** Composes the system from its ports. Starts no I/O. */
export function createAuronx(options: AuronxOptions): Auronx {
  const { storage, messenger, logger = silentLogger, parkAfterMs = 120_000 } = options
  const clock = options.clock ?? createSystemClock()
  const random = options.random ?? createRandom()
  const ids = options.ids ?? createIds(clock, random)
  const changes = createChanges()
  const base = { clock, ids, random }

  const services = (work: UnitOfWork<Stores>): Services => ({
    contacts: createContacts({ ...base, work }),
    conversations: createConversations({ ...base, work }),
    catalog: createCatalog({ ...base, work }),
    orders: createOrders({ ...base, work }),
  })

  let worker: Worker | undefined
  const wake = (): void => worker?.wake()
  const dispatcher = createDispatcher({
    work: storage.work,
    queue: storage.outbox,
    messenger,
    pacing: options.pacing ?? { reserve: () => 0 },
    clock,
    logger,
    wake,
    parkAfterMs,
  })
  const send = (entry: OutboxEntry, channel: Channel, actor: Actor): void => {
    const publish = (): void => changes.publish({ tenantId: actor.tenantId, kind: 'outbox', id: entry.id })
    const task = dispatcher.task(actor.tenantId, entry, channel)
    worker?.submit((signal) => task(signal).finally(publish))
  }
  const lanes = createLaneSource({
    queue: storage.lanes,
    work: storage.work,
    clock,
    random,
    logger,
    handle: createPipeline<Stores>({
      ...base,
      work: storage.work,
      services,
      respond: createAnswer({ services, ...base, ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }) }),
      send,
      changed: ({ kind, actor, id }) => {
        changes.publish({ tenantId: actor.tenantId, kind, ...(id === undefined ? {} : { id }) })
        wake()
      },
    }),
  })
  const prune: PeriodicTask = {
    name: 'inbox pruning',
    everyMs: 60_000,
    async run() {
      await storage.inbox.prune(new Date(clock.now().getTime() - keepHandledMs), 1_000)
    },
  }
  const handlers = new Map([
    [
      'order.expire',
      createOrders.expireHandler({ ...base }),
    ],
  ])
  const resident = createWorker({
    sources: [
      lanes,
      dispatcher,
      createJobSource({ queue: storage.jobs, work: storage.work, handlers, clock, random, logger }),
      createPeriodicSource([dispatcher.recovery, prune], clock),
    ],
    clock,
    logger,
    ...(options.slots === undefined ? {} : { slots: options.slots }),
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
  })
  worker = resident

  return {
    ...services(storage.work),
    inbox: createInbox({
      store: storage.inbox,
      directory: storage.directory,
      clock,
      ids,
      logger,
      wake,
      offer: {
        wants: () => resident.wants(),
        take(offers) {
          for (const { grant, events } of offers) resident.submit(lanes.task(grant, events))
        },
      },
      ...(options.acceptFlights === undefined ? {} : { flights: options.acceptFlights }),
    }),
    accounts: createAccounts(storage.work, wake),
    replies: createReplies<Stores>({
      ...base,
      work: storage.work,
      conversations: (work) => createConversations({ ...base, work }),
      send,
    }),
    sends: createParkedSends({ ...base, work: storage.work, wake }),
    outbox: { list: (actor, query) => storage.work.run(actor.tenantId, ({ outbox }) => outbox.list(query)) },
    traces: createTraces(storage.work, clock, wake),
    changes,
    within: services,
    async work({ signal }) {
      const stop = await storage.listen?.(wake)
      await resident.run({ signal })
      await stop?.()
    },
    drain: (limits) => resident.drain(limits),
  }
}

function createAccounts(work: UnitOfWork<Stores>, wake: () => void): Accounts {
  return {
    saveTenant: (actor, tenant) => work.run(actor.tenantId, ({ accounts }) => accounts.saveTenant(tenant)),
    tenant: (actor) => work.run(actor.tenantId, ({ accounts }) => accounts.tenant()),
    saveChannel: (actor, channel) => work.run(actor.tenantId, ({ accounts }) => accounts.saveChannel(channel)),
    channels: (actor) => work.run(actor.tenantId, ({ accounts }) => accounts.channels()),
    async resumeChannel(actor, id) {
      const resumed = await work.run(actor.tenantId, async ({ accounts }) => {
        const channel = await accounts.channel(id)
        if (channel?.status !== 'stopped') return false
        const { stoppedReason: _reason, ...rest } = channel
        await accounts.saveChannel({ ...rest, status: 'active', version: channel.version + 1 })
        return true
      })
      if (resumed) wake()
      return resumed
    },
  }
}

function createTraces(work: UnitOfWork<Stores>, clock: Clock, wake: () => void): Traces {
  return {
    ofEvents: (actor, ids) => work.run(actor.tenantId, ({ lanes }) => lanes.traces(ids)),
    dead: (actor, limit) => work.run(actor.tenantId, ({ lanes }) => lanes.dead(limit)),
    async replay(actor, id) {
      const replayed = await work.run(actor.tenantId, ({ lanes }) => lanes.replay(id, clock.now()))
      if (replayed) wake()
      return replayed
    },
  }
}
