import { AuronxError, asId, isAuronxError } from '@auronx/sdk'
import type { Contact, ContactId, ContactStore, Identity, TenantId } from '@auronx/sdk'
import { arraysOf, toColumns } from './columns.ts'
import {
  contactColumns,
  contactTypes,
  contactValues,
  findContacts,
  identityArrays,
  toContact,
  toKnownContact,
} from './contact-rows.ts'
import { integer, text } from './row.ts'
import { requireRows } from './posted.ts'
import type { TransactionReads } from './read-ahead.ts'
import { rowRanks } from './sql.ts'
import type { Sql, SqlStatement, Transaction } from './sql.ts'
import { stored } from './stored.ts'

type ClosedConversation = Awaited<ReturnType<ContactStore['merge']>>[number]

/** Contacts of one tenant on PostgreSQL. */
export function createPostgresContactStore(
  sql: Transaction,
  tenantId: TenantId,
  reads: TransactionReads,
): ContactStore {
  const insert = sql.rows<NewContact>({
    rank: rowRanks.contacts,
    statements: (rows) => [insertContacts(tenantId, rows)],
    explain: explainInsert,
  })
  return {
    async get(id) {
      const [row] = await sql.query({
        name: 'contact_get',
        text: `select ${contactColumns} from contacts where tenant_id = $1 and id = $2`,
        values: [tenantId, id],
      })
      return row === undefined ? undefined : toContact(row)
    },
    async findByIdentities(identities) {
      if (identities.length === 0) return []
      const known = await reads.contacts(identities)
      if (known !== undefined) return known
      const rows = await sql.query(findContacts(tenantId, identities))
      return rows.map(toKnownContact)
    },
    async identities(id) {
      const rows = await sql.query({
        name: 'contact_identities',
        text: `select kind, scope, value from contact_identities
          where tenant_id = $1 and contact_id = $2 order by position`,
        values: [tenantId, id],
      })
      return rows.map((row) => ({
        kind: stored<Identity['kind']>(text(row, 'kind')),
        scope: text(row, 'scope'),
        value: text(row, 'value'),
      }))
    },
    async insert(contact, identities) {
      insert({ contact, identities })
      reads.noteInserted(contact.id, identities)
    },
    async update(contact) {
      sql.post(requireRows(updateContact(tenantId, contact), 1, 'AX002'))
      reads.noteChanged(contact.id, [])
    },
    async assign(id, identities) {
      if (identities.length === 0) return
      reads.noteChanged(id, identities)
      sql.post({
        name: 'contact_assign',
        text: `with given as (
            select distinct s.kind, s.scope, s.value from unnest($3::text[], $4::text[], $5::text[]) as s (kind, scope, value)
          ), outdated as (
            delete from contact_identities i using given
            where i.tenant_id = $1 and i.contact_id = $2 and i.kind = 'wa_username' and given.kind = i.kind
              and given.scope = i.scope and given.value <> i.value
          )
          insert into contact_identities as i (tenant_id, kind, scope, value, contact_id)
          select $1, given.kind, given.scope, given.value, $2 from given order by given.kind, given.scope, given.value
          on conflict (tenant_id, kind, scope, value) do update set contact_id = excluded.contact_id, position = default`,
        values: [tenantId, id, ...identityArrays(identities)],
      })
    },
    async merge(from, to, at) {
      await markMerged(sql, tenantId, from, to, at)
      await redirectMerged(sql, tenantId, from, to)
      await moveIdentities(sql, tenantId, from, to)
      const closed = await resolveRivals(sql, tenantId, from, to, at)
      await moveConversations(sql, tenantId, from, to)
      await moveMessages(sql, tenantId, from, to)
      await logMerge(sql, tenantId, from, to, at)
      reads.forget()
      return closed
    },
  }
}

function explainInsert(error: AuronxError): AuronxError {
  if (!isAuronxError(error, 'storage_constraint') || error.details['code'] !== '23505') return error
  return new AuronxError('conflict', 'An identity belongs to another contact', {
    retryable: true,
    cause: error,
  })
}

function updateContact(tenantId: TenantId, contact: Contact): SqlStatement {
  return {
    name: 'contact_update',
    text: `update contacts set display_name = $3, locale = $4, merged_into_id = $5, blocked_at = $6,
        identity_changed_at = $7, created_at = $8, updated_at = $9, version = $10, everything_suppressed_at = $11,
        everything_suppressed_by = $12, marketing_suppressed_at = $13, marketing_suppressed_by = $14
      where tenant_id = $1 and id = $2 and version = $10 - 1 returning 1`,
    values: [tenantId, ...contactValues(contact)],
  }
}

interface NewContact {
  readonly contact: Contact
  readonly identities: readonly Identity[]
}

function insertContacts(tenantId: TenantId, rows: readonly NewContact[]): SqlStatement {
  const owned = rows.flatMap(({ contact: { id }, identities }) =>
    identities.map((identity) => ({ id, identity })),
  )
  return {
    name: 'contact_insert',
    text: `with added as (
        insert into contacts (tenant_id, ${contactColumns})
        select $1, c.* from unnest(${arraysOf(contactTypes, 2)}) as c (${contactColumns})
      )
      insert into contact_identities (tenant_id, contact_id, kind, scope, value)
      select $1, s.contact_id, s.kind, s.scope, s.value
      from unnest($15::uuid[], $16::text[], $17::text[], $18::text[]) with ordinality
        as s (contact_id, kind, scope, value, position)
      order by s.position`,
    values: [
      tenantId,
      ...toColumns(
        rows.map(({ contact }) => contactValues(contact)),
        contactTypes.length,
      ),
      owned.map(({ id }) => id),
      ...identityArrays(owned.map(({ identity }) => identity)),
    ],
  }
}

async function markMerged(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
  at: Date,
): Promise<void> {
  const rows = await sql.query({
    name: 'contact_mark_merged',
    text: `update contacts set merged_into_id = $3, updated_at = $4, version = version + 1
      where tenant_id = $1 and id = $2
        and exists (select from contacts survivor where survivor.tenant_id = $1 and survivor.id = $3)
      returning version`,
    values: [tenantId, from, to, at],
  })
  if (rows.length === 0) throw new AuronxError('not_found', 'No such contact')
}

async function redirectMerged(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
): Promise<void> {
  await sql.query({
    name: 'contact_redirect_merged',
    text: 'update contacts set merged_into_id = $3 where tenant_id = $1 and merged_into_id = $2',
    values: [tenantId, from, to],
  })
}

async function moveIdentities(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
): Promise<void> {
  await sql.query({
    name: 'contact_move_identities',
    text: 'update contact_identities set contact_id = $3 where tenant_id = $1 and contact_id = $2',
    values: [tenantId, from, to],
  })
}

async function resolveRivals(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
  at: Date,
): Promise<readonly ClosedConversation[]> {
  const rows = await sql.query({
    name: 'contact_resolve_rivals',
    text: `with claim as (
        select id, row_number() over (
          partition by channel_id
          order by case owner when 'human' then 0 when 'queue' then 1 else 2 end, last_message_at desc
        ) as rank
        from conversations where tenant_id = $1 and contact_id in ($2, $3) and status = 'open'
      )
      update conversations c set status = 'resolved', resolved_at = $4, updated_at = $4, version = c.version + 1
      from claim where c.tenant_id = $1 and c.id = claim.id and claim.rank > 1
      returning c.id, c.version`,
    values: [tenantId, from, to, at],
  })
  return rows.map((row) => ({
    id: asId('ConversationId', text(row, 'id')),
    version: integer(row, 'version'),
  }))
}

async function moveConversations(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
): Promise<void> {
  await sql.query({
    name: 'contact_move_conversations',
    text: 'update conversations set contact_id = $3 where tenant_id = $1 and contact_id = $2',
    values: [tenantId, from, to],
  })
}

async function moveMessages(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
): Promise<void> {
  await sql.query({
    name: 'contact_move_messages',
    text: 'update messages set contact_id = $3 where tenant_id = $1 and contact_id = $2',
    values: [tenantId, from, to],
  })
}

async function logMerge(
  sql: Sql,
  tenantId: TenantId,
  from: ContactId,
  to: ContactId,
  at: Date,
): Promise<void> {
  await sql.query({
    name: 'contact_log_merge',
    text: 'insert into contact_merges (tenant_id, from_id, to_id, at) values ($1, $2, $3, $4)',
    values: [tenantId, from, to, at],
  })
}
