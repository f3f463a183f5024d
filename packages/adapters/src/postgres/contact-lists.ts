import type { ContactLists, TenantId } from '@auronx/sdk'
import { contactColumns, toKnownContact } from './contact-rows.ts'
import { behindAll } from './row.ts'
import type { Sql } from './sql.ts'

/** Lists of contacts on PostgreSQL. */
export function createPostgresContactLists(sql: Sql, tenantId: TenantId): ContactLists {
  return {
    async list({ after, limit, name, phone }) {
      const rows = await sql.query({
        name: 'contact_list',
        text: `select ${contactColumns},
            (select coalesce(json_agg(json_build_object('kind', i.kind, 'scope', i.scope, 'value', i.value) order by i.position), '[]')
              from contact_identities i where i.tenant_id = c.tenant_id and i.contact_id = c.id) as identities
          from contacts c
          where c.tenant_id = $1 and c.merged_into_id is null and c.id < $2
            and ($4::text is null or strpos(' ' || lower(c.display_name), ' ' || lower($4)) > 0)
            and ($5::text is null or exists (
              select from contact_identities n where n.tenant_id = c.tenant_id and n.contact_id = c.id
                and n.kind = 'wa_phone' and case when $6 then n.value = $5 else starts_with(n.value, $5) end))
          order by c.id desc limit $3`,
        values: [
          tenantId,
          after ?? behindAll,
          limit,
          name ?? null,
          phone?.digits ?? null,
          phone?.match === 'whole',
        ],
      })
      return rows.map(toKnownContact)
    },
  }
}
