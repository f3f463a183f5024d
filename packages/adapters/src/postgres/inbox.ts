import type { AcceptItem, AcceptResult, InboxEventId, InboxStore, LaneGrant } from '@auronx/sdk'
import { integer, optionalList } from './row.ts'
import type { Sql, SqlRow, SqlValue } from './sql.ts'
import { quoteIdentifier } from './tenant.ts'

/** Durable acceptance on PostgreSQL: one statement, one commit, one flight for a whole batch. */
export function createPostgresInboxStore(sql: Sql, schema: string): InboxStore {
  const at = quoteIdentifier(schema)
  const acceptOne = async (
    item: AcceptItem,
    { now, leaseMs }: { readonly now: Date; readonly leaseMs?: number },
  ): Promise<AcceptResult> => {
    const { tenantId, channelId, id, laneKey, kind, receivedAt, dedupHash, payload } = item
    const [row = {}] = await sql.query({
      name: 'accept_event',
      text: `select ${at}.accept_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as epoch`,
      values: [
        now,
        leaseMs ?? null,
        tenantId,
        channelId,
        id,
        laneKey,
        kind,
        receivedAt,
        Buffer.from(dedupHash, 'hex'),
        payload,
      ],
    })
    if (row['epoch'] === null) return { accepted: [], grants: [] }
    const epoch = integer(row, 'epoch')
    if (leaseMs === undefined || epoch === 0) return { accepted: [id], grants: [] }
    const grant = { tenantId, laneKey, epoch, leaseUntil: addMs(now, leaseMs) }
    return { accepted: [id], grants: [{ grant, eventIds: [id] }] }
  }
  return {
    async accept(items, options) {
      const { now, leaseMs } = options
      const [only] = items
      if (only !== undefined && items.length === 1) return acceptOne(only, options)
      const [row = {}] = await sql.query({
        name: 'accept_events',
        text: `select * from ${at}.accept_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        values: [now, leaseMs ?? null, ...columns(items)],
      })
      const duplicates = new Set(optionalList(row, 'duplicates'))
      const accepted = items.filter((item) => !duplicates.has(item.id))
      return {
        accepted: accepted.map((item) => item.id),
        grants: leaseMs === undefined ? [] : toGrants(row, accepted, addMs(now, leaseMs)),
      }
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

function toGrants(
  row: SqlRow,
  accepted: readonly AcceptItem[],
  leaseUntil: Date,
): AcceptResult['grants'] {
  const lanes = optionalList(row, 'granted_lanes')
  if (lanes.length === 0) return []
  const tenants = optionalList(row, 'granted_tenants')
  const epochs = optionalList(row, 'granted_epochs')
  const granted = new Map(lanes.map((lane, index) => [`${tenants[index]}${lane}`, epochs[index]]))
  const grants = new Map<string, { grant: LaneGrant; eventIds: InboxEventId[] }>()
  for (const { id, tenantId, laneKey } of accepted) {
    const key = tenantId + laneKey
    const known = grants.get(key)
    const epoch = granted.get(key)
    if (known !== undefined) known.eventIds.push(id)
    if (known !== undefined || epoch === undefined) continue
    grants.set(key, {
      grant: { tenantId, laneKey, epoch: Number(epoch), leaseUntil },
      eventIds: [id],
    })
  }
  return [...grants.values()]
}

function addMs(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms)
}

// In the order of the function's parameters.
function columns(items: readonly AcceptItem[]): SqlValue[] {
  const { amounts, places } = countLanes(items)
  const sizes = items.map((item) => item.payload.byteLength)
  let next = 1
  const starts = sizes.map((size) => {
    next += size
    return next - size
  })
  return [
    items.map((item) => item.tenantId),
    items.map((item) => item.channelId),
    items.map((item) => item.id),
    items.map((item) => item.laneKey),
    amounts,
    places,
    items.map((item) => item.kind),
    items.map((item) => item.receivedAt.toISOString()),
    Buffer.from(items.map((item) => item.dedupHash).join(''), 'hex'),
    Buffer.concat(items.map((item) => item.payload)),
    starts,
    sizes,
  ]
}

/** How many events the lane of each has, and which of them it is, from 0. */
function countLanes(items: readonly AcceptItem[]): {
  readonly amounts: readonly number[]
  readonly places: readonly number[]
} {
  const counts = new Map<string, number>()
  const places = items.map((item) => {
    const key = item.tenantId + item.laneKey
    const place = counts.get(key) ?? 0
    counts.set(key, place + 1)
    return place
  })
  const amounts = items.map((item) => counts.get(item.tenantId + item.laneKey) ?? 0)
  return { amounts, places }
}
