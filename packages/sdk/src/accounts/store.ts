import type { ChannelId, Locale, Reach, TenantId } from '../kernel/index.ts'
import type { AnsweringSettings } from './answering-settings.ts'
import type { AssistantSettings } from './assistant-settings.ts'

/** What a business decides about itself. Money limits are minor units of `currency`. */
export interface TenantSettings {
  /** Name as customers see it. */
  readonly businessName: string
  readonly locale: Locale
  /** IANA zone id. */
  readonly timeZone: string
  /** ISO 4217 code of every new document. */
  readonly currency: string
  readonly taxRounding: 'rate-group' | 'line'
  /** How long a proposed order waits for its customer, in milliseconds. Default one hour. */
  readonly proposalTtlMs: number
  /** A resolved conversation older than this starts a new one instead of reopening, in milliseconds. Default 24 hours. */
  readonly reopenWithinMs: number
  /** Whether a proposal holds its stock until it expires. Default `true`. */
  readonly holdOnPropose: boolean
  /** Whether agents see full phone numbers. Default `false`. */
  readonly agentsRevealIdentifiers?: boolean
  /**
   * Which conversations agents reach: `all`, those `assigned` to them, or those and what waits in the `queue`. Default `all`.
   */
  readonly agentsReach?: 'all' | Reach
  /** Times and limits of the assistant's answers. */
  readonly answering?: AnsweringSettings
  /**
   * Largest order that a typed yes confirms, in minor units; above it only the button does. Default: see
   * `defaultLimitMinor`.
   */
  readonly typedConfirmLimitMinor?: number
  readonly assistant?: AssistantSettings
}

/** One business. */
export interface Tenant {
  readonly id: TenantId
  readonly settings: TenantSettings
  /** Default `active`. `suspended` by the platform's operator; `closing` while its data can still be fetched. */
  readonly status?: TenantStatus
  readonly version: number
}

/** Where a tenant stands. Members of a `suspended` or `closed` one are not let in. */
export type TenantStatus = 'active' | 'suspended' | 'closing' | 'closed'

/** One business number and how to reach Meta for it. */
export interface Channel {
  readonly id: ChannelId
  /** Meta app whose secret must have verified a webhook that names this number. */
  readonly appId: string
  readonly phoneNumberId: string
  readonly businessAccountId: string
  readonly displayPhoneNumber: string
  /** `stopped`: nothing is sent until a person acts (token expired, number removed, account locked). */
  readonly status: 'active' | 'stopped'
  /** Why it was stopped; a code, never a text from outside. */
  readonly stoppedReason?: string
  readonly version: number
}

/** The tenant's own record and numbers, inside a transaction. */
export interface AccountStore {
  /** The tenant of this transaction. Throws `not_found`. */
  tenant(): Promise<Tenant>
  /** Creates or replaces the tenant of this transaction; `version` must follow the stored one. Throws `version_conflict`. */
  saveTenant(tenant: Tenant): Promise<void>
  channel(id: ChannelId): Promise<Channel | undefined>
  channels(): Promise<readonly Channel[]>
  /** Creates or replaces a number and its directory entry. Throws `conflict` when another tenant has the number. */
  saveChannel(channel: Channel): Promise<void>
}

/** Where an inbound event of a number belongs. */
export interface ChannelRoute {
  readonly tenantId: TenantId
  readonly channelId: ChannelId
  readonly appId: string
  readonly phoneNumberId: string
}

/** Question asked before a tenant is known; answered across tenants with ids only. */
export interface ChannelDirectory {
  /** The route of a number, or of every number of a business account. */
  routes(
    lookup: { readonly phoneNumberId: string } | { readonly businessAccountId: string },
  ): Promise<readonly ChannelRoute[]>
}

/** Whether members and keys of a tenant are let in: while it is active, and while it closes. */
export function isTenantOpen({ status = 'active' }: Pick<Tenant, 'status'>): boolean {
  return status === 'active' || status === 'closing'
}
