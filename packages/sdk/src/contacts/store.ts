import type { Locale } from '../accounts/index.ts'
import type { ContactId, ConversationId } from '../kernel/index.ts'

/** How a contact is known outside. `scope` is the business portfolio (or number) the value is unique in; empty for phones. */
export interface Identity {
  readonly kind: 'wa_phone' | 'wa_bsuid' | 'wa_parent_bsuid' | 'wa_username' | 'email' | 'external'
  readonly scope: string
  /** As received, except usernames: without `@`, lower case. */
  readonly value: string
}

/** Why messages are held back from a contact. */
export interface Suppression {
  readonly since: Date
  /** A code: Graph's number, `preference` for the customer's own choice in WhatsApp, or a word of the business. */
  readonly reason: string
}

/** What is held back from a contact: every message, or marketing. */
export interface Suppressed {
  readonly everything?: Suppression
  readonly marketing?: Suppression
}

/** One customer of a tenant. */
export interface Contact {
  readonly id: ContactId
  /** Untrusted text from the provider; absent after erasure. */
  readonly displayName?: string
  readonly locale?: Locale
  /** Kept when another contact turned out to be the same person. */
  readonly mergedIntoId?: ContactId
  readonly blockedAt?: Date
  /** Absent when nothing is. */
  readonly suppressed?: Suppressed
  /** Set when an identity moved to a new number or id: the old history must not be shown to its new holder. */
  readonly identityChangedAt?: Date
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** A contact together with everything it is known by, oldest identity first. */
export interface KnownContact extends Contact {
  readonly identities: readonly Identity[]
}

/** A conversation that a merge had to resolve, because a contact has one open conversation per number. */
export interface ClosedConversation {
  readonly id: ConversationId
  /** Its version after it was resolved. */
  readonly version: number
}

/** Contacts of one tenant inside a transaction. */
export interface ContactStore {
  get(id: ContactId): Promise<Contact | undefined>
  /** Contacts that own any of the identities, each once, oldest first. Identities of merged contacts are their survivor's. */
  findByIdentities(identities: readonly Identity[]): Promise<readonly KnownContact[]>
  /** Identities of a contact, the one that was given last at the end. */
  identities(id: ContactId): Promise<readonly Identity[]>
  /** Adds a contact with its identities. Throws `conflict` (retryable) when an identity belongs to somebody already. */
  insert(contact: Contact, identities: readonly Identity[]): Promise<void>
  /** Replaces a contact whose stored version is one less. Throws `version_conflict`. */
  update(contact: Contact): Promise<void>
  /**
   * Gives identities to a contact, as its newest; one that another contact has moves over, one that it has already comes last.
   * A username replaces the contact's earlier one in the same scope.
   */
  assign(id: ContactId, identities: readonly Identity[]): Promise<void>
  /**
   * Moves identities, conversations and messages of `from` to `to` and marks `from` as merged, one version up. Where both
   * have an open conversation on a number, the one a person owns stays open, else the one written in last; the others are
   * resolved and returned. Contacts that were merged into `from` point to `to`.
   */
  merge(from: ContactId, to: ContactId, at: Date): Promise<readonly ClosedConversation[]>
}
