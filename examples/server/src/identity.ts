import { createPasskeys } from '@auronx/adapters/passkeys'
import type { Clock, Ids, Mailer, Random, Storage, Stores } from '@auronx/sdk'
import { createAuth } from '@auronx/sdk/auth'
import type { Auth, AuthOptions } from '@auronx/sdk/auth'
import type { Vault } from './vault.ts'

/** What {@link openIdentity} needs. */
export interface IdentityDeps {
  readonly storage: Storage
  readonly vault: Vault
  readonly mailer: Mailer
  /** Address of the pages as browsers see it. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
}

/**
 * People and keys of this server. Secrets in mailed links stand behind the `#`: no server, proxy or log sees them, and
 * nothing is used up before somebody presses a button.
 */
export function openIdentity(deps: IdentityDeps): Auth<Stores> {
  const { vault, publicUrl, ...rest } = deps
  return createAuth<Stores>({
    ...rest,
    sealer: vault.sealer,
    names: { issuer: publicUrl, audience: 'auronx' },
    ...passkeysOf(publicUrl),
    signInLink: (code) => `${publicUrl}/sign-in#${code}`,
    invitationLink: (token) => `${publicUrl}/invitation#${token}`,
  })
}

// Browsers bind passkeys to a domain, and an IP address is none.
function passkeysOf(publicUrl: string): Pick<AuthOptions<Stores>, 'passkeys'> {
  const { hostname } = new URL(publicUrl)
  if (/^[\d.]+$|^\[/.test(hostname)) return {}
  return {
    passkeys: createPasskeys({ rpId: hostname, rpName: 'AuronX', origins: [publicUrl] }),
  }
}
