import type { Channel } from '../accounts/index.ts'
import type { Actor } from '../kernel/index.ts'
import type { Secret } from '../secrets/index.ts'
import type { NumberFacts } from './admin.ts'
import { checkWithMeta, readyRequest } from './check-connect.ts'
import type { ReadyRequest } from './check-connect.ts'
import type { NumberDeps } from './deps.ts'
import { refusedAt } from './refusal.ts'
import type { NumberRefusal } from './refusal.ts'
import { finishNumber, storeNumber } from './store-number.ts'

/** A business number to connect, with ids as the app dashboard shows them. */
export interface ConnectRequest {
  readonly phoneNumberId: string
  readonly businessAccountId: string
  readonly appId: string
  readonly accessToken: Secret
  /** Secret of the tenant's own app; not needed under an app of the platform. */
  readonly appSecret?: Secret
  /** What the app's webhook is verified with, the same for all numbers of an app; not needed under one of the platform. */
  readonly verifyToken?: Secret
  /** Six digits. It becomes the number's PIN when it has none; left out for a number that is registered already. */
  readonly pin?: Secret
}

/** What became of connecting a number. `expiresAt`: when its token ends, if it does. */
export type ConnectOutcome =
  | {
      readonly kind: 'connected'
      readonly channel: Channel
      readonly facts: NumberFacts
      readonly expiresAt?: Date
    }
  | NumberRefusal

/**
 * Connects a number: everything is asked of Meta first, then stored with a new number stopped, then webhooks are
 * subscribed and the number is registered, and only then may it send. Called again it goes on where it was refused; a
 * number that was sending goes on sending meanwhile.
 */
export async function connectNumber(
  deps: NumberDeps,
  actor: Actor,
  given: ConnectRequest,
  signal: AbortSignal,
): Promise<ConnectOutcome> {
  const request = readyRequest(deps, given)
  if ('kind' in request) return request
  const checked = await checkWithMeta(deps, request, signal)
  if (checked.kind === 'refused') return checked
  const { facts, token } = checked
  const stored = await storeNumber(deps, actor, request, facts)
  if ('kind' in stored) return stored
  deps.onChanged?.(request.phoneNumberId)
  const refused = await setUp(deps, request, signal)
  if (refused !== undefined) return refused
  const channel = await finishNumber(deps, actor, stored.id, request.pin)
  const { expiresAt } = token
  return { kind: 'connected', channel, facts, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

async function setUp(
  { admin }: NumberDeps,
  request: ReadyRequest,
  signal: AbortSignal,
): Promise<NumberRefusal | undefined> {
  const { phoneNumberId, businessAccountId, pin } = request
  const subscribed = await admin.subscribe(request, { businessAccountId, on: true }, signal)
  if (subscribed.kind === 'refused') return refusedAt('subscribe', subscribed)
  if (pin === undefined) return undefined
  const registered = await admin.register(request, { phoneNumberId, pin }, signal)
  return registered.kind === 'refused' ? refusedAt('register', registered) : undefined
}
