import { AuronxError } from '@auronx/sdk'
import type {
  CatalogStore,
  OfferQuery,
  Price,
  Product,
  Reservation,
  StockItem,
  TenantId,
  Variant,
} from '@auronx/sdk'
import { toLevels, toOffer, toProduct, variantColumns } from './catalog-rows.ts'
import { requireRows } from './posted.ts'
import type { Sql, SqlStatement, Transaction } from './sql.ts'

/** Catalog and stock of one tenant on PostgreSQL. */
export function createPostgresCatalogStore(sql: Transaction, tenantId: TenantId): CatalogStore {
  return {
    async offers(query) {
      return (await sql.query(selectOffers(tenantId, query))).map((row) =>
        toOffer(row, query.currency),
      )
    },
    async product(id) {
      const rows = await sql.query({
        name: 'product_get',
        text: `select p.*, ${variantColumns} from products p
          left join variants v on v.tenant_id = p.tenant_id and v.product_id = p.id
          where p.tenant_id = $1 and p.id = $2 order by v.place`,
        values: [tenantId, id],
      })
      const [first] = rows
      return first === undefined ? undefined : toProduct(first, rows)
    },
    async saveProduct(product) {
      await saveHead(sql, tenantId, product)
      await sql.query(upsertVariants(tenantId, product))
    },
    async saveTaxCategory({ code, category, rate }) {
      await sql.query({
        name: 'tax_save',
        text: `insert into tax_categories (tenant_id, code, category, rate) values ($1, $2, $3, $4)
          on conflict (tenant_id, code) do update set category = excluded.category, rate = excluded.rate`,
        values: [tenantId, code, category, rate],
      })
    },
    async addPrice(price) {
      await sql.query(insertPrice(tenantId, price))
    },
    async lockStock({ variantIds, ownerId, now }) {
      // Reservations are read by a statement of their own: the first one may wait, and sees them as they were before.
      const [, rows] = await Promise.all([
        sql.query({
          name: 'stock_lock',
          text: `select variant_id from stock_items where tenant_id = $1 and variant_id = any($2::uuid[])
            order by variant_id for update`,
          values: [tenantId, variantIds],
        }),
        sql.query({
          name: 'stock_levels',
          text: `select s.variant_id, s.on_hand, s.reserved, s.policy, s.version,
              r.owner_id, r.quantity, r.state, r.expires_at
            from stock_items s left join reservations r on r.tenant_id = s.tenant_id and r.variant_id = s.variant_id
              and (r.owner_id = $3 or (r.state = 'held' and r.expires_at <= $4))
            where s.tenant_id = $1 and s.variant_id = any($2::uuid[]) order by s.variant_id, r.owner_id`,
          values: [tenantId, variantIds, ownerId, now],
        }),
      ])
      return toLevels(rows)
    },
    async saveStock({ items, reservations, movements }) {
      if (items.length > 0)
        sql.post(requireRows(upsertItems(tenantId, items), items.length, 'AX002'))
      if (reservations.length > 0) sql.post(upsertReservations(tenantId, reservations))
      for (const { variantId, sequence, delta, reason, onHand, at } of movements) {
        sql.post({
          name: 'stock_movement_insert',
          text: `insert into stock_movements (tenant_id, variant_id, sequence, delta, reason, on_hand, at)
            values ($1, $2, $3, $4, $5, $6, $7)`,
          values: [tenantId, variantId, sequence, delta, reason, onHand, at],
        })
      }
    },
  }
}

const offerFrom = `select p.id, p.title, p.description, p.status, p.position, p.version, ${variantColumns},
    t.category, t.rate, s.on_hand, s.reserved, s.policy, s.version as stock_version,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'amount', x.amount, 'taxBehavior', x.tax_behavior,
        'minQuantity', x.min_quantity, 'validFrom', x.valid_from, 'validTo', x.valid_to)
        order by x.min_quantity, x.valid_from), '[]')
      from prices x where x.tenant_id = v.tenant_id and x.variant_id = v.id and x.currency = $3
        and (x.valid_to is null or x.valid_to > $2)) as prices
  from variants v
  join products p on p.tenant_id = v.tenant_id and p.id = v.product_id
  join tax_categories t on t.tenant_id = v.tenant_id and t.code = v.tax_code
  left join stock_items s on s.tenant_id = v.tenant_id and s.variant_id = v.id`

function selectOffers(tenantId: TenantId, query: OfferQuery): SqlStatement {
  const { at, currency, variantIds, skus, after, limit } = query
  if (variantIds !== undefined || skus !== undefined) {
    return {
      name: 'offers_named',
      text: `${offerFrom} where v.tenant_id = $1 and (v.id = any($4::uuid[]) or v.sku = any($5::text[]))
        order by p.position, v.id limit $6`,
      values: [tenantId, at, currency, variantIds ?? [], skus ?? [], limit],
    }
  }
  return {
    name: 'offers_on_sale',
    text: `${offerFrom} where v.tenant_id = $1 and p.status = 'active' and v.status = 'active'
        and exists (select from prices x where x.tenant_id = v.tenant_id and x.variant_id = v.id and x.currency = $3
          and x.valid_from <= $2 and (x.valid_to is null or x.valid_to > $2))
        and ($4::uuid is null or (p.position, v.id) > (
          select b.position, a.id from variants a join products b on b.tenant_id = a.tenant_id and b.id = a.product_id
          where a.tenant_id = $1 and a.id = $4))
      order by p.position, v.id limit $5`,
    values: [tenantId, at, currency, after ?? null, limit],
  }
}

async function saveHead(sql: Sql, tenantId: TenantId, product: Product): Promise<void> {
  const rows = await sql.query({
    name: 'product_save',
    text: `insert into products as p (tenant_id, id, title, description, status, position, created_at, updated_at, version)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9::integer
      where $9 = 1 or exists (select from products where tenant_id = $1 and id = $2)
      on conflict (tenant_id, id) do update set title = excluded.title, description = excluded.description,
        status = excluded.status, position = excluded.position, updated_at = excluded.updated_at, version = excluded.version
        where p.version = excluded.version - 1
      returning version`,
    values: [
      tenantId,
      product.id,
      product.title,
      product.description ?? null,
      product.status,
      product.position,
      product.createdAt,
      product.updatedAt,
      product.version,
    ],
  })
  if (rows.length === 0)
    throw new AuronxError('version_conflict', 'The product was changed meanwhile')
}

function upsertVariants(tenantId: TenantId, { id, variants }: Product): SqlStatement {
  const column = <Value>(read: (variant: Variant) => Value): readonly Value[] => variants.map(read)
  return {
    name: 'variants_save',
    text: `insert into variants (tenant_id, product_id, id, sku, title, unit_code, tax_code, status, max_per_order, place)
      select $1, $2, * from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[])
        with ordinality
      on conflict (tenant_id, id) do update set sku = excluded.sku, title = excluded.title,
        unit_code = excluded.unit_code, tax_code = excluded.tax_code, status = excluded.status,
        max_per_order = excluded.max_per_order, place = excluded.place`,
    values: [
      tenantId,
      id,
      column((variant) => variant.id),
      column((variant) => variant.sku),
      column((variant) => variant.title ?? null),
      column((variant) => variant.unitCode),
      column((variant) => variant.taxCode),
      column((variant) => variant.status),
      column((variant) => variant.maxPerOrder ?? null),
    ],
  }
}

function insertPrice(tenantId: TenantId, price: Price): SqlStatement {
  return {
    name: 'price_add',
    text: `with ended as (
        update prices set valid_to = $8 where tenant_id = $1 and variant_id = $3 and currency = $4 and min_quantity = $5
          and valid_to is null and valid_from < $8 returning valid_to
      )
      insert into prices (tenant_id, id, variant_id, currency, min_quantity, amount, tax_behavior, valid_from, valid_to, follows)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce((select valid_to from ended), (
        select max(e.valid_to) from prices e where e.tenant_id = $1 and e.variant_id = $3 and e.currency = $4
          and e.min_quantity = $5 and e.valid_to <= $8)))`,
    values: [
      tenantId,
      price.id,
      price.variantId,
      price.currency,
      price.minQuantity,
      price.amount,
      price.taxBehavior,
      price.validFrom,
      price.validTo ?? null,
    ],
  }
}

function upsertItems(tenantId: TenantId, items: readonly StockItem[]): SqlStatement {
  return {
    name: 'stock_save',
    text: `insert into stock_items as s (tenant_id, variant_id, on_hand, reserved, policy, version)
      select $1, i.* from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::integer[])
        as i (variant_id, on_hand, reserved, policy, version) order by i.variant_id
      on conflict (tenant_id, variant_id) do update set on_hand = excluded.on_hand, reserved = excluded.reserved,
        policy = excluded.policy, version = excluded.version
        where s.version = excluded.version - 1
      returning 1`,
    values: [
      tenantId,
      items.map((item) => item.variantId),
      items.map((item) => item.onHand),
      items.map((item) => item.reserved),
      items.map((item) => item.policy),
      items.map((item) => item.version),
    ],
  }
}

function upsertReservations(tenantId: TenantId, held: readonly Reservation[]): SqlStatement {
  return {
    name: 'reservations_save',
    text: `insert into reservations (tenant_id, owner_id, variant_id, quantity, state, expires_at)
      select $1, * from unnest($2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::timestamptz[])
      on conflict (tenant_id, owner_id, variant_id) do update set quantity = excluded.quantity, state = excluded.state,
        expires_at = excluded.expires_at`,
    values: [
      tenantId,
      held.map((one) => one.ownerId),
      held.map((one) => one.variantId),
      held.map((one) => one.quantity),
      held.map((one) => one.state),
      held.map((one) => one.expiresAt ?? null),
    ],
  }
}
