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
  /** Whether this is the demonstration, in which nobody has anything to protect. */
  readonly isDemo: boolean
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
    requirePasskeys: !deps.isDemo,
    signInLink: (code) => `${publicUrl}/sign-in#${code}`,
    invitationLink: (token) => `${publicUrl}/invitation#${token}`,
  })
}

/** Passkeys of an address; none for an IP address, because browsers bind them to a domain. */
export function passkeysOf(publicUrl: string): Pick<AuthOptions<Stores>, 'passkeys'> {
  const { hostname } = new URL(publicUrl)
  if (/^[\d.]+$|^\[/.test(hostname)) return {}
  return {
    passkeys: createPasskeys({ rpId: hostname, rpName: 'AuronX', origins: [publicUrl] }),
  }
}
