import type { ContactLists, TenantId } from '@auronx/sdk'
import { contactColumns, toKnownContact } from './contact-rows.ts'
import type { Sql } from './sql.ts'
import { where } from './where.ts'
import { inReach } from './within.ts'

/** Lists of contacts on PostgreSQL. */
export function createPostgresContactLists(sql: Sql, tenantId: TenantId): ContactLists {
  return {
    async list({ after, limit, name, phone, within }) {
      const ofPhone = phone?.match === 'whole' ? 'value = ?' : 'starts_with(value, ?)'
      const asked = where([
        ['c.tenant_id = ?', tenantId],
        ['c.merged_into_id is null'],
        after !== undefined && ['c.id < ?', after],
        inReach('c.id', 'contact_id', tenantId, within),
        name !== undefined && [`strpos(' ' || lower(c.display_name), ' ' || lower(?)) > 0`, name],
        phone !== undefined && [
          `c.id in (select contact_id from contact_identities
            where tenant_id = ? and kind = 'wa_phone' and ${ofPhone})`,
          tenantId,
          phone.digits,
        ],
      ])
      const rows = await sql.query({
        name: 'contact_list',
        text: `select ${contactColumns},
            (select coalesce(json_agg(json_build_object('kind', i.kind, 'scope', i.scope, 'value', i.value) order by i.position), '[]')
              from contact_identities i where i.tenant_id = c.tenant_id and i.contact_id = c.id) as identities
          from contacts c ${asked.text} order by c.id desc limit $${asked.values.length + 1}`,
        values: [...asked.values, limit],
      })
      return rows.map(toKnownContact)
    },
  }
}
