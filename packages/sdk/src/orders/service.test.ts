import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinWork } from '../kernel/index.ts'
import type { Actor, ContactId, VariantId } from '../kernel/index.ts'
import type { Shop } from '../responder/shop.ts'
import { foldOrder } from './schema.ts'
import { createOrderExpiry, createOrders } from './service.ts'
import { createShop } from './shop.ts'
import { openShopFloor } from './shop-floor.fixture.ts'
import type { ShopFloor } from './shop-floor.fixture.ts'
import type { Order } from './store.ts'

const hour = 3_600_000

async function proposeOne(
  floor: ShopFloor,
  contactId: ContactId,
  variantId: VariantId,
  quantity = 1,
) {
  const actor = floor.customer(contactId)
  const drafted = await floor.orders.addToDraft(actor, { contactId, variantId, quantity })
  if (drafted.kind === 'refused') throw new Error(drafted.reason)
  const proposed = await floor.orders.propose(actor, drafted.order.id)
  if (proposed.kind === 'refused') throw new Error(proposed.reason)
  return proposed
}

async function expectFold(floor: ShopFloor, order: Order): Promise<void> {
  const events = await floor.work.run(floor.tenantId, (stores) =>
    stores.events.ofAggregate('order', order.id),
  )
  expect(events.map(({ aggregateVersion }) => aggregateVersion)).toEqual(
    events.map((_, index) => index + 1),
  )
  const lines = order.lines.map(({ sku: _sku, title: _title, ...facts }) => facts)
  expect(foldOrder(events)).toEqual({ ...order, lines })
  expect(JSON.stringify(events)).not.toContain('Product')
}

describe('from a draft to an order', () => {
  test('a customer orders, confirms by button and gets the first number of the year where the business is', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250, 5)
    const contactId = floor.contact()
    floor.clock.advance(Date.parse('2026-12-31T12:00:00Z') - floor.clock.now().getTime())
    const { order, tokens } = await proposeOne(floor, contactId, variantId, 2)
    expect(order).toMatchObject({
      status: 'awaiting_customer',
      revision: 1,
      totals: { total: 500n, taxTotal: 87n },
    })
    expect(await floor.left(variantId)).toBe(3)
    const acted = await floor.orders.act(floor.customer(contactId), tokens.confirm)
    expect(acted).toMatchObject({
      kind: 'acted',
      repeated: false,
      order: {
        status: 'confirmed',
        number: 'ORD-2027-000001',
        confirmation: { by: 'customer', evidence: { kind: 'action_token' } },
      },
    })
    expect(await floor.left(variantId)).toBe(3)
    if (acted.kind === 'acted') await expectFold(floor, acted.order)
  })

  test('a second tap answers with what the first did, and the other buttons are used up', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const { tokens } = await proposeOne(floor, contactId, await floor.sell('A', 250, 5))
    const actor = floor.customer(contactId)
    const first = await floor.orders.act(actor, tokens.confirm)
    const second = await floor.orders.act(actor, tokens.confirm)
    expect(second).toEqual({ ...first, repeated: true })
    for (const token of [tokens.cancel, tokens.edit, tokens.open]) {
      expect(await floor.orders.act(actor, token, 'confirm')).toMatchObject({
        kind: 'refused',
        reason: 'used',
        status: 'confirmed',
      })
    }
  })

  test('a token works for its contact only, and an invented one for nobody', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const { tokens, order } = await proposeOne(floor, contactId, await floor.sell('A', 250, 5))
    expect(await floor.orders.act(floor.customer(floor.contact()), tokens.confirm)).toMatchObject({
      reason: 'foreign',
    })
    expect(await floor.orders.act(floor.staff, tokens.confirm)).toMatchObject({ reason: 'foreign' })
    expect(await floor.orders.act(floor.assistant(contactId), tokens.confirm)).toMatchObject({
      reason: 'foreign',
    })
    expect(await floor.orders.act(floor.customer(contactId), 'invented')).toEqual({
      kind: 'refused',
      reason: 'unknown',
    })
    expect(await floor.orders.get(floor.customer(floor.contact()), order.id)).toBeUndefined()
    expect(await floor.orders.list(floor.customer(floor.contact()))).toEqual([])
  })

  test('a proposal is over at its last millisecond, whether or not the job ran, and its stock is free', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250, 1)
    const contactId = floor.contact()
    const { tokens, order } = await proposeOne(floor, contactId, variantId)
    floor.clock.advance(hour)
    expect(await floor.orders.act(floor.customer(contactId), tokens.confirm)).toMatchObject({
      reason: 'expired',
    })
    const stored = await floor.orders.get(floor.staff, order.id)
    expect(stored).toMatchObject({ status: 'expired', endReason: 'expired' })
    expect(await floor.left(variantId)).toBe(1)
    expect(await floor.orders.act(floor.customer(contactId), tokens.edit)).toMatchObject({
      reason: 'expired',
    })
  })

  test('the job ends a proposal once its time is over, in its own transaction', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const { order } = await proposeOne(floor, contactId, await floor.sell('A', 250, 1))
    const expiry = createOrderExpiry(floor)
    const run = () =>
      floor.work.run(floor.tenantId, async (stores) => {
        const job = {
          id: floor.ids.next('JobId'),
          kind: 'order.expire',
          naturalKey: 'k',
          runAt: floor.clock.now(),
          data: { orderId: order.id },
        }
        await expiry(
          { tenantId: floor.tenantId, kind: 'system', id: 'system', via: 'job' },
          job,
          stores,
        )
      })
    await run()
    expect(await floor.orders.get(floor.staff, order.id)).toMatchObject({
      status: 'awaiting_customer',
    })
    floor.clock.advance(hour)
    await run()
    await run()
    const ended = await floor.orders.get(floor.staff, order.id)
    expect(ended).toMatchObject({ status: 'expired', version: 3 })
    if (ended !== undefined) await expectFold(floor, ended)
  })

  test('changing a proposal voids its buttons and frees its stock, and adding to it does the same', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250, 1)
    const contactId = floor.contact()
    const actor = floor.customer(contactId)
    const first = await proposeOne(floor, contactId, variantId)
    expect(await floor.orders.act(actor, first.tokens.edit)).toMatchObject({
      kind: 'acted',
      order: { status: 'draft' },
    })
    expect(await floor.left(variantId)).toBe(1)
    expect(await floor.orders.act(actor, first.tokens.confirm)).toMatchObject({ reason: 'changed' })
    const second = await floor.orders.propose(actor, first.order.id)
    if (second.kind === 'refused') throw new Error(second.reason)
    expect(await floor.orders.act(actor, first.tokens.confirm)).toMatchObject({ reason: 'changed' })
    const added = await floor.orders.addToDraft(actor, {
      contactId,
      variantId: await floor.sell('B', 100),
      quantity: 1,
    })
    expect(added).toMatchObject({
      kind: 'drafted',
      order: { id: first.order.id, status: 'draft', lines: [{ sku: 'A' }, { sku: 'B' }] },
    })
    expect(await floor.orders.act(actor, second.tokens.confirm)).toMatchObject({
      reason: 'changed',
    })
    if (added.kind === 'drafted') await expectFold(floor, added.order)
  })

  test('a refused addition leaves the waiting proposal as it is', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const { order, tokens } = await proposeOne(floor, contactId, await floor.sell('A', 250, 1))
    const soldOut = await floor.sell('B', 100, 0)
    const actor = floor.customer(contactId)
    expect(
      await floor.orders.addToDraft(actor, { contactId, variantId: soldOut, quantity: 1 }),
    ).toMatchObject({
      reason: 'insufficient_stock',
      shortages: [{ variantId: soldOut, wanted: 1, left: 0 }],
    })
    expect(await floor.orders.get(actor, order.id)).toEqual(order)
    expect(await floor.orders.act(actor, tokens.confirm)).toMatchObject({ kind: 'acted' })
  })

  test('a price that rose since the draft is shown; the proposed one holds until its end', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250)
    const contactId = floor.contact()
    const actor = floor.customer(contactId)
    const drafted = await floor.orders.addToDraft(actor, { contactId, variantId, quantity: 1 })
    if (drafted.kind === 'refused') throw new Error(drafted.reason)
    const price = (amount: number) =>
      floor.catalog.setPrice(floor.staff, variantId, {
        amount,
        currency: 'EUR',
        taxBehavior: 'inclusive',
      })
    floor.clock.advance(1)
    await price(300)
    const proposed = await floor.orders.propose(actor, drafted.order.id)
    if (proposed.kind === 'refused') throw new Error(proposed.reason)
    expect(proposed).toMatchObject({ repriced: [variantId], order: { totals: { total: 300n } } })
    floor.clock.advance(1)
    await price(400)
    expect(await floor.orders.act(actor, proposed.tokens.confirm)).toMatchObject({
      order: { totals: { total: 300n } },
    })
  })

  test('without holding, stock is taken when the customer confirms, and is refused when somebody was faster', async () => {
    const floor = await openShopFloor({ holdOnPropose: false })
    const variantId = await floor.sell('A', 250, 1)
    const [one, two] = [floor.contact(), floor.contact()]
    const first = await proposeOne(floor, one, variantId)
    const second = await proposeOne(floor, two, variantId)
    expect(await floor.orders.act(floor.customer(two), second.tokens.confirm)).toMatchObject({
      kind: 'acted',
    })
    expect(await floor.orders.act(floor.customer(one), first.tokens.confirm)).toMatchObject({
      reason: 'insufficient_stock',
      shortages: [{ wanted: 1, left: 0 }],
    })
    expect(await floor.orders.get(floor.staff, first.order.id)).toMatchObject({
      status: 'awaiting_customer',
    })
  })

  test('staff confirms by what it heard, cancels what is confirmed, and the stock comes back once', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250, 2)
    const contactId = floor.contact()
    const { order } = await proposeOne(floor, contactId, variantId)
    expect(await floor.orders.confirm(floor.staff, order.id, 'something else')).toMatchObject({
      reason: 'changed',
    })
    const confirmed = await floor.orders.confirm(floor.staff, order.id, order.contentHash ?? '')
    expect(confirmed).toMatchObject({ kind: 'confirmed', order: { confirmation: { by: 'staff' } } })
    expect(
      await floor.orders.cancel(floor.customer(contactId), order.id, 'changed_mind'),
    ).toMatchObject({ reason: 'not_permitted' })
    expect(await floor.orders.cancel(floor.staff, order.id, 'by_staff')).toMatchObject({
      kind: 'cancelled',
      order: { number: 'ORD-2026-000001' },
    })
    expect(await floor.orders.cancel(floor.staff, order.id, 'by_staff')).toMatchObject({
      reason: 'illegal_transition',
    })
    expect(await floor.left(variantId)).toBe(2)
  })

  test('empty drafts, too much and what is not sold are refused', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const actor = floor.customer(contactId)
    const variantId = await floor.sell('A', 250, undefined, 3)
    const plenty = await floor.sell('B', 250)
    const add = (variant: VariantId, quantity: number) =>
      floor.orders.addToDraft(actor, { contactId, variantId: variant, quantity })
    expect(await add(variantId, 4)).toMatchObject({ reason: 'too_many', variantIds: [variantId] })
    expect(await add(plenty, 100)).toMatchObject({ reason: 'too_many' })
    expect(await add(floor.ids.next('VariantId'), 1)).toMatchObject({ reason: 'not_for_sale' })
    const drafted = await add(variantId, 2)
    expect(await add(variantId, 2)).toMatchObject({ reason: 'too_many' })
    expect(await add(variantId, 0)).toMatchObject({
      kind: 'drafted',
      order: { lines: [], totals: { total: 0n } },
    })
    if (drafted.kind === 'refused') throw new Error(drafted.reason)
    expect(await floor.orders.propose(actor, drafted.order.id)).toMatchObject({ reason: 'empty' })
    expect(
      await floor.orders.addToDraft(floor.customer(floor.contact()), {
        contactId,
        variantId,
        quantity: 1,
      }),
    ).toMatchObject({ reason: 'foreign' })
  })
})

describe('a WhatsApp cart', () => {
  test('becomes one order with our prices, with what is unknown, reduced and gone told', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const actor = floor.customer(contactId)
    const [few, gone, many] = [
      await floor.sell('FEW', 100, 2),
      await floor.sell('GONE', 100, 0),
      await floor.sell('MANY', 10),
    ]
    const items = [
      { retailerId: 'FEW', quantity: 2 },
      { retailerId: 'FEW', quantity: 2 },
      { retailerId: 'GONE', quantity: 1 },
      { retailerId: 'MANY', quantity: 500 },
      { retailerId: 'NEVER', quantity: 1 },
      { retailerId: 'MANY', quantity: -4 },
    ]
    const cart = { contactId, items, cartMessageId: 'cart-1' }
    const outcome = await floor.orders.fromCart(actor, cart)
    expect(outcome).toMatchObject({
      kind: 'drafted',
      unknown: ['NEVER'],
      reduced: [few, many],
      unavailable: [gone],
      order: {
        lines: [
          { variantId: few, quantity: 2 },
          { variantId: many, quantity: 99 },
        ],
        totals: { total: 1190n },
      },
    })
    const again = await floor.orders.fromCart(actor, cart)
    if (outcome.kind === 'refused' || again.kind === 'refused') throw new Error('refused')
    expect(again).toMatchObject({ kind: 'repeated', order: { id: outcome.order.id } })
    const next = await floor.orders.fromCart(actor, { ...cart, cartMessageId: 'cart-2' })
    expect(next).toMatchObject({ kind: 'drafted' })
    expect(await floor.orders.get(actor, outcome.order.id)).toMatchObject({
      status: 'cancelled',
      endReason: 'replaced_by_cart',
    })
    const nothing = {
      ...cart,
      cartMessageId: 'cart-3',
      items: [{ retailerId: 'GONE', quantity: 1 }],
    }
    expect(await floor.orders.fromCart(actor, nothing)).toMatchObject({
      reason: 'not_for_sale',
      variantIds: [gone],
    })
  })
})

describe('a link', () => {
  test('shows the order and what can be done, and does it once', async () => {
    const floor = await openShopFloor()
    const contactId = floor.contact()
    const { tokens, order } = await proposeOne(floor, contactId, await floor.sell('A', 250))
    const host: Actor = { tenantId: floor.tenantId, kind: 'system', id: 'system', via: 'host' }
    const seen = await floor.orders.view(host, tokens.open)
    expect(seen).toMatchObject({
      kind: 'viewed',
      order: { id: order.id },
      choices: ['cancel', 'edit', 'confirm'],
    })
    expect(await floor.orders.view(host, tokens.confirm)).toMatchObject({ choices: ['confirm'] })
    expect(await floor.orders.act(floor.customer(contactId), tokens.open)).toMatchObject({
      reason: 'unknown',
    })
    expect(await floor.orders.act(floor.customer(contactId), tokens.open, 'cancel')).toMatchObject({
      order: { status: 'cancelled' },
    })
    expect(await floor.orders.view(host, tokens.open)).toMatchObject({
      kind: 'viewed',
      choices: [],
    })
    expect(await floor.orders.act(floor.customer(contactId), tokens.open, 'confirm')).toMatchObject(
      {
        repeated: true,
        result: { command: 'cancel' },
      },
    )
  })
})

describe('in the transaction of a host', () => {
  test('an order is undone with what the host undoes', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250)
    const contactId = floor.contact()
    const hosted = floor.work.run(floor.tenantId, async (stores) => {
      const orders = createOrders({ ...floor, work: joinWork(floor.tenantId, stores) })
      await orders.addToDraft(floor.customer(contactId), { contactId, variantId, quantity: 1 })
      throw new Error('undone')
    })
    await expect(hosted).rejects.toThrow('undone')
    expect(await floor.orders.list(floor.staff)).toEqual([])
  })
})

describe('whatever the taps', () => {
  test('events tell the same story as the row, stock adds up, and numbers have no gaps', async () => {
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom(
        'add',
        'remove',
        'propose',
        'confirm',
        'cancel',
        'edit',
        'cart',
        'staff-cancel',
        'wait',
      ),
      which: fc.nat({ max: 1 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const floor = await openShopFloor()
        const variants = [await floor.sell('A', 199, 3), await floor.sell('B', 333, 2)]
        const contacts = [floor.contact(), floor.contact(), floor.contact()]
        const tokens = new Map<string, { confirm: string; cancel: string; edit: string }>()
        for (const [index, { who, what, which }] of steps.entries()) {
          const contactId = contacts[who] ?? floor.contact()
          const variantId = variants[which] ?? floor.ids.next('VariantId')
          const actor = floor.customer(contactId)
          const mine = await floor.orders.list(actor)
          const known = tokens.get(contactId)
          if (what === 'add')
            await floor.orders.addToDraft(actor, { contactId, variantId, quantity: 1 })
          if (what === 'remove')
            await floor.orders.addToDraft(actor, { contactId, variantId, quantity: 0 })
          if (what === 'cart')
            await floor.orders.fromCart(actor, {
              contactId,
              items: [{ retailerId: 'A', quantity: 1 }],
              cartMessageId: `${index % 3}`,
            })
          if (what === 'propose' && mine[0] !== undefined) {
            const outcome = await floor.orders.propose(actor, mine[0].id)
            if (outcome.kind === 'proposed') tokens.set(contactId, outcome.tokens)
          }
          if (what === 'confirm' || what === 'cancel' || what === 'edit')
            await floor.orders.act(actor, known?.[what] ?? 'none')
          if (what === 'staff-cancel' && mine[0] !== undefined)
            await floor.orders.cancel(floor.staff, mine[0].id, 'by_staff')
          if (what === 'wait') floor.clock.advance(hour / 2)
        }
        const orders = await floor.orders.list(floor.staff, { limit: 200 })
        for (const order of orders) await expectFold(floor, order)
        const numbers = orders.flatMap(({ number }) => number ?? []).toSorted()
        expect(numbers).toEqual(
          numbers.map((_, index) => `ORD-2026-${String(index + 1).padStart(6, '0')}`),
        )
        for (const variantId of variants) {
          const offer = await floor.catalog.offer(floor.staff, variantId)
          const firm = orders
            .filter(({ status }) => status === 'confirmed')
            .flatMap(({ lines }) => lines.filter((line) => line.variantId === variantId))
            .reduce((sum, line) => sum + line.quantity, 0)
          expect(offer?.stock?.reserved).toBeGreaterThanOrEqual(firm)
          expect(offer?.stock?.reserved).toBeLessThanOrEqual(offer?.stock?.onHand ?? 0)
        }
        for (const contactId of contacts) {
          const drafts = await floor.orders.list(floor.staff, { contactId, statuses: ['draft'] })
          expect(drafts.length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('the basket of the assistant', () => {
  test('is set, not added to; asked for what is there it leaves a proposal alone', async () => {
    const floor = await openShopFloor()
    const [one, two] = [await floor.sell('A', 250, 9), await floor.sell('B', 100, 9)]
    const contactId = floor.contact()
    const shop: Shop = createShop({ ...floor, locale: 'en', actsAs: 'ai' })
    expect(await shop.basket.set(contactId, [])).toMatchObject({ reason: 'empty' })
    const lines = [{ variantId: one, quantity: 2 }]
    await shop.basket.set(contactId, lines)
    await shop.basket.set(contactId, [{ variantId: two, quantity: 1 }])
    expect(await shop.basket.set(contactId, lines)).toMatchObject({
      total: '€6.00',
      amount: { amount: 600n, currency: 'EUR' },
      waiting: false,
    })
    const proposal = await shop.propose(contactId)
    if (proposal.kind === 'refused') throw new Error('refused')
    expect(await shop.basket.set(contactId, lines)).toMatchObject({ waiting: true })
    const evidence = { kind: 'message', id: 'm' } as const
    expect(await shop.act(contactId, proposal.confirmToken, evidence)).toMatchObject({
      reason: 'not_yours',
    })
    expect(await shop.basket.set(contactId, [{ variantId: two, quantity: 0 }])).toMatchObject({
      total: '€5.00',
      waiting: false,
    })
  })

  test('of a customer who types yes binds small orders only', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250, 9)
    const contactId = floor.contact()
    const evidence = { kind: 'message', id: 'm' } as const
    const act = async (limit: bigint) => {
      const typedConfirmLimit = { amount: limit, currency: 'EUR' }
      const shop: Shop = createShop({ ...floor, locale: 'en', typedConfirmLimit })
      await shop.add(contactId, variantId, 1)
      const proposal = await shop.propose(contactId)
      if (proposal.kind === 'refused') throw new Error('refused')
      return shop.act(contactId, proposal.confirmToken, evidence, { typed: true })
    }
    expect(await act(249n)).toEqual({ kind: 'refused', reason: 'needs_button' })
    expect(await act(500n)).toMatchObject({ kind: 'confirmed' })
  })
})

describe('the shop of the menu', () => {
  test('speaks in formatted amounts and whole units, from the list to the number', async () => {
    const floor = await openShopFloor()
    const variantId = await floor.sell('A', 250, 3)
    await floor.sell('B', 1, 0)
    const contactId = floor.contact()
    const shop: Shop = createShop({
      ...floor,
      locale: 'en',
      evidence: { kind: 'message', id: 'm' },
      link: (token) => `https://shop.example/a/${token}`,
    })
    expect(await shop.browse()).toMatchObject([
      { title: 'Product A', price: '€2.50', available: true },
      { title: 'Product B', price: '€0.01', available: false },
    ])
    expect(await shop.item(floor.ids.next('VariantId'))).toBeUndefined()
    expect(await shop.propose(contactId)).toEqual({ kind: 'refused', reason: 'empty' })
    expect(await shop.add(contactId, variantId, 4)).toEqual({
      kind: 'refused',
      reason: 'insufficient_stock',
      left: 3,
      title: 'Product A',
    })
    expect(await shop.add(contactId, variantId, 2)).toMatchObject({
      kind: 'cart',
      total: '€5.00',
      lines: [{ quantity: 2 }],
    })
    const first = await shop.propose(contactId)
    const second = await shop.propose(contactId)
    if (first.kind === 'refused' || second.kind === 'refused') throw new Error('refused')
    expect(second).toMatchObject({ kind: 'proposal', ref: first.ref, total: '€5.00' })
    const evidence = { kind: 'message', id: 'tap' } as const
    expect(await shop.act(contactId, first.confirmToken, evidence)).toEqual({
      kind: 'refused',
      reason: 'changed',
    })
    expect(await shop.act(floor.contact(), second.confirmToken, evidence)).toEqual({
      kind: 'refused',
      reason: 'not_yours',
    })
    const confirmed = { kind: 'confirmed', number: 'ORD-2026-000001', total: '€5.00' }
    expect(await shop.act(contactId, second.confirmToken, evidence)).toEqual({
      ...confirmed,
      repeated: false,
    })
    expect(await shop.act(contactId, second.confirmToken, evidence)).toEqual({
      ...confirmed,
      repeated: true,
    })
    expect(await shop.status(contactId)).toMatchObject([
      { status: 'confirmed', number: 'ORD-2026-000001' },
    ])
    expect(
      await shop.fromCart(
        contactId,
        [
          { retailerId: 'A', quantity: 9 },
          { retailerId: 'Z', quantity: 1 },
        ],
        'c',
      ),
    ).toMatchObject({
      kind: 'cart',
      lines: [{ quantity: 1 }],
      notices: [{ reason: 'quantity_reduced', title: 'Product A' }, { reason: 'unknown_item' }],
    })
  })
})
