import type { ChannelId, TenantId } from '../kernel/index.ts'

/** To whom a credential belongs: a business number, or a Meta app. */
export type CredentialOwner =
  | { readonly kind: 'channel'; readonly id: ChannelId }
  | { readonly kind: 'app'; readonly id: string }

/** What is kept sealed. `access_token` and `pin` belong to a number, the others to an app. */
export type CredentialKind = 'access_token' | 'pin' | 'app_secret' | 'verify_token'

/** What may be shown of a credential. */
export interface CredentialFacts {
  readonly owner: CredentialOwner
  readonly kind: CredentialKind
  /** The last four characters, of values long enough that they give nothing away. */
  readonly lastFour?: string
  readonly setAt: Date
}

/** A credential as stored. */
export interface StoredCredential extends CredentialFacts {
  readonly sealed: Uint8Array
}

/** A tenant's credentials and apps, inside of its transaction. Values are only ever sealed. */
export interface CredentialStore {
  /** Every credential, or those of one owner. */
  list(owner?: CredentialOwner): Promise<readonly StoredCredential[]>
  /** Adds or replaces one. */
  put(credential: StoredCredential): Promise<void>
  /** Deletes all of an owner's, and an app's entry in the directory; returns how many credentials. */
  erase(owner: CredentialOwner): Promise<number>
  /** Enters an app into the directory. Throws `conflict` when another tenant has it. */
  claimApp(appId: string): Promise<void>
  /** Takes a number out of the directory, so that its events are refused and another tenant may connect it. */
  releaseNumber(channelId: ChannelId): Promise<void>
}

/** A Meta app that may deliver webhooks, and whose it is; the nil UUID for one of the platform's own. */
export interface AppEntry {
  readonly tenantId: TenantId
  readonly appId: string
}

/** Question asked before a tenant is known; answered across tenants with ids only. */
export interface AppDirectory {
  /** Every app, by id. */
  apps(): Promise<readonly AppEntry[]>
}
