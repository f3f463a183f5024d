import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Ids, Logger, Random } from '../kernel/index.ts'
import type { SimulatorEvent } from './core.ts'
import type { Customers } from './customers.ts'
import type { DeliveryAttempt, DeliveryOptions, WebhookChange } from './delivery.ts'
import type { FaultControls } from './faults.ts'
import type { Scheduler } from './scheduler.ts'
import type { AcceptedMessage, CatalogProduct, ChatMessage, Template } from './state.ts'

/** What {@link createSimulator} takes. */
export interface SimulatorOptions {
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** Key of the webhook signatures. */
  readonly appSecret: string
  /** The token that Graph requests must carry. */
  readonly accessToken: string
  /** Id of the Meta app that the token and the secret belong to. Default `1550000000000001`. */
  readonly appId?: string
  /** Permissions of the token. Default the two that a business number needs. */
  readonly tokenScopes?: readonly string[]
  readonly phoneNumberId: string
  readonly wabaId: string
  /** For example `15550100001`. */
  readonly displayPhoneNumber: string
  /** Name of the business on the phone. Default `Simulated shop`. */
  readonly verifiedName?: string
  /** Graph version in `graphUrl`; requests may use any. Default `v25.0`. */
  readonly version?: string
  /** Where webhooks go; they wait until it is known. */
  readonly webhookUrl?: string
  /** How webhooks are delivered. */
  readonly webhooks?: DeliveryOptions
  /** Whether new templates are approved at once. Default `true`. */
  readonly approvesTemplates?: boolean
  /** Path under which Graph is mounted. Default none. */
  readonly graphPath?: string
  /** Path under which the phone is mounted. Default `/phone`. */
  readonly phonePath?: string
  /** Address of Graph with its path, for media addresses; by default as the client reached it. */
  readonly publicUrl?: string
  /** Default: the platform's timers. */
  readonly scheduler?: Scheduler
  /** Default: silent. */
  readonly logger?: Logger
}

/** Addresses of a simulator that listens. */
export interface SimulatorAddress {
  readonly url: string
  /** Base of Graph requests with the version. */
  readonly graphUrl: string
  readonly phoneUrl: string
}

/** One line of the transcript. */
export interface TranscriptEntry {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly event: SimulatorEvent
}

/** The templates of the account, as its reviewer sees them. */
export interface TemplateControls {
  list(): readonly Template[]
  /** Adds an approved template without a webhook. */
  add(template: Omit<Template, 'id' | 'status'>): Template
  /** Sets a review status and sends `message_template_status_update`. Throws `not_found`. */
  review(templateId: string, status: Template['status'], reason?: string): void
}

/** A local WhatsApp: Graph API, signed webhooks, people with phones, faults. */
export interface Simulator {
  /** Listens on loopback. Port 0, the default, takes a free one. */
  listen(options?: { readonly port?: number }): Promise<SimulatorAddress>
  /** Stops listening and delivering; pending webhooks stay in the snapshot. */
  close(): Promise<void>
  /**
   * Answers a request of another server when its path belongs to Graph or to the phone, and says whether it did. The
   * other server sees to it that only this machine can reach it.
   */
  handler(request: IncomingMessage, response: ServerResponse): boolean
  /** Sets where webhooks go; `undefined` makes them wait. */
  setWebhook(url: string | undefined): void
  /** Sends any update, signed like the others. */
  publish(change: WebhookChange): void
  /** Resolves when every webhook is delivered or given up; at once without an address. */
  idle(): Promise<void>
  /** The last 1,000 webhook POSTs. */
  deliveries(): readonly DeliveryAttempt[]
  readonly customers: Customers
  readonly faults: FaultControls
  readonly templates: TemplateControls
  /** Someone answers in the business app on the shop's own phone: webhook `smb_message_echoes`. Throws `not_found`. */
  echo(customerId: string, body: string): ChatMessage
  /** Products for carts and product messages. */
  setCatalog(catalogId: string, products: readonly CatalogProduct[]): void
  /** From now on Graph answers 401 with code 190, until {@link Simulator.renewToken}. */
  expireToken(): void
  /** Makes `token` (default: the one in use) good. */
  renewToken(token?: string): void
  /** Every message that Graph accepted, in order: compare it with the sender's own books. */
  accepted(): readonly AcceptedMessage[]
  /** The last 10,000 events. */
  transcript(): readonly TranscriptEntry[]
  /** Calls `listener` for every event until the returned function is called. */
  subscribe(listener: (event: SimulatorEvent) => void): () => void
  /** State and pending webhooks as JSON text. Open chats, faults and the transcript are not part of it. */
  snapshot(): string
  /** Replaces the state by a snapshot. Throws `invalid_input`. */
  restore(snapshot: string): void
}
