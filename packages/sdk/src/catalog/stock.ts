import type { VariantId } from '../kernel/index.ts'
import type { Demand, Shortage, TakeFacts } from './decide.ts'
import { decideRelease, decideTake } from './decide.ts'
import type { CatalogStore } from './store.ts'

/** What {@link takeStock} did. */
export type TakeOutcome =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'refused'
      readonly reason: 'insufficient_stock'
      readonly shortages: readonly Shortage[]
    }

/**
 * Inside a transaction: makes the owner's reservations exactly the demands, or refuses and changes nothing. Check and
 * take happen under the same locks. `held` variants are those the owner may have reserved before.
 */
export async function takeStock(
  catalog: CatalogStore,
  demands: readonly Demand[],
  facts: TakeFacts & { readonly held?: readonly VariantId[] },
): Promise<TakeOutcome> {
  const variantIds = unique([...demands.map(({ variantId }) => variantId), ...(facts.held ?? [])])
  const levels = await catalog.lockStock({ variantIds, ownerId: facts.ownerId, now: facts.now })
  const decision = decideTake(levels, demands, facts)
  if (decision.kind === 'refused') return decision
  await catalog.saveStock(decision.change)
  return { kind: 'taken' }
}

/** Inside a transaction: gives back what the owner has reserved of the variants. Idempotent. */
export async function releaseStock(
  catalog: CatalogStore,
  request: {
    readonly ownerId: string
    readonly variantIds: readonly VariantId[]
    readonly now: Date
  },
): Promise<void> {
  const levels = await catalog.lockStock({ ...request, variantIds: unique(request.variantIds) })
  await catalog.saveStock(decideRelease(levels, request.ownerId))
}

function unique(ids: readonly VariantId[]): readonly VariantId[] {
  return [...new Set(ids)].toSorted()
}
