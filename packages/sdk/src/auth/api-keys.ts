import type { AccessDirectory, AccountStore, TeamStore } from '../accounts/index.ts'
import { cleanName, isTenantOpen, permissionsOf, reachOf } from '../accounts/index.ts'
import { assertAllowed, AuronxError, decideAccess } from '../kernel/index.ts'
import type { Actor, Clock, Permission, Random, UnitOfWork } from '../kernel/index.ts'
import { createKeyId, createKeySecret, formatKey, parseKey } from './api-key-text.ts'
import type { KeyEnvironment } from './api-key-text.ts'
import {
  isKeyLive,
  keyPermissions,
  maxKeyMs,
  maxKeys,
  maxOverlapMs,
  opensKey,
  whyNotScopes,
} from './decide-key.ts'
import { hashOf } from './opaque.ts'
import type { KeyPrincipal } from './principal.ts'
import type { ApiKey, ApiKeyStore } from './store.ts'

/** The stores API keys need in a transaction. */
export interface ApiKeyStores {
  readonly accounts: AccountStore
  readonly team: TeamStore
  readonly apiKeys: ApiKeyStore
}

/** What {@link createApiKeys} needs. */
export interface ApiKeysDeps {
  readonly work: UnitOfWork<ApiKeyStores>
  readonly access: AccessDirectory
  readonly clock: Clock
  readonly random: Random
  /** Stands in the text of new keys. Default `live`. */
  readonly environment?: KeyEnvironment
}

/** A key as members see it, without anything secret. */
export type ApiKeyView = Omit<ApiKey, 'secretHash' | 'previous'> & {
  /** Until when the secret before the rotation still holds. */
  readonly previousUntil?: Date
}

/** What making or rotating a key did. `text` is shown this once. */
export type ApiKeyMade =
  | { readonly kind: 'made'; readonly key: ApiKeyView; readonly text: string }
  | {
      readonly kind: 'refused'
      readonly reason:
        | 'not_permitted'
        | 'reauthentication_required'
        | 'no_scopes'
        | 'never_for_keys'
        | 'stronger'
        | 'too_many'
        | 'not_found'
    }

/** Keys for machines. They act within one tenant and never beyond what their creator may do at that moment. */
export interface ApiKeys {
  /**
   * Makes a key with `apikey:manage` and a recent sign-in. Throws `invalid_input` for a name of more than 120
   * characters or a life over a year.
   */
  create(
    actor: Actor,
    wanted: {
      readonly name: string
      readonly scopes: readonly Permission[]
      /** Default: 90 days from now. */
      readonly expiresAt?: Date
    },
  ): Promise<ApiKeyMade>
  /** Gives a key a new secret; the old one holds for `overlapMs`, by default a day, at most seven. */
  rotate(actor: Actor, id: string, overlapMs?: number): Promise<ApiKeyMade>
  /** Ends a key at once; returns false when there is none alive. Throws `not_permitted`. */
  revoke(actor: Actor, id: string): Promise<boolean>
  /** All keys, newest first. Throws `not_permitted` without `apikey:manage`. */
  list(actor: Actor): Promise<readonly ApiKeyView[]>
  /** Who a key's text stands for. Throws `unauthenticated` for anything that is no live key. */
  authenticate(text: string): Promise<ReadKey>
}

const defaultLifeMs = 90 * 24 * 3_600_000
const dayMs = 24 * 3_600_000
/** How often it is written down that a key was used, in milliseconds. */
export const touchMs = 60_000

/** The API key service. */
export function createApiKeys(deps: ApiKeysDeps): ApiKeys {
  const { work, clock } = deps
  return {
    create: (actor, wanted) => create(deps, actor, wanted),
    rotate: (actor, id, overlapMs = dayMs) => rotate(deps, actor, id, overlapMs),
    async revoke(actor, id) {
      // Ending a key must not wait for a sign-in: it may have leaked.
      if (actor.permissions?.includes('apikey:manage') !== true)
        assertAllowed(actor, 'apikey:manage', { now: clock.now() })
      return work.run(actor.tenantId, async ({ apiKeys }) => {
        const key = await apiKeys.get(id, { lock: true })
        if (key === undefined || !isKeyLive(key, clock.now())) return false
        await apiKeys.save({ ...key, revokedAt: clock.now() })
        return true
      })
    },
    async list(actor) {
      if (actor.permissions?.includes('apikey:manage') !== true)
        assertAllowed(actor, 'apikey:manage', { now: clock.now() })
      const keys = await work.run(actor.tenantId, ({ apiKeys }) => apiKeys.list())
      return keys.map(toView)
    },
    authenticate: (text) => authenticate(deps, text),
  }
}

async function create(
  deps: ApiKeysDeps,
  actor: Actor,
  wanted: Parameters<ApiKeys['create']>[1],
): Promise<ApiKeyMade> {
  const now = deps.clock.now()
  const name = cleanName(wanted.name, 'name')
  const expiresAt = wanted.expiresAt ?? new Date(now.getTime() + defaultLifeMs)
  const lifeMs = expiresAt.getTime() - now.getTime()
  if (!(lifeMs > 0 && lifeMs <= maxKeyMs))
    throw new AuronxError('invalid_input', 'expiresAt lies within a year from now')
  const access = decideAccess(actor, 'apikey:manage', { now })
  if (access.kind === 'refused') return access
  const scopes = [...new Set(wanted.scopes)]
  const why = whyNotScopes(actor.permissions ?? [], scopes)
  if (why !== undefined) return { kind: 'refused', reason: why }
  const id = createKeyId(deps.random)
  const secret = createKeySecret(deps.random)
  const secretHash = await hashSecret(id, secret)
  return deps.work.run(actor.tenantId, async ({ team, apiKeys }): Promise<ApiKeyMade> => {
    const creator = (await team.members()).find((member) => member.id === actor.id)
    if (actor.kind !== 'staff' || creator?.status !== 'active')
      return { kind: 'refused', reason: 'not_permitted' }
    const live = (await apiKeys.list()).filter((key) => isKeyLive(key, now))
    if (live.length >= maxKeys) return { kind: 'refused', reason: 'too_many' }
    const createdBy = creator.id
    const key: ApiKey = { id, name, scopes, secretHash, createdBy, createdAt: now, expiresAt }
    await apiKeys.save(key)
    return made(deps, key, secret)
  })
}

async function rotate(
  deps: ApiKeysDeps,
  actor: Actor,
  id: string,
  overlapMs: number,
): Promise<ApiKeyMade> {
  const now = deps.clock.now()
  if (!(overlapMs >= 0 && overlapMs <= maxOverlapMs))
    throw new AuronxError('invalid_input', 'overlapMs lies between 0 and seven days')
  const access = decideAccess(actor, 'apikey:manage', { now })
  if (access.kind === 'refused') return access
  const secret = createKeySecret(deps.random)
  const secretHash = await hashSecret(id, secret)
  return deps.work.run(actor.tenantId, async ({ apiKeys }): Promise<ApiKeyMade> => {
    const key = await apiKeys.get(id, { lock: true })
    if (key === undefined || !isKeyLive(key, now)) return { kind: 'refused', reason: 'not_found' }
    // Whoever rotates learns the secret, and with it everything the key may do.
    const why = whyNotScopes(actor.permissions ?? [], key.scopes)
    if (why !== undefined) return { kind: 'refused', reason: why }
    const until = new Date(now.getTime() + overlapMs)
    const next = { ...key, secretHash, previous: { secretHash: key.secretHash, until } }
    await apiKeys.save(next)
    return made(deps, next, secret)
  })
}

/** A key that holds, and the version of its tenant when it was read. */
export interface ReadKey {
  readonly principal: KeyPrincipal
  readonly tenantVersion: number
}

async function authenticate(deps: ApiKeysDeps, text: string): Promise<ReadKey> {
  const parsed = parseKey(text)
  if (parsed === undefined) throw refused()
  const { id, secret } = parsed
  const secretHash = await hashSecret(id, secret)
  const tenantId = await deps.access.tenantOfApiKey(id)
  if (tenantId === undefined) throw refused()
  return deps.work.run(tenantId, async ({ accounts, team, apiKeys }): Promise<ReadKey> => {
    const now = deps.clock.now()
    const key = await apiKeys.get(id)
    if (key === undefined || !opensKey(key, secretHash, now)) throw refused()
    const [creator, tenant] = await Promise.all([team.member(key.createdBy), accounts.tenant()])
    if (creator?.status !== 'active' || !isTenantOpen(tenant)) throw refused()
    if (key.lastUsedAt === undefined || now.getTime() - key.lastUsedAt.getTime() >= touchMs)
      await apiKeys.touch(id, now)
    const permissions = keyPermissions(key.scopes, permissionsOf(creator.role, tenant.settings))
    const reach = reachOf(creator.role, tenant.settings)
    const limited = reach === undefined ? {} : { reach }
    const claim = { apiKeyId: id, secretHash, creatorVersion: creator.version }
    return {
      principal: { kind: 'api_key', tenantId, keyId: id, permissions, claim, ...limited },
      tenantVersion: tenant.version,
    }
  })
}

function made({ environment = 'live' }: ApiKeysDeps, key: ApiKey, secret: string): ApiKeyMade {
  return { kind: 'made', key: toView(key), text: formatKey({ environment, id: key.id, secret }) }
}

function toView({ secretHash: _hash, previous, ...view }: ApiKey): ApiKeyView {
  return previous === undefined ? view : { ...view, previousUntil: previous.until }
}

function hashSecret(id: string, secret: string): Promise<string> {
  return hashOf('api_key', id, secret)
}

function refused(): AuronxError {
  return new AuronxError('unauthenticated', 'The API key does not hold')
}
