import { asId } from '@auronx/sdk'
import type { AcceptItem, AcceptResult, InboxEventId, InboxStore } from '@auronx/sdk'
import { integer, text } from './row.ts'
import type { Sql } from './sql.ts'
import { quoteIdentifier } from './tenant.ts'

/** Durable acceptance on PostgreSQL: one statement, one commit, one flight for a whole batch. */
export function createPostgresInboxStore(sql: Sql, schema: string): InboxStore {
  const at = quoteIdentifier(schema)
  return {
    async accept(items, { now, leaseMs }) {
      const rows = await sql.query({
        name: 'accept_events',
        text: `select * from ${at}.accept_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        values: [now, leaseMs ?? null, ...columns(items)],
      })
      const accepted: InboxEventId[] = []
      const granted = new Map<
        string,
        { grant: AcceptResult['grants'][number]['grant']; eventIds: InboxEventId[] }
      >()
      for (const row of rows) {
        const id = asId('InboxEventId', text(row, 'event_id'))
        accepted.push(id)
        if (row['granted_epoch'] === null || leaseMs === undefined) continue
        const tenantId = asId('TenantId', text(row, 'event_tenant'))
        const laneKey = text(row, 'event_lane')
        const known = granted.get(tenantId + laneKey)
        if (known !== undefined) {
          known.eventIds.push(id)
          continue
        }
        const leaseUntil = new Date(now.getTime() + leaseMs)
        const grant = { tenantId, laneKey, epoch: integer(row, 'granted_epoch'), leaseUntil }
        granted.set(tenantId + laneKey, { grant, eventIds: [id] })
      }
      return { accepted, grants: [...granted.values()] }
    },
    async countRefused({ appId, phoneNumberId, reason, at: when, count }) {
      await sql.query({
        name: 'count_refused',
        text: `select ${at}.count_refused($1, $2, $3, $4, $5)`,
        values: [appId.slice(0, 64), phoneNumberId.slice(0, 64), reason, when, count],
      })
    },
    async keepUnreadable({ appId, bytes, at: when, keepUntil }) {
      await sql.query({
        name: 'keep_unreadable',
        text: `select ${at}.keep_unreadable($1, $2, $3, $4)`,
        values: [appId.slice(0, 64), bytes, when, keepUntil],
      })
    },
    async prune(before, limit) {
      const [row] = await sql.query({
        name: 'prune_inbox',
        text: `select ${at}.prune_inbox($1, $2) as pruned`,
        values: [before, limit],
      })
      return row === undefined ? 0 : integer(row, 'pruned')
    },
  }
}

function columns(items: readonly AcceptItem[]): (readonly (string | Uint8Array | Date)[])[] {
  return [
    items.map((item) => item.tenantId),
    items.map((item) => item.channelId),
    items.map((item) => item.id),
    items.map((item) => Buffer.from(item.dedupHash, 'hex')),
    items.map((item) => item.laneKey),
    items.map((item) => item.kind),
    items.map((item) => item.payload),
    items.map((item) => item.receivedAt),
  ]
}
