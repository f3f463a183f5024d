import type { TenantId } from './brand.ts'

/** Through which door a command came. */
export type ActorVia = 'whatsapp' | 'dashboard' | 'api' | 'job' | 'host'

/** What caused a command; mandatory for a customer's commitment. */
export interface Evidence {
  /** What kind of thing `id` names. */
  readonly kind: 'message' | 'action_token' | 'request' | 'verbal'
  /** Id of that thing; never a provider message id, which embeds a phone number. */
  readonly id: string
}

/**
 * Who acts, and on whose behalf. Every service takes one; the tenant it names is the only tenant the call can see.
 *
 * `customer`: the contact itself. `ai`: the assistant, on behalf of a contact. `staff`: a member of the tenant.
 * `system`: our own jobs. `integration`: an API key or the embedding host.
 */
export interface Actor {
  readonly tenantId: TenantId
  readonly kind: 'customer' | 'ai' | 'staff' | 'system' | 'integration'
  /** Id of the contact, member, key or job; `'system'` for our own jobs. */
  readonly id: string
  /** The contact an `ai` actor speaks for. */
  readonly onBehalfOf?: string
  readonly via: ActorVia
  readonly evidence?: Evidence
}

/** Our own jobs and the pipeline, for one tenant. */
export function systemActor(tenantId: TenantId, via: ActorVia = 'job'): Actor {
  return { tenantId, kind: 'system', id: 'system', via }
}
