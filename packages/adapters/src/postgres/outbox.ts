import { asId } from '@auronx/sdk'
import type {
  DeliveryStatus,
  OutboundMessage,
  OutboxEntry,
  OutboxQueue,
  OutboxState,
  OutboxStore,
  Recipient,
  TenantId,
} from '@auronx/sdk'
import { arraysOf, toColumns } from './columns.ts'
import { instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { TransactionReads } from './read-ahead.ts'
import { rowRanks } from './sql.ts'
import type { Sql, SqlRow, SqlScalar, SqlStatement, SqlValue, Transaction } from './sql.ts'
import { present, stored } from './stored.ts'
import { quoteIdentifier } from './tenant.ts'
import { where } from './where.ts'
import { inReach } from './within.ts'

/** Due intents on PostgreSQL, across tenants, ids only. */
export function createPostgresOutboxQueue(sql: Sql, schema: string): OutboxQueue {
  const at = quoteIdentifier(schema)
  return {
    async claim({ limit, leaseMs, now }) {
      const rows = await sql.query({
        name: 'claim_outbox',
        text: `select * from ${at}.claim_outbox($1, $2, $3)`,
        values: [now, limit, leaseMs],
      })
      return rows.map((row) => ({
        tenantId: asId('TenantId', text(row, 'intent_tenant')),
        outboxId: asId('OutboxId', text(row, 'intent_id')),
      }))
    },
    async recover({ now, parkAfterMs, limit }) {
      const [row] = await sql.query({
        name: 'recover_outbox',
        text: `select * from ${at}.recover_outbox($1, $2, $3)`,
        values: [now, parkAfterMs, limit],
      })
      if (row === undefined) return { unknown: 0, parked: 0 }
      return { unknown: integer(row, 'became_unknown'), parked: integer(row, 'became_parked') }
    },
    async nextDue(_now, parkAfterMs) {
      const [row] = await sql.query({
        name: 'next_outbox_due',
        text: `select ${at}.next_outbox_due($1) as due`,
        values: [parkAfterMs],
      })
      return row === undefined ? undefined : optionalInstant(row, 'due')
    },
  }
}

const columns = `id, conversation_id, contact_id, channel_id, sequence, recipient, message, reply_to, opaque, state, delivery,
  delivery_at, due_at, lease_until, unknown_since, attempts, provider_message_id, error_code, owner_epoch, created_at, updated_at`

const types: readonly string[] =
  `uuid uuid uuid uuid bigint jsonb json text text text text jsonb timestamptz timestamptz
  timestamptz integer text text integer timestamptz timestamptz`.split(/\s+/)

/** Outbound intents of one tenant on PostgreSQL. */
export function createPostgresOutboxStore(
  sql: Transaction,
  tenantId: TenantId,
  reads: TransactionReads,
): OutboxStore {
  const one = async (
    name: string,
    statement: string,
    values: readonly SqlValue[],
  ): Promise<OutboxEntry | undefined> => {
    const [row] = await sql.query({ name, text: statement, values: [tenantId, ...values] })
    return row === undefined ? undefined : toEntry(row)
  }
  const insert = sql.rows<OutboxEntry>({
    rank: rowRanks.intents,
    statements: (entries) => [insertAll(tenantId, entries)],
  })
  const update = sql.rows<OutboxEntry>({
    rank: rowRanks.outcomes,
    statements: (entries) => [updateAll(tenantId, entries)],
  })
  return {
    async insert(entries) {
      for (const entry of entries) insert(entry)
      reads.noteQueued(entries)
    },
    get: (id) =>
      one('outbox_get', `select ${columns} from outbox where tenant_id = $1 and id = $2`, [id]),
    async lock(ids) {
      const rows = await sql.query({
        name: 'outbox_lock',
        text: `select ${columns} from outbox where tenant_id = $1 and id = any($2::uuid[]) order by id for update`,
        values: [tenantId, ids],
      })
      return rows.map(toEntry)
    },
    async tail(conversationId) {
      const known = await reads.tail(conversationId)
      if (known !== undefined) return known
      const [row] = await sql.query({
        name: 'outbox_tail',
        text: `select
            coalesce((select max(sequence) from outbox where tenant_id = $1 and conversation_id = $2), 0) as sequence,
            (select count(*) from outbox where tenant_id = $1 and conversation_id = $2
              and state in ('queued', 'sending')) as open`,
        values: [tenantId, conversationId],
      })
      if (row === undefined) return { sequence: 0, busy: false }
      return { sequence: integer(row, 'sequence'), busy: integer(row, 'open') > 0 }
    },
    async update(entries) {
      for (const entry of entries) update(entry, entry.id)
    },
    async lockForSettlement({ opaque, providerMessageId, channelId }) {
      const byOpaque =
        opaque === undefined
          ? undefined
          : await one(
              'outbox_by_opaque',
              `select ${columns} from outbox where tenant_id = $1 and opaque = $2 and channel_id = $3 for update`,
              [opaque, channelId],
            )
      return (
        byOpaque ??
        (await one(
          'outbox_by_provider',
          `select ${columns} from outbox
            where tenant_id = $1 and channel_id = $2 and provider_message_id = $3 for update`,
          [channelId, providerMessageId],
        ))
      )
    },
    async list({ states, conversationId, within, limit }) {
      const asked = where([
        ['tenant_id = ?', tenantId],
        states !== undefined && ['state = any(?)', states],
        states?.every(waitsForPerson) === true && [`state in ('parked', 'failed')`],
        conversationId !== undefined && ['conversation_id = ?', conversationId],
        inReach('conversation_id', 'id', tenantId, within),
      ])
      const rows = await sql.query({
        name: 'outbox_list',
        text: `select ${columns} from outbox ${asked.text}
          order by created_at desc, id desc limit $${asked.values.length + 1}`,
        values: [...asked.values, Math.min(limit, 200)],
      })
      return rows.map(toEntry)
    },
  }
}

function insertAll(tenantId: TenantId, entries: readonly OutboxEntry[]): SqlStatement {
  return {
    name: 'outbox_insert',
    text: `insert into outbox (tenant_id, ${columns})
      select $1, o.* from unnest(${arraysOf(types, 2)}) as o (${columns})`,
    values: [tenantId, ...toColumns(entries.map(toValues), types.length)],
  }
}

function updateAll(tenantId: TenantId, entries: readonly OutboxEntry[]): SqlStatement {
  return {
    name: 'outbox_update',
    text: `update outbox o set conversation_id = n.conversation_id, contact_id = n.contact_id, channel_id = n.channel_id,
        sequence = n.sequence, recipient = n.recipient, message = n.message, reply_to = n.reply_to, opaque = n.opaque,
        state = n.state, delivery = n.delivery, delivery_at = n.delivery_at, due_at = n.due_at,
        lease_until = n.lease_until, unknown_since = n.unknown_since, attempts = n.attempts,
        provider_message_id = n.provider_message_id, error_code = n.error_code, owner_epoch = n.owner_epoch,
        created_at = n.created_at, updated_at = n.updated_at
      from unnest(${arraysOf(types, 2)}) as n (${columns})
      where o.tenant_id = $1 and o.id = n.id`,
    values: [tenantId, ...toColumns(entries.map(toValues), types.length)],
  }
}

// Said as a literal too, because only that lets the plan use the index of those few.
function waitsForPerson(state: OutboxState): boolean {
  return state === 'parked' || state === 'failed'
}

function toValues(entry: OutboxEntry): readonly SqlScalar[] {
  return [
    entry.id,
    entry.conversationId,
    entry.contactId,
    entry.channelId,
    entry.sequence,
    JSON.stringify(entry.to),
    JSON.stringify(entry.message),
    entry.replyTo ?? null,
    entry.opaque,
    entry.state,
    entry.delivery ?? null,
    JSON.stringify(entry.deliveryAt),
    entry.dueAt,
    entry.leaseUntil ?? null,
    entry.unknownSince ?? null,
    entry.attempts,
    entry.providerMessageId ?? null,
    entry.errorCode ?? null,
    entry.ownerEpoch ?? null,
    entry.createdAt,
    entry.updatedAt,
  ]
}

function toEntry(row: SqlRow): OutboxEntry {
  const optional = {
    replyTo: optionalText(row, 'reply_to'),
    delivery: knownDelivery(optionalText(row, 'delivery')),
    leaseUntil: optionalInstant(row, 'lease_until'),
    unknownSince: optionalInstant(row, 'unknown_since'),
    providerMessageId: optionalText(row, 'provider_message_id'),
    errorCode: optionalText(row, 'error_code'),
    ownerEpoch: row['owner_epoch'] === null ? undefined : integer(row, 'owner_epoch'),
  }
  return {
    id: asId('OutboxId', text(row, 'id')),
    conversationId: asId('ConversationId', text(row, 'conversation_id')),
    contactId: asId('ContactId', text(row, 'contact_id')),
    channelId: asId('ChannelId', text(row, 'channel_id')),
    sequence: integer(row, 'sequence'),
    to: stored<Recipient>(json(row, 'recipient')),
    message: stored<OutboundMessage>(json(row, 'message')),
    opaque: text(row, 'opaque'),
    state: stored<OutboxState>(text(row, 'state')),
    deliveryAt: stored<OutboxEntry['deliveryAt']>(json(row, 'delivery_at')),
    dueAt: instant(row, 'due_at'),
    attempts: integer(row, 'attempts'),
    createdAt: instant(row, 'created_at'),
    updatedAt: instant(row, 'updated_at'),
    ...present(optional),
  }
}

function knownDelivery(value: string | undefined): DeliveryStatus | undefined {
  return value === undefined ? undefined : stored<DeliveryStatus>(value)
}
