import type { JWK } from 'jose'
import { AuronxError } from '../kernel/index.ts'
import type { Clock, WebKey } from '../kernel/index.ts'
import type { IdentityStores, IdentityWork, SigningKey } from './store.ts'

/** What a sealed value belongs to; one that was moved elsewhere does not open. */
export interface KeyPlace {
  /** Signing keys belong to no tenant. */
  readonly tenantId: 'platform'
  readonly table: string
  readonly column: string
  readonly rowId: string
}

/** Encrypts small secrets for storage, bound to the place they are stored in. Called outside of transactions. */
export interface KeySealer {
  seal(context: KeyPlace, bytes: Uint8Array): Promise<Uint8Array>
  /** Throws when the bytes were not sealed for this context. */
  open(context: KeyPlace, bytes: Uint8Array): Promise<Uint8Array>
}

/** The public half of a signing key, as `/.well-known/jwks.json` shows it. */
export interface PublicJwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

/** The keys that sign our access tokens: next → active → retiring → gone. */
export interface KeyRing {
  /** What verifies now and soon: active, next and retiring. At most {@link ringCacheMs} old. */
  publicKeys(): Promise<readonly PublicJwk[]>
  /** One key that verifies; an unknown id looks again, at most every ten seconds. */
  publicKey(kid: string): Promise<PublicJwk | undefined>
  /** The key to sign with. Makes the first one when there is none. */
  signer(): Promise<{ readonly kid: string; readonly key: WebKey }>
  /**
   * Moves every key on that is due: makes what is missing, activates `next` when the active key is
   * {@link signingKeyMs} old and `next` has been public for a day, deletes what retired. Call it daily; safe to repeat.
   */
  rotate(): Promise<readonly SigningKey[]>
  /** Ends a key at once: its tokens are refused from the next tenant transaction on; a fresh key signs. */
  revoke(kid: string): Promise<void>
}

/** What {@link createKeyRing} needs. */
export interface KeyRingDeps {
  readonly identity: IdentityWork
  readonly sealer: KeySealer
  readonly clock: Clock
}

/** How long a key signs: 90 days, in milliseconds. */
export const signingKeyMs = 90 * 24 * 3_600_000
/** How long a key is public before it signs: one day, in milliseconds. */
export const publishBeforeMs = 24 * 3_600_000
/** How long keys are kept in memory: one minute, in milliseconds. */
export const ringCacheMs = 60_000
/** How long a key verifies after it stopped signing: a token's life and the tolerated skew, in milliseconds. */
export const retireMs = 5 * 60_000 + 5_000 + ringCacheMs
const missMs = 10_000

/** The ring over stored keys. Loads `jose` when first used. */
export function createKeyRing(deps: KeyRingDeps): KeyRing {
  const { identity, clock } = deps
  const opened = new Map<string, WebKey>()
  let cached: { readonly at: number; readonly keys: readonly SigningKey[] } | undefined
  const load = async (maxAgeMs: number): Promise<readonly SigningKey[]> => {
    const now = clock.now().getTime()
    if (cached === undefined || now - cached.at >= maxAgeMs || now < cached.at) {
      cached = { at: now, keys: await identity.run(({ signingKeys }) => signingKeys.list()) }
    }
    return cached.keys
  }
  // Keys are made and sealed before the transaction, which may turn out not to need them.
  const rotate = async (doomed?: string): Promise<readonly SigningKey[]> => {
    const now = clock.now()
    const before = await identity.run(({ signingKeys }) => signingKeys.list())
    const spare = await makeKeys(deps.sealer, now, isWanting(before, now, doomed) ? 2 : 0)
    const keys = await identity.run((stores) => rotateKeys(stores, now, spare, doomed))
    cached = { at: now.getTime(), keys }
    return keys
  }
  return {
    publicKeys: async () => (await load(ringCacheMs)).map(toPublic),
    async publicKey(kid) {
      const known = (await load(ringCacheMs)).find((key) => key.kid === kid)
      const found = known ?? (await load(missMs)).find((key) => key.kid === kid)
      return found === undefined ? undefined : toPublic(found)
    },
    async signer() {
      const active = (keys: readonly SigningKey[]): SigningKey | undefined =>
        keys.find(({ state }) => state === 'active')
      // Always what is stored now: another process may have revoked the key, and its tokens are refused at once.
      const stored = active(await load(0)) ?? active(await rotate())
      if (stored === undefined) throw new AuronxError('internal', 'No key signs')
      const key = opened.get(stored.kid) ?? (await openKey(deps.sealer, stored))
      opened.set(stored.kid, key)
      return { kid: stored.kid, key }
    },
    rotate: () => rotate(),
    async revoke(kid) {
      opened.delete(kid)
      await rotate(kid)
    },
  }
}

function isWanting(keys: readonly SigningKey[], now: Date, doomed: string | undefined): boolean {
  const left = keys.filter(({ kid }) => kid !== doomed)
  const active = left.find(({ state }) => state === 'active')
  const next = left.find(({ state }) => state === 'next')
  return active === undefined || next === undefined || isOver(active, signingKeyMs, now)
}

function isOver(key: SigningKey, ms: number, now: Date): boolean {
  return now.getTime() - key.since.getTime() >= ms
}

async function rotateKeys(
  { signingKeys }: IdentityStores,
  now: Date,
  spare: readonly SigningKey[],
  doomed: string | undefined,
): Promise<readonly SigningKey[]> {
  const keys = await signingKeys.list({ lock: true })
  const gone = keys.filter(
    (key) => key.kid === doomed || (key.state === 'retiring' && isOver(key, retireMs, now)),
  )
  for (const key of gone) await signingKeys.delete(key.kid)
  const left = keys.filter((key) => !gone.includes(key))
  for (const key of moveOn(left, now, spare)) await signingKeys.save(key)
  return signingKeys.list()
}

/** The keys that change, in an order in which no state is ever held by two. */
function moveOn(
  keys: readonly SigningKey[],
  now: Date,
  [first, second]: readonly SigningKey[],
): readonly SigningKey[] {
  const active = keys.find(({ state }) => state === 'active')
  const next = keys.find(({ state }) => state === 'next')
  const activate = (key: SigningKey): SigningKey => ({ ...key, state: 'active', since: now })
  if (first === undefined || second === undefined) return []
  if (active === undefined)
    return next === undefined ? [activate(first), second] : [activate(next), first]
  if (next === undefined) return [first]
  if (!isOver(active, signingKeyMs, now) || !isOver(next, publishBeforeMs, now)) return []
  return [{ ...active, state: 'retiring', since: now }, activate(next), first]
}

async function makeKeys(
  sealer: KeySealer,
  now: Date,
  count: number,
): Promise<readonly SigningKey[]> {
  return Promise.all(Array.from({ length: count }, () => makeKey(sealer, now)))
}

async function makeKey(sealer: KeySealer, now: Date): Promise<SigningKey> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose')
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const jwk = await exportJWK(pair.privateKey)
  const kid = await calculateJwkThumbprint(await exportJWK(pair.publicKey))
  const bytes = new TextEncoder().encode(JSON.stringify(jwk))
  return {
    kid,
    state: 'next',
    publicKey: jwk.x ?? '',
    sealed: await sealer.seal(signingKeyPlace(kid), bytes),
    createdAt: now,
    since: now,
  }
}

async function openKey(sealer: KeySealer, { kid, sealed }: SigningKey): Promise<WebKey> {
  const { importJWK } = await import('jose')
  const bytes = await sealer.open(signingKeyPlace(kid), sealed)
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (!isJwk(parsed)) throw new AuronxError('internal', 'A signing key is no JWK')
  const key = await importJWK({ ...parsed, alg: 'EdDSA', ext: false }, 'EdDSA')
  if (key instanceof Uint8Array) throw new AuronxError('internal', 'A signing key is symmetric')
  return key
}

/** Where the private half of a signing key belongs. */
export function signingKeyPlace(kid: string): KeyPlace {
  return { tenantId: 'platform', table: 'signing_keys', column: 'sealed', rowId: kid }
}

function isJwk(value: unknown): value is JWK {
  return typeof value === 'object' && value !== null && 'kty' in value && value.kty === 'OKP'
}

function toPublic({ kid, publicKey }: SigningKey): PublicJwk {
  return { kty: 'OKP', crv: 'Ed25519', x: publicKey, kid, alg: 'EdDSA', use: 'sig' }
}
