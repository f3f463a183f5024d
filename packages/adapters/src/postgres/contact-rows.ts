import { asId } from '@auronx/sdk'
import type {
  Contact,
  ContactStore,
  Identity,
  Suppressed,
  Suppression,
  TenantId,
} from '@auronx/sdk'
import { instant, integer, json, optionalInstant, optionalText, text } from './row.ts'
import type { SqlRow, SqlScalar, SqlStatement, SqlValue } from './sql.ts'
import { present, stored } from './stored.ts'

type KnownContact = Awaited<ReturnType<ContactStore['findByIdentities']>>[number]

/** Columns of a contact besides its tenant, in the order of {@link contactValues}. */
export const contactColumns = `id, display_name, locale, merged_into_id, blocked_at, identity_changed_at, created_at, updated_at, version,
  everything_suppressed_at, everything_suppressed_by, marketing_suppressed_at, marketing_suppressed_by`

/** A contact as values of {@link contactColumns}. */
export function contactValues(contact: Contact): readonly SqlScalar[] {
  return [
    contact.id,
    contact.displayName ?? null,
    contact.locale ?? null,
    contact.mergedIntoId ?? null,
    contact.blockedAt ?? null,
    contact.identityChangedAt ?? null,
    contact.createdAt,
    contact.updatedAt,
    contact.version,
    ...suppressionValues(contact.suppressed?.everything),
    ...suppressionValues(contact.suppressed?.marketing),
  ]
}

/** Types of {@link contactColumns}. */
export const contactTypes: readonly string[] =
  `uuid text text uuid timestamptz timestamptz timestamptz timestamptz integer timestamptz text
  timestamptz text`.split(/\s+/)

/** Identities as one array per column. */
export function identityArrays(identities: readonly Identity[]): readonly SqlValue[] {
  return [
    identities.map(({ kind }) => kind),
    identities.map(({ scope }) => scope),
    identities.map(({ value }) => value),
  ]
}

/** The contacts that own any of the identities, oldest first, each with all it is known by. */
export function findContacts(tenantId: TenantId, identities: readonly Identity[]): SqlStatement {
  return {
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
  }
}

function suppressionValues(suppression: Suppression | undefined): readonly SqlScalar[] {
  return suppression === undefined ? [null, null] : [suppression.since, suppression.reason]
}

/** A contact with its identities, from its row. */
export function toKnownContact(row: SqlRow): KnownContact {
  return { ...toContact(row), identities: stored<readonly Identity[]>(json(row, 'identities')) }
}

/** A contact from its row. */
export function toContact(row: SqlRow): Contact {
  const mergedIntoId = optionalText(row, 'merged_into_id')
  return {
    id: asId('ContactId', text(row, 'id')),
    createdAt: instant(row, 'created_at'),
    updatedAt: instant(row, 'updated_at'),
    version: integer(row, 'version'),
    ...present({
      displayName: optionalText(row, 'display_name'),
      locale:
        row['locale'] === null
          ? undefined
          : stored<NonNullable<Contact['locale']>>(text(row, 'locale')),
      mergedIntoId: mergedIntoId === undefined ? undefined : asId('ContactId', mergedIntoId),
      blockedAt: optionalInstant(row, 'blocked_at'),
      identityChangedAt: optionalInstant(row, 'identity_changed_at'),
      suppressed: toSuppressed(row),
    }),
  }
}

function toSuppressed(row: SqlRow): Suppressed | undefined {
  const everything = toSuppression(row, 'everything')
  const marketing = toSuppression(row, 'marketing')
  return everything === undefined && marketing === undefined
    ? undefined
    : present({ everything, marketing })
}

function toSuppression(row: SqlRow, what: keyof Suppressed): Suppression | undefined {
  const since = optionalInstant(row, `${what}_suppressed_at`)
  const reason = optionalText(row, `${what}_suppressed_by`)
  return since === undefined || reason === undefined ? undefined : { since, reason }
}
