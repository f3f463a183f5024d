import type { Channel } from '../accounts/index.ts'
import { assertAllowed } from '../kernel/index.ts'
import type { Actor, ChannelId } from '../kernel/index.ts'
import type { Secret } from '../secrets/index.ts'
import type { NumberFacts } from './admin.ts'
import { findTokenFault } from './check-connect.ts'
import type { ConnectOutcome, ConnectRequest } from './connect.ts'
import { connectNumber } from './connect.ts'
import type { NumberDeps } from './deps.ts'
import { readAccess, requireChannel, setStatus, writeDown } from './deps.ts'
import type { Disconnected } from './disconnect.ts'
import { disconnectNumber } from './disconnect.ts'
import { refuse, refusedAt } from './refusal.ts'
import type { NumberRefusal } from './refusal.ts'
import { sealCredential } from './sealing.ts'
import type { CredentialFacts } from './store.ts'

/** How a number is doing. `expiresAt`: when its token ends, if it does. */
export type NumberHealth =
  | { readonly kind: 'read'; readonly facts: NumberFacts; readonly expiresAt?: Date }
  | NumberRefusal

/** A new access token for a number. */
export interface NewToken {
  readonly id: ChannelId
  readonly accessToken: Secret
}

/**
 * A tenant's business numbers at Meta. Credentials go in and are used; none ever comes out again. Whatever Meta refuses
 * is an outcome with a sentence for the person who asked. Every method takes `channel:write` and throws `not_permitted`
 * without it.
 */
export interface Numbers {
  /** Checks everything with Meta, stores it sealed, subscribes, registers and lets the number send. */
  connect(actor: Actor, request: ConnectRequest, signal: AbortSignal): Promise<ConnectOutcome>
  /** Asks Meta how a number is doing, and whether its token is still good. Throws `not_found`. */
  health(actor: Actor, id: ChannelId, signal: AbortSignal): Promise<NumberHealth>
  /**
   * Puts a new access token in the place of the old one once Meta calls it good, and lets a number send again that was
   * stopped for its credentials. Throws `not_found`.
   */
  replaceToken(
    actor: Actor,
    request: NewToken,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'replaced'; readonly channel: Channel } | NumberRefusal>
  /** Ends a number's connection and erases its credentials. Throws `not_found`. */
  disconnect(actor: Actor, id: ChannelId, signal: AbortSignal): Promise<Disconnected>
  /** Which credentials are stored, since when, and the end of the long ones. */
  credentials(actor: Actor): Promise<readonly CredentialFacts[]>
}

/** Creates the service. */
export function createNumbers(deps: NumberDeps): Numbers {
  const allowed =
    <Given extends readonly unknown[], Result>(
      act: (actor: Actor, ...given: Given) => Promise<Result>,
    ): ((actor: Actor, ...given: Given) => Promise<Result>) =>
    async (actor, ...given) => {
      assertAllowed(actor, 'channel:write')
      return act(actor, ...given)
    }
  return {
    connect: allowed((actor, request: ConnectRequest, signal: AbortSignal) =>
      connectNumber(deps, actor, request, signal),
    ),
    health: allowed((actor, id: ChannelId, signal: AbortSignal) =>
      readHealth(deps, actor, id, signal),
    ),
    replaceToken: allowed((actor, request: NewToken, signal: AbortSignal) =>
      replaceToken(deps, actor, request, signal),
    ),
    disconnect: allowed((actor, id: ChannelId, signal: AbortSignal) =>
      disconnectNumber(deps, actor, id, signal),
    ),
    credentials: allowed(async (actor) => {
      const stored = await deps.work.run(actor.tenantId, ({ credentials }) => credentials.list())
      return stored.map(({ sealed: _sealed, ...facts }) => facts)
    }),
  }
}

const missing = refuse(
  'token',
  'credentials-missing',
  'No access token is stored for this number; connect it first.',
)

async function readHealth(
  deps: NumberDeps,
  actor: Actor,
  id: ChannelId,
  signal: AbortSignal,
): Promise<NumberHealth> {
  const channel = await requireChannel(deps, actor, id)
  const access = await readAccess(deps, actor, channel)
  if (access === undefined) return missing
  const token = await deps.admin.inspectToken({ ...access, appId: channel.appId }, signal)
  if (token.kind === 'refused') return refusedAt('token', token)
  const fault = findTokenFault(token.value, channel)
  if (fault !== undefined) return fault
  const facts = await deps.admin.readNumber(access, channel.phoneNumberId, signal)
  if (facts.kind === 'refused') return refusedAt('number', facts)
  const { expiresAt } = token.value
  return { kind: 'read', facts: facts.value, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

async function replaceToken(
  deps: NumberDeps,
  actor: Actor,
  { id, accessToken }: NewToken,
  signal: AbortSignal,
): Promise<{ readonly kind: 'replaced'; readonly channel: Channel } | NumberRefusal> {
  const { work, admin, sealer, clock } = deps
  const channel = await requireChannel(deps, actor, id)
  const access = await readAccess(deps, actor, channel)
  if (access === undefined) return missing
  const next = { ...access, accessToken }
  const token = await admin.inspectToken({ ...next, appId: channel.appId }, signal)
  if (token.kind === 'refused') return refusedAt('token', token)
  const fault = findTokenFault(token.value, channel)
  if (fault !== undefined) return fault
  const facts = await admin.readNumber(next, channel.phoneNumberId, signal)
  if (facts.kind === 'refused') return refusedAt('number', facts)
  const credential = await sealCredential(sealer, actor.tenantId, {
    owner: { kind: 'channel', id },
    kind: 'access_token',
    value: accessToken,
    at: clock.now(),
  })
  const isHeld = channel.status === 'stopped' && channel.stoppedReason === 'credentials'
  const now = await work.run(actor.tenantId, async (stores) => {
    await stores.credentials.put(credential)
    const after = isHeld ? await setStatus(stores.accounts, id, undefined) : channel
    await writeDown(deps, stores, actor, { action: 'number.token-replaced', id })
    return after
  })
  deps.onChanged?.(channel.phoneNumberId)
  return { kind: 'replaced', channel: now }
}
