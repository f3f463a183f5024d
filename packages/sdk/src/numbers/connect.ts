import type { Channel } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { Actor, ChannelId } from '../kernel/index.ts'
import type { Secret } from '../secrets/index.ts'
import type { AdminRefusal, NumberFacts, TokenFacts } from './admin.ts'
import type { NumberDeps } from './deps.ts'
import { saveStatus } from './deps.ts'
import { sealCredential } from './sealing.ts'
import type { StoredCredential } from './store.ts'

/** A business number to connect, with ids as the app dashboard shows them. */
export interface ConnectRequest {
  readonly phoneNumberId: string
  readonly businessAccountId: string
  readonly appId: string
  readonly accessToken: Secret
  readonly appSecret: Secret
  /** What the app's webhook is verified with; chosen by whoever set it up. */
  readonly verifyToken: Secret
  /** Six digits. It becomes the number's PIN when it has none; left out for a number that is registered already. */
  readonly pin?: Secret
}

/** Which step refused. */
export type NumberStep =
  | 'input'
  | 'token'
  | 'account'
  | 'number'
  | 'store'
  | 'subscribe'
  | 'register'
  | 'deregister'

/** A refusal, at which step, and what to do about it in a sentence. */
export interface NumberRefusal {
  readonly kind: 'refused'
  readonly step: NumberStep
  readonly problem:
    | AdminRefusal['problem']
    | 'id-malformed'
    | 'pin-malformed'
    | 'pin-needed'
    | 'app-mismatch'
    | 'number-not-in-account'
    | 'taken'
    | 'credentials-missing'
  readonly words: string
  /** Meta's number, where it was Meta that refused. */
  readonly code?: number | string
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

/** Permissions a token must have. */
export const neededScopes = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const

/**
 * Connects a number: everything is asked of Meta first, then stored with the number stopped, then webhooks are
 * subscribed and the number is registered, and only then may it send. Called again it goes on where it was refused.
 */
export async function connectNumber(
  deps: NumberDeps,
  actor: Actor,
  request: ConnectRequest,
  signal: AbortSignal,
): Promise<ConnectOutcome> {
  const malformed = checkInput(request)
  if (malformed !== undefined) return malformed
  const checked = await verify(deps, request, signal)
  if (checked.kind === 'refused') return checked
  const { facts, token } = checked
  const stored = await store(deps, actor, request, facts)
  if ('kind' in stored) return stored
  deps.onChanged?.(request.phoneNumberId)
  const refused = await setUp(deps, request, signal)
  if (refused !== undefined) return refused
  const channel = await saveStatus(deps, actor, stored.id, undefined)
  const { expiresAt } = token
  return { kind: 'connected', channel, facts, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

/** A refusal of Meta's as a refusal of one of our steps. */
export function refusedAt(step: NumberStep, { problem, words, code }: AdminRefusal): NumberRefusal {
  return { kind: 'refused', step, problem, words, code }
}

/** What is wrong with a token for this account, if anything. */
export function findTokenFault(
  token: TokenFacts,
  { appId, businessAccountId }: Pick<ConnectRequest, 'appId' | 'businessAccountId'>,
): NumberRefusal | undefined {
  const refuse = (problem: NumberRefusal['problem'], words: string): NumberRefusal => ({
    kind: 'refused',
    step: 'token',
    problem,
    words,
  })
  if (!token.isValid) {
    return refuse('token-invalid', 'The access token is not valid any more; make a new one.')
  }
  if (token.appId !== appId) {
    return refuse('app-mismatch', 'The access token belongs to another Meta app than the app id.')
  }
  const missing = neededScopes.filter((scope) => !token.scopes.includes(scope))
  if (missing.length > 0) {
    return refuse('permission-missing', `The access token lacks ${missing.join(' and ')}.`)
  }
  if (token.businessAccountIds?.includes(businessAccountId) === false) {
    return refuse(
      'permission-missing',
      'The access token is not good for this WhatsApp business account; assign it to its system user.',
    )
  }
  return undefined
}

function checkInput(request: ConnectRequest): NumberRefusal | undefined {
  const refuse = (problem: NumberRefusal['problem'], words: string): NumberRefusal => ({
    kind: 'refused',
    step: 'input',
    problem,
    words,
  })
  const { phoneNumberId, businessAccountId, appId, pin } = request
  for (const id of [phoneNumberId, businessAccountId, appId])
    if (!/^\d{1,32}$/.test(id)) {
      return refuse(
        'id-malformed',
        'Ids of Meta are digits only; a phone number is not its phone number id.',
      )
    }
  for (const secret of [request.accessToken, request.appSecret, request.verifyToken])
    if (secret.reveal().trim() === '')
      return refuse('credentials-missing', 'Token, app secret and verify token are all needed.')
  if (pin !== undefined && !/^\d{6}$/.test(pin.reveal()))
    return refuse('pin-malformed', 'The two-step PIN has exactly six digits.')
  return undefined
}

type Checked =
  | { readonly kind: 'checked'; readonly facts: NumberFacts; readonly token: TokenFacts }
  | NumberRefusal

async function verify(
  { admin }: NumberDeps,
  request: ConnectRequest,
  signal: AbortSignal,
): Promise<Checked> {
  const { phoneNumberId, businessAccountId } = request
  const token = await admin.inspectToken(request, signal)
  if (token.kind === 'refused') return refusedAt('token', token)
  const fault = findTokenFault(token.value, request)
  if (fault !== undefined) return fault
  const numbers = await admin.numbersOf(request, businessAccountId, signal)
  if (numbers.kind === 'refused') return refusedAt('account', numbers)
  if (!numbers.value.includes(phoneNumberId)) {
    return {
      kind: 'refused',
      step: 'account',
      problem: 'number-not-in-account',
      words: 'The business account has no number with this id.',
    }
  }
  const facts = await admin.readNumber(request, phoneNumberId, signal)
  if (facts.kind === 'refused') return refusedAt('number', facts)
  if (facts.value.status !== 'CONNECTED' && request.pin === undefined) {
    return {
      kind: 'refused',
      step: 'register',
      problem: 'pin-needed',
      words:
        'The number is not registered yet; give the six digits that are to be its two-step PIN.',
    }
  }
  return { kind: 'checked', facts: facts.value, token: token.value }
}

async function store(
  deps: NumberDeps,
  actor: Actor,
  request: ConnectRequest,
  facts: NumberFacts,
): Promise<Channel | NumberRefusal> {
  const { work, ids } = deps
  const known = await work.run(actor.tenantId, async ({ accounts }) => {
    const channels = await accounts.channels()
    return channels.find((channel) => channel.phoneNumberId === request.phoneNumberId)
  })
  const id = known?.id ?? ids.next('ChannelId')
  const sealed = await sealAll(deps, actor, request, id)
  try {
    return await work.run(actor.tenantId, async ({ accounts, credentials }) => {
      const current = await accounts.channel(id)
      const channel: Channel = {
        id,
        appId: request.appId,
        phoneNumberId: request.phoneNumberId,
        businessAccountId: request.businessAccountId,
        displayPhoneNumber: facts.displayPhoneNumber,
        status: 'stopped',
        stoppedReason: 'connecting',
        version: (current?.version ?? 0) + 1,
      }
      await credentials.claimApp(request.appId)
      await accounts.saveChannel(channel)
      for (const credential of sealed) await credentials.put(credential)
      return channel
    })
  } catch (error) {
    return takenOr(error)
  }
}

function takenOr(error: unknown): NumberRefusal {
  if (!isAuronxError(error, 'conflict')) throw error
  return {
    kind: 'refused',
    step: 'store',
    problem: 'taken',
    words: 'Another business here has this number or this app already.',
  }
}

async function sealAll(
  { sealer, clock }: NumberDeps,
  { tenantId }: Actor,
  request: ConnectRequest,
  id: ChannelId,
): Promise<readonly StoredCredential[]> {
  const at = clock.now()
  const channel = { kind: 'channel', id } as const
  const app = { kind: 'app', id: request.appId } as const
  const given = [
    { owner: channel, kind: 'access_token', value: request.accessToken, at },
    { owner: app, kind: 'app_secret', value: request.appSecret, at },
    { owner: app, kind: 'verify_token', value: request.verifyToken, at },
    ...(request.pin === undefined
      ? []
      : [{ owner: channel, kind: 'pin', value: request.pin, at } as const]),
  ] as const
  return Promise.all(given.map((one) => sealCredential(sealer, tenantId, one)))
}

async function setUp(
  { admin }: NumberDeps,
  request: ConnectRequest,
  signal: AbortSignal,
): Promise<NumberRefusal | undefined> {
  const { phoneNumberId, businessAccountId, pin } = request
  const subscribed = await admin.subscribe(request, { businessAccountId, on: true }, signal)
  if (subscribed.kind === 'refused') return refusedAt('subscribe', subscribed)
  if (pin === undefined) return undefined
  const registered = await admin.register(request, { phoneNumberId, pin }, signal)
  return registered.kind === 'refused' ? refusedAt('register', registered) : undefined
}
