import { expect, test } from 'vitest'
import { z } from 'zod'
import { openDesk } from './assistant.fixture.ts'
import type { Desk } from './assistant.fixture.ts'
import { scriptedCalls, scriptedText } from './responder/model.scripted.ts'
import { createRecordedModel } from './responder/recorded.fixture.ts'
import type { DomainEvent, Order } from './index.ts'

/** Sells one flat white: finds it, puts it into the cart, proposes it. */
function createSeller() {
  return createRecordedModel((request, index) => {
    const results = request.input.filter(({ kind }) => kind === 'tool_result')
    const item = JSON.stringify(results).match(/\bv\d+\b/)?.[0] ?? ''
    switch (index) {
      case 0:
        return scriptedCalls([
          {
            name: 'search_catalog',
            args: { query: 'flat white' },
          },
        ])
      case 1:
        return scriptedCalls([
          { name: 'update_cart', args: { lines: [{ item, quantity: 2 }] }, callId: 'call-2' },
        ])
      case 2:
        return scriptedCalls([{ name: 'propose_order', args: {}, callId: 'call-3' }])
      default:
        return scriptedText('Please have a look and tap a button.')
    }
  })
}

const ways: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  async menu(desk) {
    await desk.write('menu')
    await desk.tap(/browse/i)
    await desk.tap(/flat white/i)
    await desk.tap(/other quantity/i)
    await desk.tap(/^2/)
  },
  cart: (desk) =>
    desk.write({
      type: 'order',
      order: {
        catalog_id: '1',
        product_items: [
          {
            product_retailer_id: 'FLAT-WHITE',
            quantity: 2,
            item_price: 3.2,
            currency: 'EUR',
          },
        ],
      },
    }),
  async assistant(desk) {
    await desk.write('two flat whites for me and my sister')
    await desk.pass(1_500)
  },
}

test('a proposal of the assistant is one text and one card, without what was looked up for it', async () => {
  const desk = await openDesk({ model: createSeller() })
  await ways['assistant']?.(desk)
  expect(desk.messenger.sent.map(({ message }) => message.kind)).toEqual(['text', 'buttons'])
})

test.each(Object.keys(ways))('an order by %s ends in the same rows', async (name) => {
  const desk = await openDesk({ model: createSeller() })
  await ways[name]?.(desk)
  const proposal = JSON.stringify(desk.newest())
  expect(proposal).toContain('6.40')
  await desk.tap(/confirm/i)
  const [order, ...others] = await desk.auronx.orders.list(desk.system)
  if (order === undefined) throw new Error('There is no order')
  expect(others).toEqual([])
  expect(contentOf(order)).toEqual({
    status: 'confirmed',
    number: 'ORD-2026-000001',
    currency: 'EUR',
    lines: [['FLAT-WHITE', 2, 320n, 640n]],
    payable: 640n,
    taxTotal: 58n,
    confirmedBy: 'customer',
  })
  const events = await desk.storage.work.run(desk.system.tenantId, (stores) =>
    stores.events.ofAggregate('order', order.id),
  )
  expect(events.at(-1)?.actor.kind).toBe('customer')
  expect(stepsOf(events)).toEqual([
    ['order.created', [[2, 320, 640]], 640, 58],
    ['order.proposed', [[2, 320, 640]], 640, 58],
    ['order.confirmed'],
  ])
  const [offer] = await desk.auronx.catalog.browse(desk.system)
  expect([offer?.stock?.onHand, offer?.stock?.reserved]).toEqual([5, 2])
})

function contentOf(order: Order) {
  const { status, number, currency, lines, totals, confirmation } = order
  return {
    status,
    number,
    currency,
    lines: lines.map(({ sku, quantity, unitAmount, total }) => [sku, quantity, unitAmount, total]),
    payable: totals.payable,
    taxTotal: totals.taxTotal,
    confirmedBy: confirmation?.by,
  }
}

const amounts = z.object({
  lines: z.array(z.object({ quantity: z.number(), unitAmount: z.number(), total: z.number() })),
  totals: z.object({ payable: z.number(), taxTotal: z.number() }),
})

function stepsOf(events: readonly DomainEvent[]): readonly unknown[] {
  return events.map(({ type, data }) => {
    const parsed = amounts.safeParse(data)
    if (!parsed.success) return [type]
    const { lines, totals } = parsed.data
    const each = lines.map(({ quantity, unitAmount, total }) => [quantity, unitAmount, total])
    return [type, each, totals.payable, totals.taxTotal]
  })
}
