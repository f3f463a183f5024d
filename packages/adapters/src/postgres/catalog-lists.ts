import type { CatalogLists, Product, TaxCategory, TenantId } from '@auronx/sdk'
import { toProduct, variantColumns } from './catalog-rows.ts'
import { integer, text } from './row.ts'
import type { Sql } from './sql.ts'
import { stored } from './stored.ts'
import { where } from './where.ts'

/** Lists of the catalog on PostgreSQL. */
export function createPostgresCatalogLists(sql: Sql, tenantId: TenantId): CatalogLists {
  return {
    async products({ after, limit, statuses }) {
      const asked = where([
        ['tenant_id = ?', tenantId],
        after !== undefined && ['id < ?', after],
        statuses !== undefined && ['status = any(?)', statuses],
      ])
      const rows = await sql.query({
        name: 'product_list',
        text: `select p.*, ${variantColumns} from (
            select * from products ${asked.text} order by id desc limit $${asked.values.length + 1}
          ) p left join variants v on v.tenant_id = p.tenant_id and v.product_id = p.id
          order by p.id desc, v.place`,
        values: [...asked.values, limit],
      })
      const byProduct = Map.groupBy(rows, (row) => text(row, 'id'))
      return [...byProduct.values()].flatMap((own): readonly Product[] => {
        const [first] = own
        return first === undefined ? [] : [toProduct(first, own)]
      })
    },
    async taxCategories() {
      const rows = await sql.query({
        name: 'tax_list',
        text: 'select code, category, rate from tax_categories where tenant_id = $1 order by code collate "C"',
        values: [tenantId],
      })
      return rows.map((row) => ({
        code: text(row, 'code'),
        category: stored<TaxCategory['category']>(text(row, 'category')),
        rate: integer(row, 'rate'),
      }))
    },
  }
}
