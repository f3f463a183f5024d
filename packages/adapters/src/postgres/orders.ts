import { AuronxError, asId } from '@auronx/sdk'
import type {
  ActionDirectory,
  ActionStore,
  ActionToken,
  Order,
  OrderStore,
  TenantId,
} from '@auronx/sdk'
import { orderColumns, toLineRow, toOrder, toToken, valuesOf } from './order-rows.ts'
import { integer, optionalText } from './row.ts'
import { requireRows } from './posted.ts'
import type { Sql, SqlStatement, Transaction } from './sql.ts'
import { quoteIdentifier } from './tenant.ts'
import { where } from './where.ts'
import { inReach } from './within.ts'

/** Orders of one tenant on PostgreSQL. */
export function createPostgresOrderStore(sql: Transaction, tenantId: TenantId): OrderStore {
  const one = async (statement: SqlStatement): Promise<Order | undefined> => {
    const [row] = await sql.query(statement)
    return row === undefined ? undefined : toOrder(row)
  }
  const byId = (id: string): SqlStatement => ({
    name: 'order_get',
    text: `${select} where o.tenant_id = $1 and o.id = $2`,
    values: [tenantId, id],
  })
  return {
    get: (id) => one(byId(id)),
    async lock(id) {
      // Two statements: the lock may wait, and what it selects beside the locked row would be as it was before.
      const [, order] = await Promise.all([
        sql.query({
          name: 'order_lock',
          text: `select id from orders where tenant_id = $1 and id = $2 for update`,
          values: [tenantId, id],
        }),
        one(byId(id)),
      ])
      return order
    },
    async lockOpen(contactId) {
      const [, , rows] = await Promise.all([
        sql.query({
          name: 'order_lock_contact',
          text: `select id from contacts where tenant_id = $1 and id = $2 for no key update`,
          values: [tenantId, contactId],
        }),
        sql.query({
          name: 'order_lock_open',
          text: `select id from orders where tenant_id = $1 and contact_id = $2
            and status in ('draft', 'awaiting_customer') order by id for update`,
          values: [tenantId, contactId],
        }),
        sql.query({
          name: 'order_open',
          text: `${select} where o.tenant_id = $1 and o.contact_id = $2
            and o.status in ('draft', 'awaiting_customer') order by o.id`,
          values: [tenantId, contactId],
        }),
      ])
      return rows.map(toOrder)
    },
    byCart: (cartKey) =>
      one({
        name: 'order_by_cart',
        text: `${select} where o.tenant_id = $1 and o.cart_key = $2`,
        values: [tenantId, cartKey],
      }),
    async list({ contactId, statuses, within, before, limit }) {
      const asked = where([
        ['o.tenant_id = ?', tenantId],
        contactId !== undefined && ['o.contact_id = ?', contactId],
        statuses !== undefined && ['o.status = any(?)', statuses],
        before !== undefined && ['o.id < ?', before],
        inReach('o.contact_id', 'contact_id', tenantId, within),
      ])
      const rows = await sql.query({
        name: 'order_list',
        text: `${select} ${asked.text} order by o.id desc limit $${asked.values.length + 1}`,
        values: [...asked.values, limit],
      })
      return rows.map(toOrder)
    },
    async save(order) {
      const write = order.version === 1 ? insert : update
      sql.post(requireRows(write(tenantId, order), 1, 'AX002'))
      sql.post({
        name: 'order_lines_clear',
        text: `delete from order_lines where tenant_id = $1 and order_id = $2`,
        values: [tenantId, order.id],
      })
      if (order.lines.length > 0) sql.post(insertLines(tenantId, order))
    },
    async nextNumber({ kind, period }) {
      const [row] = await sql.query({
        name: 'counter_next',
        text: `insert into counters as c (tenant_id, kind, period, value) values ($1, $2, $3, 1)
          on conflict (tenant_id, kind, period) do update set value = c.value + 1 returning value`,
        values: [tenantId, kind, period],
      })
      if (row === undefined) throw new AuronxError('internal', 'A counter returned nothing')
      return integer(row, 'value')
    },
  }
}

/** Action tokens of one tenant on PostgreSQL. */
export function createPostgresActionStore(sql: Transaction, tenantId: TenantId): ActionStore {
  return {
    async insert(tokens) {
      const links = tokens.filter(({ command }) => command === 'open')
      for (const token of tokens) sql.post(insertToken(tenantId, token))
      for (const { hash } of links) {
        sql.post({
          name: 'action_directory_add',
          text: `insert into action_directory (token_hash, tenant_id) values ($2, $1)`,
          values: [tenantId, hash],
        })
      }
    },
    async find(hash) {
      const [row] = await sql.query({
        name: 'action_find',
        text: `select * from action_tokens where tenant_id = $1 and token_hash = $2`,
        values: [tenantId, hash],
      })
      return row === undefined ? undefined : toToken(row)
    },
    async settle(hash, { at, result }) {
      const used = {
        name: 'action_settle',
        text: `update action_tokens set used_at = $3, result = $4, voided_at = null
          where tenant_id = $1 and token_hash = $2 and used_at is null returning 1`,
        values: [tenantId, hash, at, JSON.stringify(result)],
      }
      sql.post(requireRows(used, 1, 'AX003'))
    },
    async voidAll(orderId, at) {
      sql.post({
        name: 'action_void',
        text: `update action_tokens set voided_at = $3
          where tenant_id = $1 and order_id = $2 and used_at is null and voided_at is null`,
        values: [tenantId, orderId, at],
      })
    },
  }
}

/** Whose link is this, on PostgreSQL, across tenants. */
export function createPostgresActionDirectory(sql: Sql, schema: string): ActionDirectory {
  return {
    async tenantOf(hash) {
      const [row] = await sql.query({
        name: 'action_tenant',
        text: `select ${quoteIdentifier(schema)}.action_tenant($1) as tenant_id`,
        values: [hash],
      })
      const tenantId = row && optionalText(row, 'tenant_id')
      return tenantId === undefined ? undefined : asId('TenantId', tenantId)
    },
  }
}

const select = `select o.*, (
    select coalesce(jsonb_agg(jsonb_build_object('variantId', l.variant_id, 'productId', l.product_id,
      'priceId', l.price_id, 'sku', l.sku, 'title', l.title, 'unitCode', l.unit_code, 'quantity', l.quantity,
      'unitAmount', l.unit_amount, 'taxCategory', l.tax_category, 'taxRate', l.tax_rate, 'taxBehavior', l.tax_behavior,
      'gross', l.gross, 'discount', l.discount, 'documentDiscount', l.document_discount, 'net', l.net,
      'base', l.base, 'tax', l.tax, 'total', l.total) order by l.position), '[]')
    from order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id) as lines
  from orders o`

function insert(tenantId: TenantId, order: Order): SqlStatement {
  const places = orderColumns.map((_, index) => `$${index + 3}`)
  return {
    name: 'order_insert',
    text: `insert into orders (tenant_id, id, ${orderColumns.join(', ')}) values ($1, $2, ${places.join(', ')})
      on conflict (tenant_id, id) do nothing returning 1`,
    values: [tenantId, order.id, ...valuesOf(order)],
  }
}

function update(tenantId: TenantId, order: Order): SqlStatement {
  const assignments = orderColumns.map((column, index) => `${column} = $${index + 3}`)
  return {
    name: 'order_update',
    text: `update orders set ${assignments.join(', ')}
      where tenant_id = $1 and id = $2 and version = $${orderColumns.length + 2} - 1 returning 1`,
    values: [tenantId, order.id, ...valuesOf(order)],
  }
}

function insertLines(tenantId: TenantId, { id, lines }: Order): SqlStatement {
  return {
    name: 'order_lines_insert',
    text: `insert into order_lines select $1, $2, l.* from jsonb_to_recordset($3) as l (
        position integer, variant_id uuid, product_id uuid, price_id uuid, sku text, title text, unit_code text,
        quantity bigint, unit_amount bigint, tax_category text, tax_rate integer, tax_behavior text, gross bigint,
        discount bigint, document_discount bigint, net bigint, base bigint, tax bigint, total bigint)`,
    values: [tenantId, id, JSON.stringify(lines.map(toLineRow))],
  }
}

function insertToken(tenantId: TenantId, token: ActionToken): SqlStatement {
  return {
    name: 'action_insert',
    text: `insert into action_tokens (tenant_id, token_hash, command, order_id, contact_id, revision, content_hash, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      tenantId,
      token.hash,
      token.command,
      token.orderId,
      token.contactId,
      token.revision,
      token.contentHash,
      token.expiresAt,
    ],
  }
}
