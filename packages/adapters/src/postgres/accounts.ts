import { AuronxError, asId, isAuronxError } from '@auronx/sdk'
import type {
  AccountStore,
  Channel,
  ChannelDirectory,
  ChannelId,
  Tenant,
  TenantId,
  TenantSettings,
  TenantStatus,
} from '@auronx/sdk'
import { integer, json, optionalText, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'
import { quoteIdentifier } from './tenant.ts'

/** Whose number is this, on PostgreSQL. */
export function createPostgresChannelDirectory(sql: Sql, schema: string): ChannelDirectory {
  return {
    async routes(lookup) {
      const rows = await sql.query({
        name: 'channel_routes',
        text: `select * from ${quoteIdentifier(schema)}.channel_routes($1, $2)`,
        values:
          'phoneNumberId' in lookup
            ? [lookup.phoneNumberId, null]
            : [null, lookup.businessAccountId],
      })
      return rows.map((row) => ({
        tenantId: asId('TenantId', text(row, 'tenant_id')),
        channelId: asId('ChannelId', text(row, 'channel_id')),
        appId: text(row, 'app_id'),
        phoneNumberId: text(row, 'phone_number_id'),
      }))
    },
  }
}

/** A tenant's own record and numbers on PostgreSQL. */
export function createPostgresAccountStore(sql: Sql, tenantId: TenantId): AccountStore {
  const columns =
    'id, app_id, phone_number_id, business_account_id, display_phone_number, status, stopped_reason, version'
  const read = async (): Promise<Tenant> => {
    const [row] = await sql.query({
      name: 'tenant_get',
      text: 'select settings, status, version from tenants where tenant_id = $1',
      values: [tenantId],
    })
    if (row === undefined) throw new AuronxError('not_found', 'The tenant does not exist')
    return {
      id: tenantId,
      settings: stored<TenantSettings>(json(row, 'settings')),
      ...statusOf(row),
      version: integer(row, 'version'),
    }
  }
  const readChannel = async (id: ChannelId): Promise<Channel | undefined> => {
    const [row] = await sql.query({
      name: 'channel_get',
      text: `select ${columns} from channels where tenant_id = $1 and id = $2`,
      values: [tenantId, id],
    })
    return row === undefined ? undefined : toChannel(row)
  }
  // Every slice of a transaction asks for the tenant's settings, and every message for its number.
  let known: Promise<Tenant> | undefined
  const knownChannels = new Map<ChannelId, Promise<Channel | undefined>>()
  return {
    tenant: () => (known ??= read()),
    async saveTenant(tenant) {
      known = undefined
      const rows = await sql.query({
        name: 'tenant_save',
        text: `insert into tenants as t (tenant_id, settings, version, status) values ($1, $2, $3, $4)
          on conflict (tenant_id) do update set settings = excluded.settings, version = excluded.version,
            status = excluded.status
            where t.version = excluded.version - 1
          returning version`,
        values: [
          tenantId,
          JSON.stringify(tenant.settings),
          tenant.version,
          tenant.status ?? 'active',
        ],
      })
      if (rows.length === 0)
        throw new AuronxError('version_conflict', 'The tenant was changed meanwhile')
    },
    channel(id) {
      const asked = knownChannels.get(id) ?? readChannel(id)
      knownChannels.set(id, asked)
      return asked
    },
    async channels() {
      const rows = await sql.query({
        name: 'channel_list',
        text: `select ${columns} from channels where tenant_id = $1 order by id`,
        values: [tenantId],
      })
      return rows.map(toChannel)
    },
    async saveChannel(channel) {
      knownChannels.delete(channel.id)
      const rows = await sql.query({
        name: 'channel_save',
        text: `insert into channels as c (tenant_id, ${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
          on conflict (tenant_id, id) do update set app_id = excluded.app_id, phone_number_id = excluded.phone_number_id,
            business_account_id = excluded.business_account_id, display_phone_number = excluded.display_phone_number,
            status = excluded.status, stopped_reason = excluded.stopped_reason, version = excluded.version
            where c.version = excluded.version - 1
          returning version`,
        values: [
          tenantId,
          channel.id,
          channel.appId,
          channel.phoneNumberId,
          channel.businessAccountId,
          channel.displayPhoneNumber,
          channel.status,
          channel.stoppedReason ?? null,
          channel.version,
        ],
      })
      if (rows.length === 0)
        throw new AuronxError('version_conflict', 'The number was changed meanwhile')
      await enterDirectory(sql, tenantId, channel)
    },
  }
}

function statusOf(row: SqlRow): { readonly status?: TenantStatus } {
  const status = stored<TenantStatus>(text(row, 'status'))
  return status === 'active' ? {} : { status }
}

async function enterDirectory(sql: Sql, tenantId: TenantId, channel: Channel): Promise<void> {
  try {
    await sql.query({
      name: 'directory_save',
      text: `insert into channel_directory as d (phone_number_id, tenant_id, channel_id, app_id, business_account_id)
        values ($2, $1, $3, $4, $5)
        on conflict (phone_number_id) do update set channel_id = excluded.channel_id, app_id = excluded.app_id,
          business_account_id = excluded.business_account_id`,
      values: [
        tenantId,
        channel.phoneNumberId,
        channel.id,
        channel.appId,
        channel.businessAccountId,
      ],
    })
  } catch (error) {
    // The row of another tenant is invisible here, so taking its number ends as a policy violation.
    if (isAuronxError(error, 'storage_role')) {
      throw new AuronxError('conflict', 'Another tenant has this number', { cause: error })
    }
    throw error
  }
}

function toChannel(row: SqlRow): Channel {
  return {
    id: asId('ChannelId', text(row, 'id')),
    appId: text(row, 'app_id'),
    phoneNumberId: text(row, 'phone_number_id'),
    businessAccountId: text(row, 'business_account_id'),
    displayPhoneNumber: text(row, 'display_phone_number'),
    status: text(row, 'status') === 'active' ? 'active' : 'stopped',
    version: integer(row, 'version'),
    ...present({ stoppedReason: optionalText(row, 'stopped_reason') }),
  }
}
