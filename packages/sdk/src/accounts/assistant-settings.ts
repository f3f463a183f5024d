/** Subjects a business has approved texts for. */
export const businessTopics = [
  'hours',
  'address',
  'delivery',
  'payment',
  'returns',
  'custom',
] as const

/** One of {@link businessTopics}. */
export type BusinessTopic = (typeof businessTopics)[number]

/** What the assistant can be asked to do. */
export const authorityActions = [
  'inform',
  'change_draft',
  'propose_order',
  'propose_backorder',
  'cancel_order',
  'change_order',
  'set_preference',
  'hand_off',
] as const

/** One of {@link authorityActions}. */
export type AuthorityAction = (typeof authorityActions)[number]

/** Who decides: the assistant alone, the customer by a button, a member of staff, or nobody. */
export type AuthorityLevel = 'alone' | 'button' | 'staff' | 'refused'

/** Who decides on one action. `above` holds from `limitMinor` on, in minor units of the tenant's currency. */
export interface AuthorityRule {
  readonly level: AuthorityLevel
  readonly limitMinor?: number
  /** Default `staff`. */
  readonly above?: AuthorityLevel
}

/** What a business decides about its assistant. Everything has a default. */
export interface AssistantSettings {
  /** Texts that customers may be told as they are, in the business' own language. Plain text. */
  readonly texts?: Readonly<Partial<Record<BusinessTopic, string>>>
  /** What the business sells or does, in a sentence; the assistant keeps to it. */
  readonly purpose?: string
  /** How the business wants to sound, in a sentence. */
  readonly tone?: string
  /** Hosts that links in answers may lead to, their subdomains included. Default: none. */
  readonly linkHosts?: readonly string[]
  /** Rules that differ from the defaults. None makes the assistant commit what needs a person. */
  readonly authority?: Readonly<Partial<Record<AuthorityAction, AuthorityRule>>>
}
