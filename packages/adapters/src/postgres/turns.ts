import { AuronxError, asId, isAuronxError } from '@auronx/sdk'
import type { AssistantTurn, ContactId, Spend, TenantId, TurnRecord, TurnStore } from '@auronx/sdk'
import { boolean, instant, integer, optionalInstant, optionalText, text, texts } from './row.ts'
import type { Sql, SqlRow, SqlValue } from './sql.ts'
import { present, stored } from './stored.ts'

const columns = `id, conversation_id, contact_id, channel_id, state, message_ids, first_at, event_id,
  due_at, lease_until, outcome, disclosed, record, finished_at, version`

/** Turns of the assistant of one tenant on PostgreSQL. */
export function createPostgresTurnStore(sql: Sql, tenantId: TenantId): TurnStore {
  return {
    async lockOpen(conversationId) {
      const [row] = await sql.query({
        name: 'turn_lock_open',
        text: `select ${columns} from assistant_turns
          where tenant_id = $1 and conversation_id = $2 and state <> 'done' for update`,
        values: [tenantId, conversationId],
      })
      return row === undefined ? undefined : toTurn(row)
    },
    save: (turn) => saveTurn(sql, tenantId, turn),
    async busyUntil(contactId, except, now) {
      await sql.query({
        name: 'turn_contact_lock',
        text: `select pg_advisory_xact_lock(hashtextextended('assistant ' || $1 || $2, 0))`,
        values: [tenantId, contactId],
      })
      const [row] = await sql.query({
        name: 'turn_busy',
        text: `select max(lease_until) as until from assistant_turns
          where tenant_id = $1 and contact_id = $2 and id <> $3 and state = 'thinking' and lease_until > $4`,
        values: [tenantId, contactId, except, now],
      })
      return row === undefined ? undefined : optionalInstant(row, 'until')
    },
    async list(query) {
      if (query.limit < 1 || query.limit > 100)
        throw new AuronxError('invalid_input', 'A limit is a whole number from 1 to 100')
      const [name, condition, value] = conditionOf(query)
      const rows = await sql.query({
        name,
        text: `select ${columns} from assistant_turns where tenant_id = $1 and ${condition}
          order by id desc limit $2`,
        values: [tenantId, query.limit, value],
      })
      return rows.map(toTurn)
    },
    async isDisclosed(conversationId) {
      const [row] = await sql.query({
        name: 'turn_disclosed',
        text: `select exists (select from assistant_turns
          where tenant_id = $1 and conversation_id = $2 and disclosed) as disclosed`,
        values: [tenantId, conversationId],
      })
      return row !== undefined && boolean(row, 'disclosed')
    },
    spent: (contactId, at) => readSpend(sql, tenantId, contactId, at),
    async spend(contactId, at, { turns, tokens, costMicros }) {
      if (turns + tokens + costMicros === 0) return
      const added = sql.query({
        name: 'turn_spend',
        text: `insert into assistant_spend as s (tenant_id, subject_id, period, turns, tokens, cost_micros)
          select $1, p.subject_id, p.period, $4, $5, $6 from unnest($2::uuid[], $3::text[]) as p (subject_id, period)
          order by p.period desc
          on conflict (tenant_id, subject_id, period) do update set turns = s.turns + excluded.turns,
            tokens = s.tokens + excluded.tokens, cost_micros = s.cost_micros + excluded.cost_micros`,
        values: [
          tenantId,
          [contactId, tenantId],
          [dayOf(at), monthOf(at)],
          turns,
          tokens,
          costMicros,
        ],
      })
      await Promise.all([added, forgetSpend(sql, tenantId, at)])
    },
  }
}

const mostForgotten = 100

// What others forget at the same time is left to them, so that nobody waits for anybody.
function forgetSpend(sql: Sql, tenantId: TenantId, at: Date): Promise<readonly SqlRow[]> {
  const yesterday = new Date(at.getTime() - 24 * 3_600_000)
  const firstMonth = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 13, 1))
  return sql.query({
    name: 'turn_forget_spend',
    text: `with old as (
        select subject_id, period from assistant_spend
        where tenant_id = $1 and period < $2 and (length(period) = 10 or period < $3)
        order by period limit $4 for update skip locked
      )
      delete from assistant_spend s using old
      where s.tenant_id = $1 and s.subject_id = old.subject_id and s.period = old.period`,
    values: [tenantId, dayOf(yesterday), monthOf(firstMonth), mostForgotten],
  })
}

type Query = Parameters<TurnStore['list']>[0]

function conditionOf(query: Query): readonly [string, string, SqlValue] {
  if ('conversationId' in query) return ['turn_list', 'conversation_id = $3', query.conversationId]
  return 'ids' in query
    ? ['turn_list_ids', 'id = any ($3::uuid[])', query.ids]
    : ['turn_list_events', 'event_id = any ($3::uuid[])', query.eventIds]
}

async function saveTurn(sql: Sql, tenantId: TenantId, turn: AssistantTurn): Promise<void> {
  try {
    const rows = await (turn.version === 1 ? insert : replace)(sql, [tenantId, ...valuesOf(turn)])
    if (rows.length > 0) return
  } catch (error) {
    const rival =
      isAuronxError(error, 'storage_constraint') &&
      error.details['constraint'] === 'assistant_turns_one_open'
    if (!rival) throw error
  }
  throw new AuronxError('version_conflict', 'The turn was changed by somebody else')
}

function insert(sql: Sql, values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
  return sql.query({
    name: 'turn_insert',
    text: `insert into assistant_turns (tenant_id, ${columns})
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      on conflict (tenant_id, id) do nothing returning version`,
    values,
  })
}

function replace(sql: Sql, values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
  return sql.query({
    name: 'turn_replace',
    text: `update assistant_turns set conversation_id = $3, contact_id = $4, channel_id = $5, state = $6,
        message_ids = $7, first_at = $8, event_id = $9, due_at = $10, lease_until = $11, outcome = $12,
        disclosed = $13, record = $14, finished_at = $15, version = $16
      where tenant_id = $1 and id = $2 and version = $16 - 1 returning version`,
    values,
  })
}

function valuesOf(turn: AssistantTurn): readonly SqlValue[] {
  return [
    turn.id,
    turn.conversationId,
    turn.contactId,
    turn.channelId,
    turn.state,
    turn.messageIds,
    turn.firstAt,
    turn.eventId ?? null,
    turn.dueAt,
    turn.leaseUntil ?? null,
    turn.outcome ?? null,
    turn.disclosed,
    turn.record === undefined ? null : JSON.stringify(turn.record),
    turn.finishedAt ?? null,
    turn.version,
  ]
}

async function readSpend(
  sql: Sql,
  tenantId: TenantId,
  contactId: ContactId,
  at: Date,
): Promise<{ readonly contact: Spend; readonly tenant: Spend }> {
  const rows = await sql.query({
    name: 'turn_spent',
    text: `select subject_id, turns, tokens, cost_micros from assistant_spend
      where tenant_id = $1 and ((subject_id = $2 and period = $3) or (subject_id = $1 and period = $4))`,
    values: [tenantId, contactId, dayOf(at), monthOf(at)],
  })
  const of = (subject: string): Spend => {
    const row = rows.find((one) => one['subject_id'] === subject)
    if (row === undefined) return { turns: 0, tokens: 0, costMicros: 0 }
    const tokens = integer(row, 'tokens')
    return { turns: integer(row, 'turns'), tokens, costMicros: integer(row, 'cost_micros') }
  }
  return { contact: of(contactId), tenant: of(tenantId) }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7)
}

function toTurn(row: SqlRow): AssistantTurn {
  const eventId = optionalText(row, 'event_id')
  const outcome = optionalText(row, 'outcome')
  const record = row['record']
  return {
    id: asId('TurnId', text(row, 'id')),
    conversationId: asId('ConversationId', text(row, 'conversation_id')),
    contactId: asId('ContactId', text(row, 'contact_id')),
    channelId: asId('ChannelId', text(row, 'channel_id')),
    state: stored<AssistantTurn['state']>(text(row, 'state')),
    messageIds: texts(row, 'message_ids').map((id) => asId('MessageId', id)),
    firstAt: instant(row, 'first_at'),
    dueAt: instant(row, 'due_at'),
    disclosed: boolean(row, 'disclosed'),
    version: integer(row, 'version'),
    ...present({
      eventId: eventId === undefined ? undefined : asId('InboxEventId', eventId),
      leaseUntil: optionalInstant(row, 'lease_until'),
      outcome: outcome === undefined ? undefined : stored<AssistantTurn['outcome']>(outcome),
      record: record === null ? undefined : stored<TurnRecord>(record),
      finishedAt: optionalInstant(row, 'finished_at'),
    }),
  }
}
