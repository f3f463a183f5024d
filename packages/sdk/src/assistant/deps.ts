import type { AccountStore, Channel, TenantSettings } from '../accounts/index.ts'
import type { Contacts, ContactStore } from '../contacts/index.ts'
import type { Conversations, ConversationStores } from '../conversations/index.ts'
import type {
  Actor,
  Clock,
  ContactId,
  ConversationId,
  Ids,
  InboxEventId,
  Logger,
  Random,
  TenantId,
  UnitOfWork,
} from '../kernel/index.ts'
import type { JobStore } from '../lanes/index.ts'
import type { OutboxEntry, OutboxStore } from '../outbox/index.ts'
import type { Model, Shop, ThinkLimits, Toolbox } from '../responder/index.ts'
import type { Interrupts } from './interrupts.ts'
import type { TurnStore } from './store.ts'

/** The stores a turn needs in a transaction. */
export interface TurnStores extends ConversationStores {
  readonly accounts: AccountStore
  readonly contacts: ContactStore
  readonly outbox: OutboxStore
  readonly jobs: JobStore
  readonly turns: TurnStore
}

/** In whose name the shop is used. */
export interface ShopContext {
  readonly tenantId: TenantId
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly locale: TenantSettings['locale']
  /** The event with the customer's last message. */
  readonly eventId?: InboxEventId
  /** `customer` for what the menus do, `ai` for what the model asked for. */
  readonly actsAs: 'customer' | 'ai'
}

/** The model and everything it is given. */
export interface Brain {
  readonly model: Model
  readonly toolbox: Toolbox
  readonly limits: ThinkLimits
  /** A signal that fires after so many milliseconds. Default: the platform's timers. */
  readonly timeout?: (ms: number) => AbortSignal
  /** Waits until the lease of a turn that thinks is renewed. Default: the platform's timers. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What {@link createTurnRunner} needs. */
export interface TurnDeps<Stores extends TurnStores> {
  readonly work: UnitOfWork<Stores>
  readonly conversations: (work: UnitOfWork<Stores>) => Conversations
  readonly contacts: (work: UnitOfWork<Stores>) => Pick<Contacts, 'setLocale'>
  /** The shop within a transaction. */
  readonly shop: (stores: Stores, context: ShopContext) => Promise<Shop>
  readonly brain: Brain
  readonly interrupts: Interrupts
  /** Sends an intent that was committed as `sending`. */
  readonly send: (entry: OutboxEntry, channel: Channel, actor: Actor) => void
  /** Called when an answer was committed. */
  readonly changed: (actor: Actor, conversationId: ConversationId) => void
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
  /** Lease of a send in milliseconds. Default 60,000. */
  readonly sendLeaseMs?: number
}
