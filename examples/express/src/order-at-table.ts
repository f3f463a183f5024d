import { createPostgresStorage, fromPgTransaction } from '@auronx/adapters/postgres'
import type { DatabaseNames } from '@auronx/adapters/postgres'
import { AuronxError, readId } from '@auronx/sdk'
import type { Actor, Auronx, ContactId, Order } from '@auronx/sdk'
import { problemError } from '@auronx/sdk/api'
import type pg from 'pg'
import { inTransaction } from './transaction.ts'

/** What {@link orderAtTable} needs. */
export interface OrderDeps {
  readonly auronx: Pick<Auronx, 'within'>
  /** The host's own pool. */
  readonly pool: pg.Pool
  /** Schema and roles that AuronX was migrated with. */
  readonly names: DatabaseNames
}

/** Someone at a table of the café orders one of a product. */
export interface TableOrder {
  readonly table: number
  readonly contactId: ContactId
  readonly sku: string
}

/** The body of a request as an order. Throws `invalid_input`, and `not_found` for what is no id. */
export function readTableOrder(body: unknown): TableOrder {
  const given: Partial<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {}
  const { table, contactId, sku } = given
  const isTable = typeof table === 'number' && Number.isInteger(table) && table > 0 && table < 1_000
  if (!isTable || typeof sku !== 'string') {
    throw new AuronxError('invalid_input', 'Give a table from 1 to 999, a contactId and a sku')
  }
  return { table, contactId: readId('ContactId', contactId), sku }
}

/**
 * A row of the host and an order of AuronX in one transaction of the host: both or neither. Throws what `problemOf`
 * understands when the table has an order, there is no such guest or product, or the order is refused.
 */
export function orderAtTable(
  { auronx, pool, names }: OrderDeps,
  actor: Actor,
  { table, contactId, sku }: TableOrder,
): Promise<Order> {
  return inTransaction(pool, async (client) => {
    const { work } = createPostgresStorage(fromPgTransaction(client), names)
    const { catalog, contacts, orders } = auronx.within(work)
    if ((await contacts.get(actor, contactId)) === undefined) throw problemError('not_found')
    const offer = (await catalog.browse(actor)).find(({ variant }) => variant.sku === sku)
    if (offer === undefined) throw problemError('not_for_sale')
    const line = { contactId, variantId: offer.variant.id, quantity: 1 }
    const drafted = await orders.addToDraft(actor, line)
    if (drafted.kind === 'refused') throw problemError(drafted.reason)
    const { rowCount } = await client.query(
      'insert into cafe.tables (number, order_id) values ($1, $2) on conflict do nothing',
      [table, drafted.order.id],
    )
    if (rowCount === 0) throw problemError('conflict')
    return drafted.order
  })
}
