import type { TenantId } from './brand.ts'
import type { UnitOfWork } from './work.ts'

/** Rows by key. Rows are replaced, never changed in place, so that a snapshot of the map is a snapshot of the table. */
export type MemoryTable<Row> = Map<string, Row>

/** Tables in memory for the reference stores; one transaction at a time. */
export interface MemoryDatabase {
  /** The table of that name, made on first use. The caller states the row type once, in the store that owns the table. */
  table<Row>(name: string): MemoryTable<Row>
  /** Runs `body` alone; on an exception every table is as before. */
  transaction<Result>(body: () => Promise<Result>): Promise<Result>
}

/** An empty in-memory database. Data is gone with the process; meant for tests and demonstrations. */
export function createMemoryDatabase(): MemoryDatabase {
  const tables = new Map<string, MemoryTable<never>>()
  let tail: Promise<unknown> = Promise.resolve()

  const attempt = async <Result>(body: () => Promise<Result>): Promise<Result> => {
    const before = [...tables].map(([name, rows]) => [name, [...rows]] as const)
    try {
      return await body()
    } catch (error) {
      for (const rows of tables.values()) rows.clear()
      for (const [name, rows] of before) {
        const table = tables.get(name)
        for (const [key, row] of rows) table?.set(key, row)
      }
      throw error
    }
  }

  return {
    table<Row>(name: string): MemoryTable<Row> {
      const existing = tables.get(name)
      if (existing !== undefined) return existing
      const created = new Map<string, never>()
      tables.set(name, created)
      return created
    },
    transaction(body) {
      const result = tail.then(() => attempt(body))
      tail = result.catch(() => undefined)
      return result
    },
  }
}

/** A unit of work over an in-memory database; `open` makes the stores of one tenant. */
export function createMemoryWork<Stores>(
  database: MemoryDatabase,
  open: (database: MemoryDatabase, tenantId: TenantId) => Stores,
): UnitOfWork<Stores> {
  return {
    run: (tenantId, body) => database.transaction(() => body(open(database, tenantId))),
  }
}
