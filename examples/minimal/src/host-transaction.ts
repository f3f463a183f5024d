import { createPostgresStorage, fromPgTransaction } from '@auronx/adapters/postgres'
import type { DatabaseNames, PgQueryable } from '@auronx/adapters/postgres'
import type { Actor, Auronx, ContactId, Order, VariantId } from '@auronx/sdk'

/** A pool as the host has it; `pg.Pool` is one. */
export interface HostPool {
  connect(): Promise<PgQueryable & { release(): void }>
}

/** What {@link orderInHostTransaction} needs. */
export interface HostDeps {
  /** The host's own pool. */
  readonly pool: HostPool
  readonly auronx: Pick<Auronx, 'within'>
  /** Schema and roles that AuronX was migrated with. */
  readonly names: DatabaseNames
}

/** A table that is being served in the host's café. */
export interface TableOrder {
  readonly actor: Actor
  readonly contactId: ContactId
  readonly table: number
  readonly lines: readonly { readonly variantId: VariantId; readonly quantity: number }[]
}

/**
 * Writes a row of the host and an order of AuronX in one transaction of the host: `check` may still throw, and then
 * neither exists. AuronX begins and commits nothing here; it uses savepoints on the host's connection.
 */
export async function orderInHostTransaction(
  { pool, auronx, names }: HostDeps,
  { actor, contactId, table, lines }: TableOrder,
  check: (order: Order) => Promise<void>,
): Promise<Order> {
  const client = await pool.connect()
  const query = (text: string, values: unknown[] = []) => client.query({ text, values })
  try {
    await query('begin')
    const { orders } = auronx.within(createPostgresStorage(fromPgTransaction(client), names).work)
    let order: Order | undefined
    for (const line of lines) {
      const drafted = await orders.addToDraft(actor, { contactId, ...line })
      if (drafted.kind === 'refused') throw new Error(`The order was refused: ${drafted.reason}`)
      order = drafted.order
    }
    if (order === undefined) throw new Error('An order needs a line')
    await query('insert into cafe.tables (number, order_id) values ($1, $2)', [table, order.id])
    await check(order)
    await query('commit')
    return order
  } catch (error) {
    await query('rollback')
    throw error
  } finally {
    client.release()
  }
}
