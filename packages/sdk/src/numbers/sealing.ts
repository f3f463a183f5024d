import type { TenantId } from '../kernel/index.ts'
import { createSecret } from '../secrets/index.ts'
import type { SealContext, Sealer, Secret } from '../secrets/index.ts'
import type { CredentialKind, CredentialOwner, StoredCredential } from './store.ts'

const shortestShown = 20

/** The place a credential is sealed for. */
export function credentialPlace(
  tenantId: TenantId,
  owner: CredentialOwner,
  kind: CredentialKind,
): SealContext {
  const rowId = `${owner.kind}/${owner.id}/${kind}`
  return { tenantId, table: 'credentials', column: 'sealed', rowId }
}

/** A credential ready to be stored. */
export async function sealCredential(
  sealer: Sealer,
  tenantId: TenantId,
  given: {
    readonly owner: CredentialOwner
    readonly kind: CredentialKind
    readonly value: Secret
    readonly at: Date
  },
): Promise<StoredCredential> {
  const { owner, kind, value, at } = given
  const text = value.reveal()
  const place = credentialPlace(tenantId, owner, kind)
  const sealed = await sealer.seal(place, new TextEncoder().encode(text))
  // Four of six digits would be most of a PIN.
  const shown = text.length >= shortestShown ? { lastFour: text.slice(-4) } : {}
  return { owner, kind, sealed, setAt: at, ...shown }
}

/** The value of a stored credential. Throws `seal_broken`. */
export async function openCredential(
  sealer: Sealer,
  tenantId: TenantId,
  { owner, kind, sealed }: StoredCredential,
): Promise<Secret> {
  const bytes = await sealer.open(credentialPlace(tenantId, owner, kind), sealed)
  return createSecret(new TextDecoder().decode(bytes))
}
