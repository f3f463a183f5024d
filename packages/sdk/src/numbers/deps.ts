import type { AccountStore, Channel } from '../accounts/index.ts'
import type { Auditor, AuditStore } from '../audit/index.ts'
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
  /** Needed with an auditor. */
  readonly audit?: AuditStore
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
  /** Writes down what is done to a number, in the transaction that does it. Default: nothing is written. */
  readonly auditor?: Auditor
}

/** What the audit log says of a number. */
export type NumberAction =
  | 'number.stored'
  | 'number.connected'
  | 'number.token-replaced'
  | 'number.disconnecting'
  | 'number.disconnected'

/** Writes down what a transaction does to a number, as its last step. Throws `invalid_config` for stores without a log. */
export async function writeDown(
  { auditor }: NumberDeps,
  { audit }: NumberStores,
  actor: Actor,
  { action, id }: { readonly action: NumberAction; readonly id: ChannelId },
): Promise<void> {
  if (auditor === undefined) return
  if (audit === undefined)
    throw new AuronxError('invalid_config', 'Numbers with an auditor need stores with an audit log')
  await auditor.record({ audit }, actor, { action, target: { type: 'channel', id } })
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

/** Stops a number for a reason or, without one, lets it send, on its newest version; returns the number as it is then. */
export function saveStatus(
  deps: NumberDeps,
  actor: Actor,
  id: ChannelId,
  { reason, action }: { readonly reason?: string; readonly action: NumberAction },
): Promise<Channel> {
  return deps.work.run(actor.tenantId, async (stores) => {
    const channel = await setStatus(stores.accounts, id, reason)
    await writeDown(deps, stores, actor, { action, id })
    return channel
  })
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
