import type { Channel } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { Actor, ChannelId } from '../kernel/index.ts'
import type { Secret } from '../secrets/index.ts'
import type { NumberFacts } from './admin.ts'
import type { ReadyRequest } from './check-connect.ts'
import type { NumberDeps, NumberStores } from './deps.ts'
import { saveStatus, writeDown } from './deps.ts'
import { refuse } from './refusal.ts'
import type { NumberRefusal } from './refusal.ts'
import { sealCredential } from './sealing.ts'
import type { StoredCredential } from './store.ts'

/** Stores a checked number with its credentials; a new one is stopped until it is set up. */
export async function storeNumber(
  deps: NumberDeps,
  actor: Actor,
  request: ReadyRequest,
  facts: NumberFacts,
): Promise<Channel | NumberRefusal> {
  const { work, ids } = deps
  const channels = await work.run(actor.tenantId, ({ accounts }) => accounts.channels())
  const known = channels.find((channel) => channel.phoneNumberId === request.phoneNumberId)
  const id = known?.id ?? ids.next('ChannelId')
  const sealed = await sealAll(deps, actor, request, id)
  try {
    return await work.run(actor.tenantId, async (stores) => {
      const current = await stores.accounts.channel(id)
      const channel = channelOf(request, facts, id, current)
      if (request.own !== undefined) await stores.credentials.claimApp(request.appId)
      await stores.accounts.saveChannel(channel)
      for (const credential of sealed) await stores.credentials.put(credential)
      if (current !== undefined && current.appId !== request.appId)
        await eraseUnusedApp(stores, current.appId)
      await writeDown(deps, stores, actor, { action: 'number.stored', id })
      return channel
    })
  } catch (error) {
    if (!isAuronxError(error, 'conflict')) throw error
    const words = 'Another business here has this number or this app already.'
    return refuse('store', 'taken', words)
  }
}

/** Lets a number send that is set up, and keeps the PIN that it was registered with. */
export async function finishNumber(
  deps: NumberDeps,
  actor: Actor,
  id: ChannelId,
  pin: Secret | undefined,
): Promise<Channel> {
  if (pin !== undefined) {
    const owner = { kind: 'channel', id } as const
    const at = deps.clock.now()
    const given = { owner, kind: 'pin', value: pin, at } as const
    const credential = await sealCredential(deps.sealer, actor.tenantId, given)
    await deps.work.run(actor.tenantId, ({ credentials }) => credentials.put(credential))
  }
  return saveStatus(deps, actor, id, { action: 'number.connected' })
}

/** Erases the secrets of an app under which the tenant has no connected number any more. */
export async function eraseUnusedApp(
  { accounts, credentials }: NumberStores,
  appId: string,
): Promise<void> {
  const channels = await accounts.channels()
  const isUsed = channels.some(
    (channel) => channel.appId === appId && channel.stoppedReason !== 'disconnected',
  )
  if (!isUsed) await credentials.erase({ kind: 'app', id: appId })
}

function channelOf(
  { appId, phoneNumberId, businessAccountId }: ReadyRequest,
  { displayPhoneNumber }: NumberFacts,
  id: ChannelId,
  current: Channel | undefined,
): Channel {
  const version = (current?.version ?? 0) + 1
  const common = { id, appId, phoneNumberId, businessAccountId, displayPhoneNumber, version }
  return current?.status === 'active'
    ? { ...common, status: 'active' }
    : { ...common, status: 'stopped', stoppedReason: 'connecting' }
}

async function sealAll(
  { sealer, clock }: NumberDeps,
  { tenantId }: Actor,
  { appId, accessToken, own }: ReadyRequest,
  id: ChannelId,
): Promise<readonly StoredCredential[]> {
  const at = clock.now()
  const app = { kind: 'app', id: appId } as const
  const ownSecrets =
    own === undefined
      ? []
      : ([
          { owner: app, kind: 'app_secret', value: own.appSecret, at },
          { owner: app, kind: 'verify_token', value: own.verifyToken, at },
        ] as const)
  const owner = { kind: 'channel', id } as const
  const given = [{ owner, kind: 'access_token', value: accessToken, at } as const, ...ownSecrets]
  return Promise.all(given.map((one) => sealCredential(sealer, tenantId, one)))
}
