import { createCatalog, createOrders, rolePermissions } from '@auronx/sdk'
import type { Actor, ContactId, OrderStores, TenantId, VariantId } from '@auronx/sdk'
import {
  catalogContract,
  catalogListContract,
  orderContract,
  runContract,
} from '@auronx/sdk/testing'
import type { OrderSubject } from '@auronx/sdk/testing'
import { afterAll, assert, beforeAll, describe, test } from 'vitest'
import { createPostgresAccountStore } from './accounts.ts'
import { createPostgresCatalogStore } from './catalog.ts'
import { createPostgresContactStore } from './contacts.ts'
import { createTransactionReads } from './read-ahead.ts'
import { openPostgresStores } from './storage.ts'
import { createPostgresEventStore } from './events.ts'
import { createPostgresJobStore } from './jobs.ts'
import {
  createPostgresActionDirectory,
  createPostgresActionStore,
  createPostgresOrderStore,
} from './orders.ts'
import type { Transaction } from './sql.ts'
import { defaultNames } from './tenant.ts'
import { contractAssert, openPglite, openPostgres, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { createPostgresWork } from './work.ts'

const openStores = (sql: Transaction, tenantId: TenantId): OrderStores => ({
  accounts: createPostgresAccountStore(sql, tenantId),
  catalog: createPostgresCatalogStore(sql, tenantId),
  orders: createPostgresOrderStore(sql, tenantId),
  actions: createPostgresActionStore(sql, tenantId),
  jobs: createPostgresJobStore(sql, tenantId),
  events: createPostgresEventStore(sql, tenantId),
})

async function open(engine: TestEngine): Promise<OrderSubject> {
  const subject = await openSubject(engine, openStores)
  const people = createPostgresWork(engine.client, defaultNames, (sql, tenantId) =>
    createPostgresContactStore(sql, tenantId, createTransactionReads(sql, tenantId)),
  )
  return {
    ...subject,
    actionDirectory: createPostgresActionDirectory(engine.client, 'auronx'),
    async newContact(tenantId) {
      const id = subject.ids.next('ContactId')
      const now = subject.clock.now()
      await people.run(tenantId, (contacts) =>
        contacts.insert({ id, createdAt: now, updatedAt: now, version: 1 }, []),
      )
      return id
    },
  }
}

for (const [name, openEngine] of [
  ['PostgreSQL', openPostgres],
  ['PGlite', openPglite],
] as const) {
  describe(`commerce on ${name}`, () => {
    let engine: TestEngine
    beforeAll(async () => {
      engine = await openEngine()
    })
    afterAll(() => engine.close())
    const run = { test, assert: contractAssert, open: () => open(engine) }

    describe('catalog', () => runContract(run, catalogContract))
    describe('lists of the catalog', () =>
      runContract(
        { ...run, open: () => openSubject(engine, openPostgresStores) },
        catalogListContract,
      ))
    describe('orders', () => runContract(run, orderContract))

    test('one draft per contact, however many messages add to it at once', async () => {
      const floor = await openFloor(engine)
      const variantId = await floor.sell('A', 100)
      const contactId = await floor.subject.newContact(floor.tenantId)
      const add = () =>
        floor.orders.addToDraft(floor.customer(contactId), { contactId, variantId, quantity: 1 })
      await Promise.all(Array.from({ length: 12 }, add))
      const found = await floor.orders.list(floor.staff)
      assert.deepEqual(
        found.map(({ status, lines }) => [status, lines[0]?.quantity]),
        [['draft', 12]],
      )
    })

    test('an order is undone with the transaction it was made in', async () => {
      const floor = await openFloor(engine)
      const variantId = await floor.sell('A', 2)
      const contactId = await floor.subject.newContact(floor.tenantId)
      const { tokens } = await floor.propose(contactId, [variantId])
      const undone = floor.subject.work.run(floor.tenantId, async (stores) => {
        const within = createOrders({
          ...floor.subject,
          work: { run: (_tenant, body) => body(stores) },
        })
        const acted = await within.act(floor.customer(contactId), tokens.confirm)
        assert.equal(acted.kind, 'acted')
        throw new Error('undone')
      })
      await undone.then(
        () => assert.fail('committed'),
        (error: unknown) => assert.match(String(error), /undone/u),
      )
      const [order] = await floor.orders.list(floor.staff)
      assert.deepEqual([order?.status, order?.number], ['awaiting_customer', undefined])
      const acted = await floor.orders.act(floor.customer(contactId), tokens.confirm)
      assert.equal(acted.kind === 'acted' ? acted.order.number : acted.reason, 'ORD-2026-000001')
    })

    test('a merge of contacts takes their orders and tokens along', async () => {
      const floor = await openFloor(engine)
      const variantId = await floor.sell('A', 2)
      const [from, to] = [
        await floor.subject.newContact(floor.tenantId),
        await floor.subject.newContact(floor.tenantId),
      ]
      const { tokens } = await floor.propose(from, [variantId])
      const people = createPostgresWork(engine.client, defaultNames, openPostgresStores)
      await people.run(floor.tenantId, ({ contacts }) =>
        contacts.merge(from, to, floor.subject.clock.now()),
      )
      assert.equal((await floor.orders.act(floor.customer(to), tokens.confirm)).kind, 'acted')
    })
  })
}

describe('many at once on PostgreSQL', () => {
  let engine: TestEngine
  beforeAll(async () => {
    engine = await openPostgres()
  })
  afterAll(() => engine.close())

  for (const holdOnPropose of [true, false]) {
    const how = holdOnPropose ? 'proposing' : 'confirming'
    test(`fifty buyers ${how} the last unit: exactly one gets it`, async () => {
      const floor = await openFloor(engine, holdOnPropose)
      const variantId = await floor.sell('LAST', 1)
      const buyers = await Promise.all(
        Array.from({ length: 50 }, () => floor.subject.newContact(floor.tenantId)),
      )
      const outcomes = await Promise.all(
        buyers.map(async (contactId) => {
          const proposed = await floor.tryPropose(contactId, [variantId])
          if (proposed.kind === 'refused') return proposed.reason
          const acted = await floor.orders.act(floor.customer(contactId), proposed.tokens.confirm)
          return acted.kind === 'acted' ? 'confirmed' : acted.reason
        }),
      )
      const counts = countBy(outcomes)
      console.log(`50 buyers ${how}:`, counts)
      assert.deepEqual(counts, { confirmed: 1, insufficient_stock: 49 })
      const offer = await floor.catalog.offer(floor.staff, variantId)
      assert.deepEqual([offer?.stock?.onHand, offer?.stock?.reserved], [1, 1])
    })
  }

  test('a hundred baskets of five of ten items in any order: all succeed, reserved adds up, no deadlock surfaces', async () => {
    const floor = await openFloor(engine)
    const variants = await Promise.all(
      Array.from({ length: 10 }, (_, n) => floor.sell(`SKU${n}`, 1_000)),
    )
    const buyers = await Promise.all(
      Array.from({ length: 100 }, () => floor.subject.newContact(floor.tenantId)),
    )
    const before = await floor.deadlocks()
    const outcomes = await Promise.all(
      buyers.map(async (contactId, index) => {
        const basket = shuffled(variants, index).slice(0, 5)
        const { tokens } = await floor.propose(contactId, basket)
        const acted = await floor.orders.act(floor.customer(contactId), tokens.confirm)
        return acted.kind === 'acted' ? 'confirmed' : acted.reason
      }),
    )
    const deadlocks = (await floor.deadlocks()) - before
    console.log('100 baskets:', countBy(outcomes), `deadlocks inside: ${deadlocks}`)
    assert.deepEqual(countBy(outcomes), { confirmed: 100 })
    assert.equal(deadlocks, 0)
    const offers = await floor.catalog.browse(floor.staff)
    assert.equal(
      offers.reduce((sum, { stock }) => sum + (stock?.reserved ?? 0), 0),
      500,
    )
    const active = await engine.admin(
      `select coalesce(sum(quantity), 0)::integer as held from auronx.reservations where state = 'committed'`,
    )
    assert.equal(active[0]?.['held'], 500)
  })

  test('numbers have no gaps and no doubles when every seventh transaction is undone', async () => {
    const floor = await openFloor(engine)
    const variantId = await floor.sell('A', 1_000)
    const buyers = await Promise.all(
      Array.from({ length: 42 }, () => floor.subject.newContact(floor.tenantId)),
    )
    const proposals = await Promise.all(
      buyers.map(async (contactId) => ({
        contactId,
        ...(await floor.propose(contactId, [variantId])),
      })),
    )
    const settled = await Promise.allSettled(
      proposals.map(({ contactId, tokens }, index) =>
        floor.subject.work.run(floor.tenantId, async (stores) => {
          const orders = createOrders({
            ...floor.subject,
            work: { run: (_tenant, body) => body(stores) },
          })
          const acted = await orders.act(floor.customer(contactId), tokens.confirm)
          if (index % 7 === 3) throw new Error('undone')
          return acted.kind === 'acted' ? acted.order.number : acted.reason
        }),
      ),
    )
    const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const expected = Array.from(
      { length: 36 },
      (_, n) => `ORD-2026-${String(n + 1).padStart(6, '0')}`,
    )
    console.log(`numbering: ${numbers.length} given, ${settled.length - numbers.length} undone`)
    assert.deepEqual(
      numbers.toSorted((a, b) => String(a).localeCompare(String(b))),
      expected,
    )
  })

  test('one button tapped twenty times at once confirms once, and every tap hears the same number', async () => {
    const floor = await openFloor(engine)
    const variantId = await floor.sell('A', 5)
    const contactId = await floor.subject.newContact(floor.tenantId)
    const { tokens } = await floor.propose(contactId, [variantId])
    const taps = await Promise.all(
      Array.from({ length: 20 }, () => floor.orders.act(floor.customer(contactId), tokens.confirm)),
    )
    const heard = taps.map((tap) =>
      tap.kind === 'acted' ? `${tap.result.number} ${tap.repeated}` : tap.reason,
    )
    assert.deepEqual(countBy(heard), { 'ORD-2026-000001 false': 1, 'ORD-2026-000001 true': 19 })
  })

  test('one cart delivered ten times at once becomes one order', async () => {
    const floor = await openFloor(engine)
    await floor.sell('A', 5)
    const contactId = await floor.subject.newContact(floor.tenantId)
    const cart = { contactId, items: [{ retailerId: 'A', quantity: 1 }], cartMessageId: 'cart' }
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => floor.orders.fromCart(floor.customer(contactId), cart)),
    )
    assert.deepEqual(countBy(outcomes.map(({ kind }) => kind)), { drafted: 1, repeated: 9 })
    assert.equal((await floor.orders.list(floor.staff)).length, 1)
  })

  test('confirm and expire meet at the last moment: one of them wins, and stock agrees', async () => {
    const floor = await openFloor(engine)
    const variantId = await floor.sell('A', 20)
    const buyers = await Promise.all(
      Array.from({ length: 10 }, () => floor.subject.newContact(floor.tenantId)),
    )
    const proposals = await Promise.all(
      buyers.map(async (contactId) => ({
        contactId,
        ...(await floor.propose(contactId, [variantId])),
      })),
    )
    const system: Actor = { tenantId: floor.tenantId, kind: 'system', id: 'system', via: 'job' }
    const confirms = proposals
      .slice(0, 5)
      .map(({ contactId, tokens }) => floor.orders.act(floor.customer(contactId), tokens.confirm))
    await Promise.all(confirms)
    floor.subject.clock.advance(3_600_000)
    await Promise.all(
      proposals.flatMap(({ contactId, tokens, order }) => [
        floor.orders.act(floor.customer(contactId), tokens.confirm),
        floor.orders.expire(system, order.id),
      ]),
    )
    const statuses = (await floor.orders.list(floor.staff)).map(({ status }) => status)
    assert.deepEqual(countBy(statuses), { confirmed: 5, expired: 5 })
    const offer = await floor.catalog.offer(floor.staff, variantId)
    assert.equal(offer?.stock?.reserved, 5)
  })
})

async function openFloor(engine: TestEngine, holdOnPropose = true) {
  const subject = await open(engine)
  const [tenantId] = subject.tenants
  const catalog = createCatalog(subject)
  const orders = createOrders(subject)
  const staff: Actor = {
    tenantId,
    kind: 'staff',
    id: 'member',
    via: 'dashboard',
    permissions: rolePermissions.owner,
  }
  const customer = (id: ContactId): Actor => ({ tenantId, kind: 'customer', id, via: 'whatsapp' })
  await catalog.saveTaxCategory(staff, { code: 'standard', category: 'S', rate: 210_000 })
  await subject.work.run(tenantId, async ({ accounts }) => {
    const tenant = await accounts.tenant()
    const settings = { ...tenant.settings, holdOnPropose }
    await accounts.saveTenant({ ...tenant, settings, version: tenant.version + 1 })
  })
  const tryPropose = async (contactId: ContactId, basket: readonly VariantId[]) => {
    const actor = customer(contactId)
    let draft = ''
    for (const variantId of basket) {
      const drafted = await orders.addToDraft(actor, { contactId, variantId, quantity: 1 })
      if (drafted.kind === 'refused') return drafted
      draft = drafted.order.id
    }
    const [order] = await orders.list(actor, { statuses: ['draft'] })
    if (order === undefined) throw new Error(`No draft ${draft}`)
    return orders.propose(actor, order.id)
  }
  return {
    subject,
    tenantId,
    catalog,
    orders,
    staff,
    customer,
    tryPropose,
    async propose(contactId: ContactId, basket: readonly VariantId[]) {
      const proposed = await tryPropose(contactId, basket)
      if (proposed.kind === 'refused') throw new Error(proposed.reason)
      return proposed
    },
    async sell(sku: string, onHand: number): Promise<VariantId> {
      const price = { amount: 250, currency: 'EUR', taxBehavior: 'inclusive' } as const
      const stock = { onHand, policy: 'deny' } as const
      const saved = await catalog.saveProduct(staff, {
        title: sku,
        variants: [{ sku, taxCode: 'standard', price, stock }],
      })
      const variant = saved.kind === 'saved' ? saved.product.variants[0] : undefined
      if (variant === undefined) throw new Error('The product was refused')
      return variant.id
    },
    async deadlocks(): Promise<number> {
      const rows = await engine.admin(
        `select deadlocks::integer as count from pg_stat_database where datname = current_database()`,
      )
      return Number(rows[0]?.['count'] ?? 0)
    },
  }
}

function countBy(values: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

function shuffled<Value>(values: readonly Value[], seed: number): readonly Value[] {
  return values
    .map((value, index) => ({ value, key: ((index + 1) * (seed + 3) * 2_654_435_761) % 97 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value)
}
