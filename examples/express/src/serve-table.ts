import { createPostgresStorage, fromPgTransaction } from '@auronx/adapters/postgres'
import type { DatabaseNames } from '@auronx/adapters/postgres'
import type { Actor, Auronx, ConversationId } from '@auronx/sdk'
import { problemError } from '@auronx/sdk/api'
import type pg from 'pg'
import { inTransaction } from './transaction.ts'

/** What {@link serveTable} needs. */
export interface ServeDeps {
  readonly auronx: Pick<Auronx, 'joined'>
  readonly pool: pg.Pool
  readonly names: DatabaseNames
}

/**
 * Clears a table and tells its guest, in one transaction of the host: nobody is told what was rolled back. Throws what
 * `problemOf` understands when nothing was ordered at the table, or the guest cannot be written to now.
 */
export async function serveTable(
  { auronx, pool, names }: ServeDeps,
  actor: Actor,
  { table, conversationId }: { readonly table: number; readonly conversationId: ConversationId },
): Promise<void> {
  const afterCommit: (() => void)[] = []
  await inTransaction(pool, async (client) => {
    const served = await client.query('delete from cafe.tables where number = $1', [table])
    if (served.rowCount === 0) throw problemError('not_found')
    const { work } = createPostgresStorage(fromPgTransaction(client), names)
    const { replies } = auronx.joined(work, (act) => afterCommit.push(act))
    const message = { kind: 'text', body: `Table ${table}: here it comes.` } as const
    const reply = await replies.send(actor, conversationId, message)
    if (reply.kind === 'refused') throw problemError(reply.reason)
  })
  for (const act of afterCommit) act()
}
