import type { JsonObject } from './json.ts'

/**
 * A simulated person. With `phone` and `userId` webhooks carry both; with `phone` alone they look as before business-scoped
 * ids existed; with `userId` alone the person adopted a username and the phone number is left out everywhere.
 */
export interface Customer {
  readonly id: string
  readonly name: string
  /** Digits with country code, without plus sign. */
  readonly phone?: string
  /** The form in which Meta reports the number, when it differs from `phone` (Brazil, Mexico). */
  readonly waId?: string
  readonly userId?: string
  readonly parentUserId?: string
  /** Without the leading `@`. */
  readonly username?: string
  /** Whether reading is reported to the business. */
  readonly sendsReadReceipts: boolean
  /** Whether the phone is on; messages to a phone that is off stay at `sent`. */
  readonly reachable: boolean
  /** Milliseconds since the epoch of the last message that opened the 24-hour window. */
  readonly lastInboundMs?: number
}

/** How far a message of the business has come. */
export type LadderStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'

/** One message of a chat. */
export interface ChatMessage {
  /** Message id in Meta's form. */
  readonly id: string
  readonly customerId: string
  readonly from: 'customer' | 'business' | 'business_app'
  /** Milliseconds since the epoch. */
  readonly atMs: number
  /** Meta's `type`. */
  readonly type: string
  /** The member named after `type`, as Graph took it or as the webhook carries it. */
  readonly content: JsonObject
  /** The message that this one answers. */
  readonly contextId?: string
  /** For messages of the business how far they have come; for those of the customer `delivered`, then `read`. */
  readonly status: LadderStatus
  /** Code of the failure, when `status` is `failed`. */
  readonly errorCode?: number
  /** `biz_opaque_callback_data`. */
  readonly opaque?: string
  /** How the business addressed it: digits or user id. */
  readonly sentTo?: { readonly kind: 'phone' | 'user_id'; readonly value: string }
  /** Emoji put on this message by the customer and by the business. */
  readonly reactions: { readonly customer?: string; readonly business?: string }
}

/** An uploaded or received file. */
export interface MediaItem {
  readonly id: string
  readonly mimeType: string
  readonly bytes: Uint8Array
  /** Lower-case hex. */
  readonly sha256: string
  readonly storedMs: number
  readonly from: 'business' | 'customer'
}

/** A message template of the account. */
export interface Template {
  readonly id: string
  readonly name: string
  /** For example `en_US`. */
  readonly language: string
  readonly category: string
  readonly status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED'
  readonly parameterFormat: 'POSITIONAL' | 'NAMED'
  readonly components: readonly JsonObject[]
}

/** A product that the simulated phone can show and put into a cart. */
export interface CatalogProduct {
  readonly retailerId: string
  readonly name: string
  readonly description?: string
  /** In major units with a decimal point, for example `3.50`. */
  readonly price: string
  /** ISO 4217 code. */
  readonly currency: string
}

/** What Graph accepted, in order: the record to compare a sender's own books with. */
export interface AcceptedMessage {
  readonly messageId: string
  readonly to: string
  readonly type: string
  /** `biz_opaque_callback_data` as sent. */
  readonly opaque?: string
  readonly atMs: number
  /** The whole request body. */
  readonly body: JsonObject
}

/** State of the business number and its account. */
export interface AccountState {
  readonly registered: boolean
  readonly pin?: string
  /** When the number was registered or that was tried, in milliseconds. */
  readonly registrations?: readonly number[]
  readonly subscribed: boolean
  readonly profile: JsonObject
  /** Service messages accepted in `serviceMonth` (`YYYY-MM`, UTC); the first thousand are free. */
  readonly serviceCount: number
  readonly serviceMonth: string
}

/** Everything that a simulator remembers, in memory. */
export interface SimulatorState {
  readonly customers: Map<string, Customer>
  /** Phone digits, `wa_id` or user id to customer id. */
  readonly addresses: Map<string, string>
  readonly messages: Map<string, ChatMessage>
  /** Customer id to message ids in order. */
  readonly threads: Map<string, string[]>
  readonly media: Map<string, MediaItem>
  readonly templates: Map<string, Template>
  readonly accepted: AcceptedMessage[]
  readonly openChats: Set<string>
  catalog: { readonly id: string; readonly products: readonly CatalogProduct[] }
  account: AccountState
}

/** An empty state: registered, subscribed, nobody there. */
export function createState(): SimulatorState {
  return {
    customers: new Map(),
    addresses: new Map(),
    messages: new Map(),
    threads: new Map(),
    media: new Map(),
    templates: new Map(),
    accepted: [],
    openChats: new Set(),
    catalog: { id: '', products: [] },
    account: { registered: true, subscribed: true, profile: {}, serviceCount: 0, serviceMonth: '' },
  }
}

/** Stores a customer and the addresses under which it can be found. */
export function putCustomer(state: SimulatorState, customer: Customer): void {
  const before = state.customers.get(customer.id)
  for (const address of addressesOf(before)) state.addresses.delete(address)
  state.customers.set(customer.id, customer)
  for (const address of addressesOf(customer)) state.addresses.set(address, customer.id)
}

/** Stores a message; a new one goes to the end of its thread. */
export function putMessage(state: SimulatorState, message: ChatMessage): void {
  if (!state.messages.has(message.id)) {
    const thread = state.threads.get(message.customerId) ?? []
    thread.push(message.id)
    state.threads.set(message.customerId, thread)
  }
  state.messages.set(message.id, message)
}

/** The messages of a customer's chat in order. */
export function threadOf(state: SimulatorState, customerId: string): readonly ChatMessage[] {
  const found: ChatMessage[] = []
  for (const id of state.threads.get(customerId) ?? []) {
    const message = state.messages.get(id)
    if (message !== undefined) found.push(message)
  }
  return found
}

function addressesOf(customer: Customer | undefined): readonly string[] {
  return [customer?.phone, customer?.waId, customer?.userId, customer?.parentUserId].filter(
    (address) => address !== undefined,
  )
}

/** Makes `target` equal to `source`, in place, because the parts of the simulator hold on to `target`. */
export function replaceState(target: SimulatorState, source: SimulatorState): void {
  refill(target.customers, source.customers)
  refill(target.addresses, source.addresses)
  refill(target.messages, source.messages)
  refill(target.threads, source.threads)
  refill(target.media, source.media)
  refill(target.templates, source.templates)
  target.accepted.splice(0, target.accepted.length, ...source.accepted)
  target.openChats.clear()
  target.catalog = source.catalog
  target.account = source.account
}

function refill<Key, Value>(target: Map<Key, Value>, source: ReadonlyMap<Key, Value>): void {
  target.clear()
  for (const [key, value] of source) target.set(key, value)
}
