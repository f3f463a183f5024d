import { createAccounts } from './accounts/index.ts'
import type { AccessDirectory, Accounts, AssignmentStore, TeamStore } from './accounts/index.ts'
import { createAnswer } from './answer.ts'
import { composeAssistant, withTurns } from './assistant.ts'
import type { AssistantOptions } from './assistant.ts'
import { createInterrupts, stopsTurns } from './assistant/index.ts'
import type { AssistantTurn, TurnStore } from './assistant/index.ts'
import type { AuditStore } from './audit/index.ts'
import type { AccessClaim, ApiKeyStore, IdentityWork, SessionStore } from './auth/index.ts'
import { createCatalog } from './catalog/index.ts'
import type { Catalog, CatalogLists, CatalogStore } from './catalog/index.ts'
import { createCleanupTask } from './cleanup.ts'
import type { Cleanup } from './cleanup.ts'
import type { Changes } from './changes.ts'
import { createChanges } from './changes.ts'
import { createContacts } from './contacts/index.ts'
import type { ContactLists, Contacts } from './contacts/index.ts'
import { createConversations } from './conversations/index.ts'
import type { Conversations } from './conversations/index.ts'
import { createEngine } from './engine.ts'
import type { EngineStorage, EngineStores } from './engine.ts'
import type { Inbox } from './inbox/index.ts'
import { createIds, createRandom, createSystemClock, silentLogger } from './kernel/index.ts'
import type {
  Actor,
  Clock,
  IdempotencyStore,
  Ids,
  Logger,
  Random,
  TenantId,
  UnitOfWork,
} from './kernel/index.ts'
import { createTraces } from './lanes/index.ts'
import type { Traces } from './lanes/index.ts'
import { createOrderExpiry, createOrders, hashToken, orderExpireJob } from './orders/index.ts'
import type { ActionDirectory, ActionStore, Orders, OrderStore } from './orders/index.ts'
import { createParkedSends } from './outbox/index.ts'
import type {
  Messenger,
  OutboxEntry,
  OutboxStore,
  ParkedSends,
  SendPacing,
} from './outbox/index.ts'
import { createOpenBusiness } from './open-business.ts'
import type { NewBusiness } from './open-business.ts'
import { createReplies } from './replies.ts'
import type { Replies } from './replies.ts'
import {
  contactsWithin,
  listEntriesWithin,
  listTurnsWithin,
  ordersWithin,
  sendsWithin,
  tracesWithin,
} from './within-reach.ts'
import { createWork } from './work.ts'
import type { Work } from './work.ts'

/** Every store of one transaction. */
export interface Stores extends EngineStores {
  readonly catalog: CatalogStore
  readonly orders: OrderStore
  readonly actions: ActionStore
  readonly team: TeamStore
  readonly sessions: SessionStore
  readonly apiKeys: ApiKeyStore
  readonly assignments: AssignmentStore
  readonly turns: TurnStore
  readonly idempotency: IdempotencyStore
  readonly audit: AuditStore
  readonly contactLists: ContactLists
  readonly catalogLists: CatalogLists
}

/** Storage as AuronX asks for it: transactions of one tenant, and the few things that work across tenants. */
export interface Storage extends EngineStorage<Stores> {
  readonly actions: ActionDirectory
  /** People and their proofs, which belong to no tenant. */
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  /** What is past its use, across tenants. */
  readonly cleanup: Cleanup
  /**
   * Work of a signed-in member: each transaction first asserts that the session, the membership and the tenant are what
   * the claim says, and throws `unauthenticated` otherwise.
   */
  readonly workFor: (claim: AccessClaim, clock: Clock) => UnitOfWork<Stores>
  /**
   * Calls `wake` when another process left work, where the database can tell: with the name of the queue, or with an empty
   * one when any may have work. Returns how to stop.
   */
  readonly listen?: (wake: (source: string) => void) => Promise<() => Promise<void>>
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
  /**
   * How long what is in hand may take after a stop, in milliseconds, before it is told to give up and is done later or by
   * another process. Default 10,000; take less than your platform waits before it kills the process.
   */
  readonly graceMs?: number
  /** Address of this host's public pages, for links to a proposal. Without it no links are sent. */
  readonly publicUrl?: string
  /** A language model that answers free text. Without it the menus do. */
  readonly assistant?: AssistantOptions
}

/** The services, bound to a unit of work. */
export interface Services {
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly catalog: Catalog
  readonly orders: Orders
}

/** The services with those that have more to do once their transaction is committed: send, and wake the worker. */
export interface JoinedServices extends Services {
  readonly accounts: Accounts
  readonly replies: Replies
  readonly sends: ParkedSends
  readonly traces: Traces
}

/** A composed system. It does nothing by itself until `work` is called. */
export interface Auronx extends JoinedServices {
  readonly inbox: Inbox
  /** Intents as stored, for showing how far a message came. */
  readonly outbox: {
    list(actor: Actor, query: Parameters<OutboxStore['list']>[0]): Promise<readonly OutboxEntry[]>
  }
  readonly links: {
    /** The tenant that a link to a proposal is of, by the secret in its address; nothing when nobody knows it. */
    tenantOf(token: string): Promise<TenantId | undefined>
  }
  /** Steps of an event, with those of the assistant's turn that answered its message. */
  readonly traces: Traces
  /** Why the assistant said what it said, newest turn first. `limit` 1 to 100. */
  readonly turns: {
    list(actor: Actor, query: Parameters<TurnStore['list']>[0]): Promise<readonly AssistantTurn[]>
  }
  readonly changes: Pick<Changes, 'subscribe'>
  /**
   * Opens a business under its number: creates both, or finds the business when the number is known and changes nothing.
   * Resolves to the actor of the host for that business. Throws `conflict` when the number belongs to another app;
   * `invalid_input`, `unknown_time_zone` and `unknown_currency` for what cannot be.
   */
  openBusiness(business: NewBusiness): Promise<Actor>
  /** The services on a unit of work of the caller: what they do commits or rolls back with the caller's transaction. */
  within(work: UnitOfWork<Stores>): Services
  /**
   * As {@link within}, with the services that act after the commit: each such act is handed to `afterCommit`, to be called
   * once the caller's transaction is committed, and never when it was not.
   */
  joined(work: UnitOfWork<Stores>, afterCommit: (act: () => void) => void): JoinedServices
  readonly work: Work
}

/**
 * Composes the system from its ports. Starts no I/O.
 *
 * @example
 * const auronx = createAuronx({ storage: createMemoryStorage(), messenger: createWhatsApp({ accessToken }) })
 * const shop = await auronx.openBusiness({ company, timeZone, currency, ...number })
 * const handle = createWebhookHandler({ inbox: auronx.inbox, appId, appSecret, verifyToken })
 * await auronx.work({ signal })
 */
export function createAuronx(options: AuronxOptions): Auronx {
  const { storage, logger = silentLogger, parkAfterMs = 120_000, publicUrl } = options
  const { work } = storage
  const clock = options.clock ?? createSystemClock()
  const random = options.random ?? createRandom()
  const ids = options.ids ?? createIds(clock, random)
  const base = { clock, ids, random }
  const changes = createChanges()
  const interrupts = createInterrupts()
  const services = (unit: UnitOfWork<Stores>): Services => ({
    contacts: contactsWithin(createContacts({ ...base, work: unit }), unit),
    conversations: stopsTurns(createConversations({ ...base, work: unit }), interrupts),
    catalog: createCatalog({ ...base, work: unit }),
    orders: ordersWithin(createOrders({ ...base, work: unit }), unit),
  })
  const pages = publicUrl === undefined ? {} : { publicUrl }
  const assistant = composeAssistant<Stores>({
    ...base,
    ...pages,
    options: options.assistant,
    work,
    services,
    interrupts,
    logger,
    wakeAt: (at) => worker.wakeAt(at),
  })
  const { inbox, worker, send } = createEngine<Stores>({
    ...options,
    ...base,
    logger,
    parkAfterMs,
    changes,
    services,
    respond: createAnswer({ services, clock, ...pages, ...assistant.forAnswers }),
    ...assistant.forEngine,
    pacing: options.pacing ?? { reserve: () => 0 },
    jobs: new Map([[orderExpireJob, createOrderExpiry(base)]]),
    tasks: [createCleanupTask({ ...storage, clock })],
  })
  const wake = (): void => worker.wake()
  const joined: Auronx['joined'] = (unit, afterCommit) => ({
    ...services(unit),
    accounts: createAccounts(unit, () => afterCommit(wake)),
    replies: createReplies<Stores>({
      ...base,
      work: unit,
      conversations: (same) => services(same).conversations,
      send: (...sent) => afterCommit(() => send(...sent)),
      sendsNow: () => worker.wants(),
      queued: () => afterCommit(() => worker.wake('outbox')),
    }),
    sends: sendsWithin(
      createParkedSends({ ...base, work: unit, wake: () => afterCommit(wake) }),
      unit,
    ),
    traces: withTurns(tracesWithin(createTraces(unit, clock, () => afterCommit(wake))), unit),
  })
  return {
    ...joined(work, (act) => act()),
    inbox,
    outbox: { list: (actor, query) => listEntriesWithin(work, actor, query) },
    links: { tenantOf: async (token) => storage.actions.tenantOf(await hashToken(token)) },
    turns: { list: (actor, query) => listTurnsWithin(work, actor, query) },
    changes,
    openBusiness: createOpenBusiness({ work, directory: storage.directory, ids }),
    within: services,
    joined,
    work: createWork(worker, storage.listen),
  }
}
