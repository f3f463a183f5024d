import type { TenantId } from './brand.ts'
import { isAuronxError } from './errors.ts'
import type { UnitOfWork } from './work.ts'

/** What {@link shareWork} needs. */
export interface SharedWorkDeps<Stores, Item, Result> {
  readonly work: UnitOfWork<Stores>
  /** Handles items of one tenant in one transaction, one after the other; returns what became of each, in their order. */
  readonly handle: (
    stores: Stores,
    items: readonly Item[],
    tenantId: TenantId,
  ) => Promise<readonly Result[]>
  /** Transactions of a tenant under way at once. Default 2. */
  readonly flights?: number
  /** Items that must wait before another transaction starts beside one that is under way. Default 8. */
  readonly enough?: number
  /** Items per transaction. Default 32. */
  readonly most?: number
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
  /** Whether it failed together with others. */
  readonly alone: boolean
}

interface Line<Item, Result> {
  underWay: number
  waiting: Waiting<Item, Result>[]
}

/**
 * Items of a tenant that come at the same time, or while a transaction of it is under way, share the next one: no timer, so
 * one that comes alone goes at once. Each promise settles after the commit. When a shared transaction fails, its
 * items are handled again, each in one of its own, so that nobody fails because of a neighbour; what cannot reach the
 * database fails at once.
 */
export function shareWork<Stores, Item, Result>(
  deps: SharedWorkDeps<Stores, Item, Result>,
): (tenantId: TenantId, item: Item) => Promise<Result> {
  const { work, handle, flights = 2, enough = 8, most = 32 } = deps
  const lines = new Map<TenantId, Line<Item, Result>>()

  const mayStart = ({ underWay, waiting }: Line<Item, Result>): boolean =>
    underWay < flights && waiting.length > 0 && (underWay === 0 || waiting.length >= enough)

  const pump = (tenantId: TenantId, line: Line<Item, Result>): void => {
    while (mayStart(line)) {
      const batch = takeBatch(line.waiting, most)
      line.underWay += 1
      void run(tenantId, line, batch).finally(() => {
        line.underWay -= 1
        if (line.underWay === 0 && line.waiting.length === 0) lines.delete(tenantId)
        pump(tenantId, line)
      })
    }
  }

  const run = async (
    tenantId: TenantId,
    line: Line<Item, Result>,
    batch: readonly Waiting<Item, Result>[],
  ): Promise<void> => {
    const items = batch.map(({ item }) => item)
    try {
      const results = await work.run(tenantId, (stores) => handle(stores, items, tenantId))
      for (const [index, result] of results.entries()) batch[index]?.resolve(result)
    } catch (error) {
      if (batch.length === 1 || isAuronxError(error, 'storage_unavailable')) {
        for (const { reject } of batch) reject(error)
      } else line.waiting.unshift(...batch.map((one) => ({ ...one, alone: true })))
    }
  }

  return (tenantId, item) =>
    new Promise((resolve, reject) => {
      const line = lines.get(tenantId) ?? { underWay: 0, waiting: [] }
      lines.set(tenantId, line)
      line.waiting.push({ item, resolve, reject, alone: false })
      // Others that are started in the same moment come before this goes on.
      void Promise.resolve().then(() => pump(tenantId, line))
    })
}

function takeBatch<Item, Result>(
  waiting: Waiting<Item, Result>[],
  most: number,
): readonly Waiting<Item, Result>[] {
  const alone = waiting.findIndex((one) => one.alone)
  if (alone === 0) return waiting.splice(0, 1)
  return waiting.splice(0, alone < 0 ? most : Math.min(most, alone))
}
