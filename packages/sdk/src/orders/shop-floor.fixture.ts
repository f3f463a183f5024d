import { createMemoryAccountStore } from '../accounts/index.ts'
import type { TenantSettings } from '../accounts/index.ts'
import { createCatalog, createMemoryCatalogStore } from '../catalog/index.ts'
import type { Catalog } from '../catalog/index.ts'
import {
  asId,
  createIds,
  createMemoryDatabase,
  createMemoryEventStore,
  createMemoryWork,
  rolePermissions,
} from '../kernel/index.ts'
import type {
  Actor,
  ContactId,
  Ids,
  MemoryDatabase,
  Random,
  TenantId,
  UnitOfWork,
  VariantId,
} from '../kernel/index.ts'
import { createMemoryJobStore } from '../lanes/index.ts'
import { createFakeClock } from '../testing/clock.ts'
import type { FakeClock } from '../testing/clock.ts'
import { createSeededRandom } from '../testing/random.ts'
import { createOrders } from './service.ts'
import type { Orders } from './service.ts'
import type { OrderStores } from './session.ts'
import { createMemoryActionStore, createMemoryOrderStore } from './store.memory.ts'

/** Settings of the tests' business. */
export const testSettings: TenantSettings = {
  businessName: 'Coffee shop',
  locale: 'en',
  timeZone: 'Pacific/Kiritimati',
  currency: 'EUR',
  taxRounding: 'rate-group',
  proposalTtlMs: 3_600_000,
  reopenWithinMs: 86_400_000,
  holdOnPropose: true,
}

/** What {@link openShopFloor} opens. */
export interface ShopFloor {
  readonly database: MemoryDatabase
  readonly tenantId: TenantId
  readonly work: UnitOfWork<OrderStores>
  readonly clock: FakeClock
  readonly random: Random
  readonly ids: Ids
  readonly catalog: Catalog
  readonly orders: Orders
  readonly staff: Actor
  customer(id: ContactId): Actor
  assistant(onBehalfOf: ContactId): Actor
  contact(): ContactId
  /** Adds a product with one variant; without `onHand` its stock is not counted. */
  sell(sku: string, amount: number, onHand?: number, maxPerOrder?: number): Promise<VariantId>
  /** Free steps of a variant. */
  left(variantId: VariantId): Promise<number>
}

/** A business in memory with its services and a few products, for tests. */
export async function openShopFloor(change: Partial<TenantSettings> = {}): Promise<ShopFloor> {
  const database = createMemoryDatabase()
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const tenantId: TenantId = ids.next('TenantId')
  const work: UnitOfWork<OrderStores> = createMemoryWork(database, (db, tenant) => ({
    accounts: createMemoryAccountStore(db, tenant),
    catalog: createMemoryCatalogStore(db, tenant),
    orders: createMemoryOrderStore(db, tenant),
    actions: createMemoryActionStore(db, tenant),
    jobs: createMemoryJobStore(db, tenant),
    events: createMemoryEventStore(db, tenant),
  }))
  const deps = { work, clock, ids, random }
  const floor = {
    ...deps,
    database,
    tenantId,
    catalog: createCatalog(deps),
    orders: createOrders(deps),
  }
  await work.run(tenantId, ({ accounts }) =>
    accounts.saveTenant({ id: tenantId, settings: { ...testSettings, ...change }, version: 1 }),
  )
  const staff: Actor = {
    tenantId,
    kind: 'staff',
    id: 'member',
    via: 'dashboard',
    permissions: rolePermissions.owner,
    evidence: { kind: 'verbal', id: 'call' },
  }
  await floor.catalog.saveTaxCategory(staff, { code: 'standard', category: 'S', rate: 210_000 })
  return {
    ...floor,
    staff,
    customer: (id: ContactId): Actor => ({ tenantId, kind: 'customer', id, via: 'whatsapp' }),
    assistant: (onBehalfOf: ContactId): Actor => ({
      tenantId,
      kind: 'ai',
      id: 'ai',
      onBehalfOf,
      via: 'whatsapp',
    }),
    contact: (): ContactId => ids.next('ContactId'),
    async sell(
      sku: string,
      amount: number,
      onHand?: number,
      maxPerOrder?: number,
    ): Promise<VariantId> {
      const outcome = await floor.catalog.saveProduct(staff, {
        title: `Product ${sku}`,
        variants: [
          {
            sku,
            taxCode: 'standard',
            price: { amount, currency: 'EUR', taxBehavior: 'inclusive' },
            ...(onHand === undefined ? {} : { stock: { onHand, policy: 'deny' } }),
            ...(maxPerOrder === undefined ? {} : { maxPerOrder }),
          },
        ],
      })
      const id = outcome.kind === 'saved' ? outcome.product.variants[0]?.id : undefined
      return asId('VariantId', id ?? 'refused')
    },
    async left(variantId: VariantId): Promise<number> {
      const offer = await floor.catalog.offer(staff, variantId)
      return (offer?.stock?.onHand ?? 0) - (offer?.stock?.reserved ?? 0)
    },
  }
}
