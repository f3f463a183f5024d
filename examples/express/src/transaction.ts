import type pg from 'pg'

/** Runs `body` in one transaction of the host: it commits with the result and rolls back with the error. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  body: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  // A connection that breaks between two statements fails the next one; without a listener it would end the process.
  client.on('error', nextStatementFails)
  try {
    await client.query('begin')
    const result = await body(client)
    await client.query('commit')
    release(client)
    return result
  } catch (error) {
    // A rollback that fails must not hide why there was one; nobody gets that connection again.
    const isUsable = await client.query('rollback').then(
      () => true,
      () => false,
    )
    release(client, !isUsable)
    throw error
  }
}

function release(client: pg.PoolClient, isBroken = false): void {
  client.off('error', nextStatementFails)
  client.release(isBroken)
}

function nextStatementFails(): void {}
