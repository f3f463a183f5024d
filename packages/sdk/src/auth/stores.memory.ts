import type { Member, Tenant } from '../accounts/index.ts'
import { createMemoryUserStore, isTenantOpen } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import { isLive } from './decide-session.ts'
import { opensKey } from './decide-key.ts'
import type { AccessClaim, KeyClaim, SessionClaim } from './principal.ts'
import type {
  ApiKey,
  ApiKeyStore,
  AttemptStore,
  IdentityWork,
  OperatorSession,
  OperatorSessionStore,
  Passkey,
  PasskeyStore,
  RefreshToken,
  Session,
  SessionStore,
  SigningKey,
  SigningKeyStore,
  SignInAttempt,
} from './store.ts'

interface Row<Value> {
  readonly tenantId: TenantId
  readonly value: Value
}

/** Sessions of a tenant over an in-memory database. */
export function createMemorySessionStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): SessionStore {
  const sessions = database.table<Row<Session>>('sessions')
  const tokens = database.table<Row<RefreshToken>>('refresh_tokens')
  const keyOf = (id: string): string => `${tenantId}/${id}`
  const own = (): readonly Session[] =>
    [...sessions.values()].filter((row) => row.tenantId === tenantId).map(({ value }) => value)
  return {
    get: async (id) => sessions.get(keyOf(id))?.value,
    async save(session) {
      sessions.set(keyOf(session.id), { tenantId, value: session })
    },
    live: async (userId, at) =>
      own()
        .filter((one) => one.userId === userId && isLive(one, at))
        .toSorted((a, b) => (a.id > b.id ? -1 : 1)),
    async revokeOf(memberId, at, reason) {
      const live = own().filter((one) => one.memberId === memberId && one.revokedAt === undefined)
      for (const one of live) {
        const revoked = { ...one, revokedAt: at, revokedReason: reason, version: one.version + 1 }
        sessions.set(keyOf(one.id), { tenantId, value: revoked })
      }
      return live.length
    },
    async lockRefresh(hash) {
      const token = tokens.get(keyOf(hash))?.value
      const session = token && sessions.get(keyOf(token.sessionId))?.value
      return token === undefined || session === undefined ? undefined : { token, session }
    },
    async saveRefresh(token) {
      tokens.set(keyOf(token.hash), { tenantId, value: token })
    },
  }
}

/** API keys of a tenant over an in-memory database. */
export function createMemoryApiKeyStore(database: MemoryDatabase, tenantId: TenantId): ApiKeyStore {
  const keys = database.table<Row<ApiKey>>('api_keys')
  const own = (): readonly ApiKey[] =>
    [...keys.values()].filter((row) => row.tenantId === tenantId).map(({ value }) => value)
  const put = (value: ApiKey): unknown => keys.set(value.id, { tenantId, value })
  const find = (id: string): ApiKey | undefined => own().find((key) => key.id === id)
  return {
    get: async (id) => find(id),
    list: async () =>
      own().toSorted(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1),
      ),
    async save(key) {
      const current = keys.get(key.id)
      if (current !== undefined && current.tenantId !== tenantId) {
        throw new AuronxError('conflict', 'Another tenant has a key of this id')
      }
      put(key)
    },
    async touch(id, at) {
      const key = find(id)
      if (key !== undefined) put({ ...key, lastUsedAt: at })
    },
    async revokeOf(memberId, at) {
      const live = own().filter((key) => key.createdBy === memberId && key.revokedAt === undefined)
      for (const key of live) put({ ...key, revokedAt: at })
      return live.length
    },
  }
}

/** People and their proofs over an in-memory database. */
export function createMemoryIdentityWork(database: MemoryDatabase): IdentityWork {
  const stores = {
    users: createMemoryUserStore(database),
    attempts: createMemoryAttemptStore(database),
    passkeys: createMemoryPasskeyStore(database),
    operatorSessions: createMemoryOperatorSessionStore(database),
    signingKeys: createMemorySigningKeyStore(database),
  }
  return { run: (body) => database.transaction(() => body(stores)) }
}

/** What a tenant transaction of a signed-in member or an API key asserts first. Throws `unauthenticated`. */
export function assertMemoryAccess(
  database: MemoryDatabase,
  tenantId: TenantId,
  claim: AccessClaim,
  at: Date,
): void {
  const tenant = database.table<Tenant>('tenants').get(tenantId)
  const isOpen = tenant !== undefined && isTenantOpen(tenant)
  const isAsRead = claim.tenantVersion === undefined || claim.tenantVersion === tenant?.version
  const holds =
    'apiKeyId' in claim
      ? holdsKey(database, tenantId, claim, at)
      : holdsSession(database, tenantId, claim, at)
  if (!isOpen || !isAsRead || !holds)
    throw new AuronxError('unauthenticated', 'The credential does not hold any more')
}

function holdsKey(
  database: MemoryDatabase,
  tenantId: TenantId,
  { apiKeyId, secretHash, creatorVersion }: KeyClaim,
  at: Date,
): boolean {
  const row = database.table<Row<ApiKey>>('api_keys').get(apiKeyId)
  if (row?.tenantId !== tenantId) return false
  const creator = memberIn(database, tenantId, row.value.createdBy)
  const isCreator = creator?.status === 'active' && creator.version === creatorVersion
  return isCreator && opensKey(row.value, secretHash, at)
}

function holdsSession(
  database: MemoryDatabase,
  tenantId: TenantId,
  claim: SessionClaim,
  at: Date,
): boolean {
  const session = database
    .table<Row<Session>>('sessions')
    .get(`${tenantId}/${claim.sessionId}`)?.value
  const member = session && memberIn(database, tenantId, session.memberId)
  const isTrusted = database.table<SigningKey>('signing_keys').has(claim.keyId)
  return isTrusted && isMeant(claim, session, member, at)
}

function memberIn(database: MemoryDatabase, tenantId: TenantId, id: string): Member | undefined {
  return database.table<Row<Member>>('members').get(`${tenantId}/${id}`)?.value
}

function isMeant(
  { sessionVersion, memberVersion }: SessionClaim,
  session: Session | undefined,
  member: Member | undefined,
  at: Date,
): boolean {
  const isSession = session !== undefined && isLive(session, at)
  const isMember = member?.status === 'active' && member.version === memberVersion
  return isSession && session.version === sessionVersion && isMember
}

function createMemoryAttemptStore(database: MemoryDatabase): AttemptStore {
  const attempts = database.table<SignInAttempt>('sign_in_attempts')
  return {
    async insert(attempt) {
      if (attempts.has(attempt.browserHash)) {
        throw new AuronxError('conflict', 'The browser has an attempt already')
      }
      attempts.set(attempt.browserHash, attempt)
    },
    lock: async (browserHash) => attempts.get(browserHash),
    async update(attempt) {
      attempts.set(attempt.browserHash, attempt)
    },
    async countCodes(since, { email, network, device }) {
      const codes = [...attempts.values()].filter(
        (one) => one.purpose === 'code' && one.createdAt >= since,
      )
      const strangers = codes.filter((one) => one.device === undefined)
      const toAddress = strangers.filter((one) => one.email === email)
      const isNear = (one: SignInAttempt): boolean =>
        network !== undefined && one.network === network
      return {
        toAddress: toAddress.length,
        toAddressFromNetwork: toAddress.filter(isNear).length,
        fromNetwork: strangers.filter(isNear).length,
        toStrangers: strangers.length,
        fromDevice: codes.filter((one) => device !== undefined && one.device === device).length,
        toDevices: codes.length - strangers.length,
      }
    },
    async prune(before, limit) {
      const over = [...attempts.values()].filter((one) => one.expiresAt < before).slice(0, limit)
      for (const one of over) attempts.delete(one.browserHash)
      return over.length
    },
  }
}

function createMemoryPasskeyStore(database: MemoryDatabase): PasskeyStore {
  const passkeys = database.table<Passkey>('passkeys')
  return {
    get: async (id) => passkeys.get(id),
    list: async (userId) => [...passkeys.values()].filter((one) => one.userId === userId),
    async save(passkey) {
      const current = passkeys.get(passkey.id)
      if (current !== undefined && current.userId !== passkey.userId) {
        throw new AuronxError('conflict', 'Another user has this passkey')
      }
      passkeys.set(passkey.id, passkey)
    },
    async delete(userId, id) {
      const gone = [...passkeys.values()].filter(
        (one) => one.userId === userId && (id === undefined || one.id === id),
      )
      for (const one of gone) passkeys.delete(one.id)
      return gone.length
    },
  }
}

function createMemoryOperatorSessionStore(database: MemoryDatabase): OperatorSessionStore {
  const sessions = database.table<OperatorSession>('operator_sessions')
  return {
    async insert(session) {
      sessions.set(session.tokenHash, session)
    },
    get: async (tokenHash) => sessions.get(tokenHash),
    async delete(userId, tokenHash) {
      const gone = [...sessions.values()].filter(
        (one) => one.userId === userId && (tokenHash ?? one.tokenHash) === one.tokenHash,
      )
      for (const one of gone) sessions.delete(one.tokenHash)
      return gone.length
    },
    async prune(before, limit) {
      const over = [...sessions.values()].filter((one) => one.expiresAt < before).slice(0, limit)
      for (const one of over) sessions.delete(one.tokenHash)
      return over.length
    },
  }
}

function createMemorySigningKeyStore(database: MemoryDatabase): SigningKeyStore {
  const keys = database.table<SigningKey>('signing_keys')
  return {
    list: async () => [...keys.values()].toSorted((a, b) => (a.kid < b.kid ? -1 : 1)),
    async save(key) {
      const isTwice = [...keys.values()].some(
        ({ kid, state }) => kid !== key.kid && state === key.state && state !== 'retiring',
      )
      if (isTwice) throw new AuronxError('conflict', `There is a key in state ${key.state} already`)
      keys.set(key.kid, key)
    },
    async delete(kid) {
      keys.delete(kid)
    },
  }
}
