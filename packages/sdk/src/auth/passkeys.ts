import type { Json } from '../kernel/index.ts'
import type { Passkey } from './store.ts'

/** What a browser's credential API is called with, as JSON. */
export type PasskeyOptions = Json

/** A passkey that a browser made, after verification. */
export interface NewPasskey {
  /** Credential id, base64url. */
  readonly id: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
}

/** The ceremonies of WebAuthn: discoverable passkeys, user verification required, no attestation. */
export interface Passkeys {
  /** Options to make a passkey; those the user has are excluded. `challenge` is base64url. */
  registrationOptions(request: {
    readonly challenge: string
    /** Opaque handle of the user, base64url; no personal data. */
    readonly userHandle: string
    readonly userName: string
    readonly displayName: string
    readonly existing: readonly Pick<Passkey, 'id' | 'transports'>[]
  }): Promise<PasskeyOptions>
  /** The passkey in a browser's answer, or nothing when the answer does not hold. */
  verifyRegistration(answer: {
    readonly challenge: string
    readonly response: unknown
  }): Promise<NewPasskey | undefined>
  /** Options to sign in with any passkey of this site. */
  signInOptions(request: { readonly challenge: string }): Promise<PasskeyOptions>
  /** Which passkey an answer claims to be of, before anything is proven. */
  claimedId(response: unknown): string | undefined
  /** The passkey's new counter when the answer holds, or nothing. */
  verifySignIn(answer: {
    readonly challenge: string
    readonly response: unknown
    readonly passkey: Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>
  }): Promise<{ readonly counter: number } | undefined>
}
