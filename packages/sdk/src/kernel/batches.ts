import { soon } from './soon.ts'

/** What {@link createBatches} needs. */
export interface BatchesDeps<Item, Result> {
  /**
   * Does a batch and resolves to one result for each item, in their order; a promise among them settles for its item
   * alone. What it throws, each item's caller gets.
   */
  run(items: readonly Item[]): Promise<readonly (Result | Promise<Result>)[]>
  /** Batches under way at once. */
  readonly flights: number
  /** Items of a batch. */
  readonly most: number
}

/**
 * Does together what is asked for together, without a timer: while fewer than `flights` batches are under way, all that
 * has come is the next one. Returns what hands an item in and resolves to its result.
 */
export function createBatches<Item, Result>(
  deps: BatchesDeps<Item, Result>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let underWay = 0
  let isComing = false

  const pump = (): void => {
    isComing = false
    while (underWay < deps.flights && waiting.length > 0) {
      underWay += 1
      void flush(waiting.splice(0, deps.most), deps).finally(() => {
        underWay -= 1
        pump()
      })
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isComing || underWay >= deps.flights) return
      isComing = true
      soon(pump)
    })
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result | Promise<Result>) => void
  readonly reject: (error: unknown) => void
}

async function flush<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  { run }: BatchesDeps<Item, Result>,
): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item))
    for (const [index, result] of results.entries()) batch[index]?.resolve(result)
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
