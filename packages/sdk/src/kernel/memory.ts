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
  const tables = new Map<string, UndoableTable<never>>()
  let tail: Promise<unknown> = Promise.resolve()

  const attempt = async <Result>(body: () => Promise<Result>): Promise<Result> => {
    for (const rows of tables.values()) rows.mark()
    try {
      return await body()
    } catch (error) {
      for (const rows of tables.values()) rows.undo()
      throw error
    }
  }

  return {
    table<Row>(name: string): MemoryTable<Row> {
      const existing = tables.get(name)
      if (existing !== undefined) return existing
      const created = new UndoableTable<never>()
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

/** A table that goes back to what it held when it was marked. Costs what was changed since, not what it holds. */
class UndoableTable<Row> extends Map<string, Row> {
  private readonly replaced = new Map<string, Row | undefined>()
  private whole: readonly (readonly [string, Row])[] | undefined

  mark(): void {
    this.replaced.clear()
    this.whole = undefined
  }

  undo(): void {
    if (this.whole === undefined) {
      for (const [key, row] of this.replaced) {
        if (row === undefined) super.delete(key)
        else super.set(key, row)
      }
      return
    }
    super.clear()
    for (const [key, row] of this.whole) super.set(key, row)
  }

  override set(key: string, row: Row): this {
    if (!this.replaced.has(key)) this.replaced.set(key, this.get(key))
    return super.set(key, row)
  }

  override delete(key: string): boolean {
    this.keepOrder()
    return super.delete(key)
  }

  override clear(): void {
    this.keepOrder()
    super.clear()
  }

  // A row that was deleted would come back as the last one, and the order of rows is part of what is given back.
  private keepOrder(): void {
    this.whole ??= [...this].flatMap(([key, row]) => {
      const before = this.replaced.has(key) ? this.replaced.get(key) : row
      return before === undefined ? [] : [[key, before] as const]
    })
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
