import type { Actor, TenantId } from '../kernel/index.ts'

/** A fact that may stand in the log for ever: an id, a code, a whole number. Never something personal. */
export type AuditFact = string | number | boolean | null

/** Something to be written down: what was done to what. Who did it is the actor of the call. */
export interface AuditEvent {
  /** Object and verb, for example `order.confirmed`, `contact.read`, `number.connected`. */
  readonly action: string
  readonly target: { readonly type: string; readonly id: string }
  /** Ids, codes and whole numbers. Default none. */
  readonly facts?: Readonly<Record<string, AuditFact>>
  /** Personal values, kept beside the log and gone when their subject is forgotten; the log keeps a salted digest. */
  readonly personal?: {
    /** Id of the contact or member the values are about. */
    readonly subjectId: string
    readonly values: Readonly<Record<string, string>>
  }
}

/** Who did it, as far as the log keeps it. */
export type AuditActor = Pick<Actor, 'kind' | 'id' | 'via' | 'onBehalfOf' | 'evidence'>

/** One line of a tenant's log. */
export interface AuditEntry {
  readonly tenantId: TenantId
  /** From 1, without gaps. */
  readonly sequence: number
  readonly at: Date
  readonly actor: AuditActor
  readonly action: string
  readonly target: { readonly type: string; readonly id: string }
  readonly facts: Readonly<Record<string, AuditFact>>
  /** SHA-256 of salt and personal values, if there were any. */
  readonly personalDigest?: string
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string
  /** SHA-256 of everything above. */
  readonly hash: string
}

/** Personal values of one entry, as they stand beside the log. */
export interface AuditPersonal {
  readonly subjectId: string
  /** 32 random hex digits, without which a digest of a phone number could be guessed. */
  readonly salt: string
  readonly values: Readonly<Record<string, string>>
}

/** An entry with its personal values, unless there were none or they were forgotten. */
export interface AuditRecord {
  readonly entry: AuditEntry
  readonly personal?: AuditPersonal
}

/** A place in a log. Kept outside of the database it proves later that nothing up to it was changed or cut off. */
export interface AuditAnchor {
  readonly sequence: number
  readonly hash: string
}

/** The place before the first entry. */
export const auditStart: AuditAnchor = { sequence: 0, hash: '0'.repeat(64) }
