import { createPostgresStorage, fromPgTransaction } from '@auronx/adapters/postgres'
import type { DatabaseNames } from '@auronx/adapters/postgres'
import { AuronxError, asId } from '@auronx/sdk'
import type { Actor, Auronx, ContactId, Order } from '@auronx/sdk'
import type pg from 'pg'

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

/** The body of a request as an order. Throws `invalid_input`. */
export function readTableOrder(body: unknown): TableOrder {
  const given: Partial<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {}
  const { table, contactId, sku } = given
  if (typeof table !== 'number' || typeof contactId !== 'string' || typeof sku !== 'string') {
    throw new AuronxError('invalid_input', 'Give a table, a contactId and a sku')
  }
  return { table, contactId: asId('ContactId', contactId), sku }
}

/**
 * A row of the host and an order of AuronX in one transaction of the host: both or neither. Throws `conflict` when the
 * table has an order, `invalid_input` when there is no such product or the order is refused.
 */
export async function orderAtTable(
  { auronx, pool, names }: OrderDeps,
  actor: Actor,
  { table, contactId, sku }: TableOrder,
): Promise<Order> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { work } = createPostgresStorage(fromPgTransaction(client), names)
    const { catalog, orders } = auronx.within(work)
    const offer = (await catalog.browse(actor)).find(({ variant }) => variant.sku === sku)
    if (offer === undefined) throw new AuronxError('invalid_input', 'There is no such product')
    const variantId = offer.variant.id
    const drafted = await orders.addToDraft(actor, { contactId, variantId, quantity: 1 })
    if (drafted.kind === 'refused') {
      throw new AuronxError('invalid_input', `The order was refused: ${drafted.reason}`)
    }
    const { rowCount } = await client.query(
      'insert into cafe.tables (number, order_id) values ($1, $2) on conflict do nothing',
      [table, drafted.order.id],
    )
    if (rowCount === 0) throw new AuronxError('conflict', 'The table has an order')
    await client.query('commit')
    return drafted.order
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
