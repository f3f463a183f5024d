import type { Channel } from '../accounts/index.ts'
import type { Actor, ChannelId } from '../kernel/index.ts'
import type { NumberRefusal } from './connect.ts'
import { refusedAt } from './connect.ts'
import type { NumberAccess } from './admin.ts'
import type { NumberDeps } from './deps.ts'
import { readAccess, requireChannel, saveStatus } from './deps.ts'

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
  await saveStatus(deps, actor, id, 'disconnecting')
  const others = await othersOf(deps, actor, channel)
  const access = await readAccess(deps, actor, channel).catch(() => undefined)
  const left =
    access === undefined ? [nothingToAskWith] : await leave(deps, access, channel, others, signal)
  await deps.work.run(actor.tenantId, async ({ credentials, accounts }) => {
    await credentials.erase({ kind: 'channel', id })
    if (others.every((other) => other.appId !== channel.appId))
      await credentials.erase({ kind: 'app', id: channel.appId })
    const current = await accounts.channel(id)
    if (current !== undefined)
      await accounts.saveChannel({
        ...current,
        status: 'stopped',
        stoppedReason: 'disconnected',
        version: current.version + 1,
      })
    await credentials.releaseNumber(id)
  })
  deps.onChanged?.(channel.phoneNumberId)
  return { kind: 'disconnected', left }
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

const nothingToAskWith: NumberRefusal = {
  kind: 'refused',
  step: 'deregister',
  problem: 'credentials-missing',
  words:
    'No usable access token is stored, so Meta was not told; deregister the number in WhatsApp Manager.',
}
