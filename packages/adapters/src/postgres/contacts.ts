import { AuronxError, asId, isAuronxError } from '@auronx/sdk'
import type { Contact, ContactId, ContactStore, Identity, TenantId } from '@auronx/sdk'
import { contactColumns, contactValues, toContact, toKnownContact } from './contact-rows.ts'
import { integer, text } from './row.ts'
import { requireRows } from './posted.ts'
import type { TransactionReads } from './read-ahead.ts'
import type { Sql, SqlStatement, SqlValue, Transaction } from './sql.ts'
import { stored } from './stored.ts'

type ClosedConversation = Awaited<ReturnType<ContactStore['merge']>>[number]

/** Contacts of one tenant on PostgreSQL. */
export function createPostgresContactStore(
  sql: Transaction,
  tenantId: TenantId,
  reads: TransactionReads,
): ContactStore {
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
      const rows = await sql.query({
        name: 'contact_find',
        text: `with owner as (
            select distinct i.contact_id from contact_identities i
            join unnest($2::text[], $3::text[], $4::text[]) as s (kind, scope, value)
              on i.kind = s.kind and i.scope = s.scope and i.value = s.value
            where i.tenant_id = $1
          )
          select c.id, c.display_name, c.locale, c.merged_into_id, c.blocked_at, c.identity_changed_at, c.created_at,
            c.updated_at, c.version, c.everything_suppressed_at, c.everything_suppressed_by, c.marketing_suppressed_at,
            c.marketing_suppressed_by,
            (select json_agg(json_build_object('kind', i.kind, 'scope', i.scope, 'value', i.value) order by i.position)
              from contact_identities i where i.tenant_id = $1 and i.contact_id = c.id) as identities
          from contacts c join owner on c.id = owner.contact_id where c.tenant_id = $1 order by c.created_at, c.id`,
        values: [tenantId, ...identityArrays(identities)],
      })
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
      sql.post(insertContact(tenantId, contact, identities), explainInsert)
      reads.noteInserted(contact.id)
    },
    async update(contact) {
      sql.post(requireRows(updateContact(tenantId, contact), 1, 'AX002'))
    },
    async assign(id, identities) {
      if (identities.length === 0) return
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
          on conflict (tenant_id, kind, scope, value) do update set contact_id = excluded.contact_id`,
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

function insertContact(
  tenantId: TenantId,
  contact: Contact,
  identities: readonly Identity[],
): SqlStatement {
  return {
    name: 'contact_insert',
    text: `with added as (
        insert into contacts (tenant_id, ${contactColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      )
      insert into contact_identities (tenant_id, contact_id, kind, scope, value)
      select $1, $2, s.kind, s.scope, s.value
      from unnest($15::text[], $16::text[], $17::text[]) with ordinality as s (kind, scope, value, position)
      order by s.position`,
    values: [tenantId, ...contactValues(contact), ...identityArrays(identities)],
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

function identityArrays(identities: readonly Identity[]): readonly SqlValue[] {
  return [
    identities.map(({ kind }) => kind),
    identities.map(({ scope }) => scope),
    identities.map(({ value }) => value),
  ]
}
