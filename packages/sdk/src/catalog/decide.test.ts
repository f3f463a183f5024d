import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import type { VariantId } from '../kernel/index.ts'
import { decideCount, decideRelease, decideTake, overlaps, resolvePrice } from './decide.ts'
import type { Price, Reservation, StockItem, StockLevel } from './store.ts'

const now = new Date('2026-03-02T09:00:00Z')
const later = new Date('2026-03-02T10:00:00Z')
const variant = (name: string): VariantId => asId('VariantId', name)
const level = (
  onHand: number,
  change: Partial<StockItem> = {},
  reservations: readonly Reservation[] = [],
): StockLevel => ({
  item: { variantId: variant('a'), onHand, reserved: 0, policy: 'deny', version: 1, ...change },
  reservations,
})
const hold = { ownerId: 'me', now, state: 'held', expiresAt: later } as const

describe('taking stock', () => {
  test('two lines of one variant count together', () => {
    const two = [
      { variantId: variant('a'), quantity: 1 },
      { variantId: variant('a'), quantity: 1 },
    ]
    expect(decideTake([level(1)], two, hold)).toEqual({
      kind: 'refused',
      reason: 'insufficient_stock',
      shortages: [{ variantId: variant('a'), wanted: 2, left: 1 }],
    })
    expect(decideTake([level(2)], two, hold)).toMatchObject({
      kind: 'taken',
      change: { items: [{ reserved: 2, version: 2 }] },
    })
  })

  test('it is all or nothing', () => {
    const other = { item: { ...level(0).item, variantId: variant('b') }, reservations: [] }
    const wanted = [
      { variantId: variant('a'), quantity: 1 },
      { variantId: variant('b'), quantity: 1 },
    ]
    expect(decideTake([level(5), other], wanted, hold).kind).toBe('refused')
  })

  test('a hold becomes firm without taking twice', () => {
    const held: Reservation = {
      variantId: variant('a'),
      ownerId: 'me',
      quantity: 1,
      state: 'held',
      expiresAt: later,
    }
    const decision = decideTake(
      [level(1, { reserved: 1 }, [held])],
      [{ variantId: variant('a'), quantity: 1 }],
      {
        ownerId: 'me',
        now,
        state: 'committed',
      },
    )
    expect(decision).toMatchObject({
      kind: 'taken',
      change: { items: [{ reserved: 1 }], reservations: [{ ownerId: 'me', state: 'committed' }] },
    })
  })

  test('the overdue hold of somebody else gives way, a live one does not', () => {
    const held: Reservation = {
      variantId: variant('a'),
      ownerId: 'you',
      quantity: 1,
      state: 'held',
      expiresAt: later,
    }
    const wanted = [{ variantId: variant('a'), quantity: 1 }]
    const levels = [level(1, { reserved: 1 }, [held])]
    expect(decideTake(levels, wanted, hold).kind).toBe('refused')
    expect(decideTake(levels, wanted, { ...hold, now: later })).toMatchObject({
      kind: 'taken',
      change: {
        items: [{ reserved: 1 }],
        reservations: [{ ownerId: 'you', state: 'released' }, { ownerId: 'me' }],
      },
    })
  })

  test('back orders go below what is there, untracked variants count nothing', () => {
    const wanted = [{ variantId: variant('a'), quantity: 9 }]
    expect(decideTake([level(1, { policy: 'backorder' })], wanted, hold)).toMatchObject({
      change: { items: [{ reserved: 9 }] },
    })
    expect(decideTake([level(1, { policy: 'untracked' })], wanted, hold)).toMatchObject({
      change: { items: [] },
    })
    expect(decideTake([], wanted, hold).kind).toBe('taken')
  })

  test('whatever happens in whatever order, reserved is the sum of what is active and never beyond what is there', () => {
    const step = fc.record({
      owner: fc.constantFrom('x', 'y', 'z'),
      action: fc.constantFrom(
        'held' as const,
        'committed' as const,
        'release' as const,
        'count' as const,
      ),
      quantity: fc.nat({ max: 6 }),
      minutes: fc.nat({ max: 90 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let item: StockItem = level(10).item
        let at = now.getTime()
        const all = new Map<string, Reservation>()
        for (const { owner, action, quantity, minutes } of steps) {
          at += minutes * 60_000
          const facts = { ownerId: owner, now: new Date(at) }
          const relevant = [...all.values()].filter(
            (held) =>
              held.ownerId === owner ||
              (held.state === 'held' && (held.expiresAt ?? now) <= facts.now),
          )
          const levels = [{ item, reservations: relevant }]
          const change = changeOf(levels, action, quantity, facts)
          item = change?.items[0] ?? item
          for (const held of change?.reservations ?? []) all.set(held.ownerId, held)
          const active = [...all.values()].filter((held) => held.state !== 'released')
          expect(item.reserved).toBe(active.reduce((sum, held) => sum + held.quantity, 0))
          expect(item.reserved).toBeLessThanOrEqual(item.onHand)
        }
      }),
      { numRuns: 500 },
    )
  })
})

function changeOf(
  levels: readonly StockLevel[],
  action: 'held' | 'committed' | 'release' | 'count',
  quantity: number,
  facts: { readonly ownerId: string; readonly now: Date },
) {
  if (action === 'release') return decideRelease(levels, facts.ownerId)
  if (action === 'count') {
    const count = {
      variantId: variant('a'),
      onHand: quantity + 6,
      policy: 'deny',
      reason: 'count',
      now: facts.now,
    } as const
    const decision = decideCount(levels[0], count)
    return decision.kind === 'counted' ? decision.change : undefined
  }
  const expiry = action === 'held' ? { expiresAt: new Date(facts.now.getTime() + 3_600_000) } : {}
  const decision = decideTake(levels, [{ variantId: variant('a'), quantity }], {
    ...facts,
    state: action,
    ...expiry,
  })
  return decision.kind === 'taken' ? decision.change : undefined
}

describe('releasing and counting', () => {
  test('a second release changes nothing', () => {
    const held: Reservation = {
      variantId: variant('a'),
      ownerId: 'me',
      quantity: 2,
      state: 'committed',
    }
    const first = decideRelease([level(5, { reserved: 2 }, [held])], 'me')
    expect(first.items).toMatchObject([{ reserved: 0 }])
    const [item] = first.items
    if (item === undefined) throw new Error('Nothing was released')
    expect(decideRelease([{ item, reservations: first.reservations }], 'me')).toEqual({
      items: [],
      reservations: [],
      movements: [],
    })
  })

  test('a count records the difference, and never undercuts what customers have', () => {
    const count = { variantId: variant('a'), policy: 'deny', reason: 'count', now } as const
    expect(decideCount(undefined, { ...count, onHand: 4 })).toMatchObject({
      change: { items: [{ onHand: 4, version: 1 }], movements: [{ delta: 4, sequence: 1 }] },
    })
    expect(decideCount(level(5, { reserved: 3 }), { ...count, onHand: 2 })).toEqual({
      kind: 'refused',
      reason: 'below_reserved',
    })
    expect(decideCount(level(5), { ...count, onHand: 5 })).toMatchObject({
      change: { items: [], movements: [] },
    })
  })
})

describe('prices', () => {
  const price = (amount: bigint, change: Partial<Price> = {}): Price => ({
    id: asId('PriceId', String(amount)),
    variantId: variant('a'),
    currency: 'EUR',
    amount,
    taxBehavior: 'inclusive',
    minQuantity: 0,
    validFrom: now,
    ...change,
  })

  test('the greatest minimum that the quantity reaches wins, within its time', () => {
    const rows = [
      price(10n, { validTo: later }),
      price(9n, { minQuantity: 5 }),
      price(8n, { validFrom: later }),
    ]
    const at = (quantity: number, when: Date) => resolvePrice(rows, { quantity, at: when })?.amount
    expect([at(1, now), at(5, now), at(1, later), at(1, new Date(now.getTime() - 1))]).toEqual([
      10n,
      9n,
      8n,
      undefined,
    ])
  })

  test('a price may only come last', () => {
    const rows = [price(1n, { validTo: later })]
    expect(overlaps(rows, price(2n, { validFrom: later }))).toBe(false)
    expect(overlaps(rows, price(2n))).toBe(true)
    expect(overlaps([price(1n)], price(2n, { validFrom: later }))).toBe(false)
    expect(overlaps([price(1n)], price(2n))).toBe(true)
    expect(overlaps([price(1n)], price(2n, { currency: 'USD' }))).toBe(false)
  })
})
