import { AuronxError } from '../kernel/index.ts'
import type { ChannelId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { AccountStore, Channel, ChannelDirectory, Tenant } from './store.ts'

interface ChannelRow {
  readonly tenantId: TenantId
  readonly channel: Channel
  /** Whether the number left the directory. */
  readonly isReleased?: boolean
}

/** A tenant's own record and numbers over an in-memory database. */
export function createMemoryAccountStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): AccountStore {
  const tenants = database.table<Tenant>('tenants')
  const channels = database.table<ChannelRow>('channels')
  const own = (): readonly Channel[] =>
    [...channels.values()].filter((row) => row.tenantId === tenantId).map((row) => row.channel)
  return {
    async tenant() {
      const tenant = tenants.get(tenantId)
      if (tenant === undefined) throw new AuronxError('not_found', 'The tenant does not exist')
      return tenant
    },
    async saveTenant(tenant) {
      const current = tenants.get(tenantId)
      if (current !== undefined && current.version !== tenant.version - 1) {
        throw new AuronxError('version_conflict', 'The tenant was changed meanwhile')
      }
      tenants.set(tenantId, { ...tenant, id: tenantId })
    },
    channel: async (id) => own().find((channel) => channel.id === id),
    channels: async () => own().toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    async saveChannel(channel) {
      const current = channels.get(channel.id)
      const taken = [...channels.values()].some(
        (row) =>
          row.tenantId !== tenantId &&
          row.channel.phoneNumberId === channel.phoneNumberId &&
          row.isReleased !== true,
      )
      if (taken) throw new AuronxError('conflict', 'Another tenant has this number')
      if (current !== undefined && current.channel.version !== channel.version - 1) {
        throw new AuronxError('version_conflict', 'The number was changed meanwhile')
      }
      channels.set(channel.id, { tenantId, channel })
    },
  }
}

/** Whose number is this, over an in-memory database. */
export function createMemoryChannelDirectory(database: MemoryDatabase): ChannelDirectory {
  const channels = database.table<ChannelRow>('channels')
  return {
    async routes(lookup) {
      return [...channels.values()]
        .filter(({ isReleased }) => isReleased !== true)
        .filter(({ channel }) =>
          'phoneNumberId' in lookup
            ? channel.phoneNumberId === lookup.phoneNumberId
            : channel.businessAccountId === lookup.businessAccountId,
        )
        .map(({ tenantId, channel }) => ({
          tenantId,
          channelId: channel.id,
          appId: channel.appId,
          phoneNumberId: channel.phoneNumberId,
        }))
    },
  }
}

/** Takes a number of this tenant out of the in-memory directory until it is saved again. */
export function releaseMemoryChannel(
  database: MemoryDatabase,
  tenantId: TenantId,
  channelId: ChannelId,
): void {
  const channels = database.table<ChannelRow>('channels')
  const row = channels.get(channelId)
  if (row?.tenantId === tenantId) channels.set(channelId, { ...row, isReleased: true })
}

/** Whether a number is stopped, for the in-memory outbox. */
export function isMemoryChannelStopped(
  database: MemoryDatabase,
  tenantId: TenantId,
  channelId: ChannelId,
): boolean {
  const row = database.table<ChannelRow>('channels').get(channelId)
  return row?.tenantId === tenantId && row.channel.status === 'stopped'
}
