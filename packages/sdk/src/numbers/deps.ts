import type { AccountStore, Channel } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { Actor, ChannelId, Clock, Ids, UnitOfWork } from '../kernel/index.ts'
import type { Sealer, Secret } from '../secrets/index.ts'
import type { NumberAccess, NumberAdmin } from './admin.ts'
import { openCredential } from './sealing.ts'
import type { CredentialKind, CredentialStore } from './store.ts'
import type { WebhookApp } from './webhook-apps.ts'

/** The stores that the numbers of a tenant need. */
export interface NumberStores {
  readonly accounts: AccountStore
  readonly credentials: CredentialStore
}

/** What {@link createNumbers} takes. */
export interface NumberDeps {
  readonly work: UnitOfWork<NumberStores>
  readonly admin: NumberAdmin
  readonly sealer: Sealer
  readonly clock: Clock
  readonly ids: Ids
  /** Called with a number whose credentials changed, so that what is cached of them is dropped. */
  readonly onChanged?: (phoneNumberId: string) => void
  /** Apps of the platform: numbers of every tenant may be connected under them, without their secrets. */
  readonly apps?: readonly WebhookApp[]
}

/** The number, if it is this tenant's. Throws `not_found`. */
export async function requireChannel(
  { work }: NumberDeps,
  actor: Actor,
  id: ChannelId,
): Promise<Channel> {
  const channel = await work.run(actor.tenantId, ({ accounts }) => accounts.channel(id))
  if (channel === undefined) throw new AuronxError('not_found', 'There is no such number')
  return channel
}

/** Stops a number or lets it send, on its newest version; returns the number as it is then. */
export function saveStatus(
  { work }: NumberDeps,
  actor: Actor,
  id: ChannelId,
  reason: string | undefined,
): Promise<Channel> {
  return work.run(actor.tenantId, ({ accounts }) => setStatus(accounts, id, reason))
}

/** As {@link saveStatus}, within a transaction. */
export async function setStatus(
  accounts: AccountStore,
  id: ChannelId,
  reason: string | undefined,
): Promise<Channel> {
  const current = await accounts.channel(id)
  if (current === undefined) throw new AuronxError('not_found', 'There is no such number')
  const { stoppedReason: _before, ...rest } = current
  const channel: Channel = {
    ...rest,
    version: current.version + 1,
    ...(reason === undefined ? { status: 'active' } : { status: 'stopped', stoppedReason: reason }),
  }
  await accounts.saveChannel(channel)
  return channel
}

/** What a number is administered with, opened for one use; nothing when a part is not stored. */
export async function readAccess(
  deps: NumberDeps,
  actor: Actor,
  channel: Channel,
): Promise<NumberAccess | undefined> {
  const { work, sealer } = deps
  const { tenantId } = actor
  const stored = await work.run(tenantId, async ({ credentials }) => [
    ...(await credentials.list({ kind: 'channel', id: channel.id })),
    ...(await credentials.list({ kind: 'app', id: channel.appId })),
  ])
  const open = async (kind: CredentialKind): Promise<Secret | undefined> => {
    const found = stored.find((credential) => credential.kind === kind)
    return found === undefined ? undefined : openCredential(sealer, tenantId, found)
  }
  const accessToken = await open('access_token')
  const appSecret = findApp(deps, channel.appId)?.appSecret ?? (await open('app_secret'))
  return accessToken === undefined || appSecret === undefined
    ? undefined
    : { accessToken, appSecret }
}

/** The platform's own app with this id. */
export function findApp({ apps = [] }: NumberDeps, appId: string): WebhookApp | undefined {
  return apps.find((app) => app.appId === appId)
}
