import type pg from 'pg'

/** Runs `body` in one transaction of the host: it commits with the result and rolls back with the error. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  body: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await body(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // A rollback that fails must not hide why there was one; nobody gets that connection again.
    const isUsable = await client.query('rollback').then(
      () => true,
      () => false,
    )
    client.release(!isUsable)
    throw error
  }
}
