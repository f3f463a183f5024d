import { auditStart, systemActor } from '@auronx/sdk'
import type {
  AuditEntry,
  AuditPersonal,
  ContactId,
  SealingKey,
  StoredCredential,
  TenantId,
} from '@auronx/sdk'

/** What one owner keeps secret, and its log; none of it stored yet. */
export interface OwnedSecrets {
  readonly sealingKey: SealingKey
  readonly credential: StoredCredential
  readonly entry: AuditEntry
  readonly personal: AuditPersonal
}

/** A key, a credential of an app and a log entry. The text goes wherever there is room, also into sealed bytes. */
export function ownedSecrets(
  tenantId: TenantId,
  contactId: ContactId,
  text: string,
  at: Date,
): OwnedSecrets {
  const sealed = Uint8Array.of(1, 1, 0, 0, 0, 1, ...new TextEncoder().encode(text))
  return {
    sealingKey: { version: 1, wrapped: { rootVersion: 1, bytes: sealed }, createdAt: at },
    credential: { owner: { kind: 'app', id: '7001' }, kind: 'app_secret', sealed, setAt: at },
    entry: {
      tenantId,
      sequence: 1,
      at,
      actor: systemActor(tenantId),
      action: 'contact.read',
      target: { type: 'contact', id: contactId },
      facts: { text },
      personalDigest: 'a'.repeat(64),
      previous: auditStart.hash,
      hash: 'b'.repeat(64),
    },
    personal: { subjectId: contactId, salt: '00', values: { name: text } },
  }
}
