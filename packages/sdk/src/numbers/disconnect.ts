import type { Channel } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { Actor, ChannelId } from '../kernel/index.ts'
import type { NumberAccess } from './admin.ts'
import type { NumberDeps } from './deps.ts'
import { readAccess, requireChannel, saveStatus, setStatus, writeDown } from './deps.ts'
import { refuse, refusedAt } from './refusal.ts'
import type { NumberRefusal } from './refusal.ts'
import { eraseUnusedApp } from './store-number.ts'

/**
 * What became of disconnecting. `left` lists what Meta did not do, which a person may finish in WhatsApp Manager; our own
 * side is done in any case.
 */
export interface Disconnected {
  readonly kind: 'disconnected'
  readonly left: readonly NumberRefusal[]
}

/**
 * Disconnects a number: it stops sending, is deregistered, its account's webhooks end when no other number here uses
 * them, and its credentials are erased, with those of the app when it was the app's last number. Called again it goes
 * on; the number's history stays.
 */
export async function disconnectNumber(
  deps: NumberDeps,
  actor: Actor,
  id: ChannelId,
  signal: AbortSignal,
): Promise<Disconnected> {
  const channel = await requireChannel(deps, actor, id)
  if (channel.stoppedReason === 'disconnected')
    return { kind: 'disconnected', left: [nothingToAskWith] }
  await saveStatus(deps, actor, id, { reason: 'disconnecting', action: 'number.disconnecting' })
  const others = await othersOf(deps, actor, channel)
  const access = await readAccess(deps, actor, channel).catch(undefinedIfBroken)
  const left =
    access === undefined ? [nothingToAskWith] : await leave(deps, access, channel, others, signal)
  await deps.work.run(actor.tenantId, async (stores) => {
    await setStatus(stores.accounts, id, 'disconnected')
    await stores.credentials.erase({ kind: 'channel', id })
    await eraseUnusedApp(stores, channel.appId)
    await stores.credentials.releaseNumber(id)
    await writeDown(deps, stores, actor, { action: 'number.disconnected', id })
  })
  deps.onChanged?.(channel.phoneNumberId)
  return { kind: 'disconnected', left }
}

// Credentials that do not open are to be erased like any others.
function undefinedIfBroken(error: unknown): undefined {
  if (!isAuronxError(error, 'seal_broken')) throw error
}

async function othersOf(
  { work }: NumberDeps,
  actor: Actor,
  channel: Channel,
): Promise<readonly Channel[]> {
  const channels = await work.run(actor.tenantId, ({ accounts }) => accounts.channels())
  return channels.filter(
    (other) => other.id !== channel.id && other.stoppedReason !== 'disconnected',
  )
}

async function leave(
  { admin }: NumberDeps,
  access: NumberAccess,
  { phoneNumberId, businessAccountId }: Channel,
  others: readonly Channel[],
  signal: AbortSignal,
): Promise<readonly NumberRefusal[]> {
  const left: NumberRefusal[] = []
  const deregistered = await admin.deregister(access, phoneNumberId, signal)
  if (deregistered.kind === 'refused') left.push(refusedAt('deregister', deregistered))
  if (others.some((other) => other.businessAccountId === businessAccountId)) return left
  const ended = await admin.subscribe(access, { businessAccountId, on: false }, signal)
  if (ended.kind === 'refused') left.push(refusedAt('subscribe', ended))
  return left
}

const nothingToAskWith = refuse(
  'deregister',
  'credentials-missing',
  'No usable access token is stored, so Meta was not told; deregister the number in WhatsApp Manager.',
)
