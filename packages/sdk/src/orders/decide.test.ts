import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import type { Actor } from '../kernel/index.ts'
import { allowedActions, decide, orderTransitions } from './decide.ts'
import type { OrderCommand } from './decide.ts'
import { orderStatuses } from './store.ts'
import type { OrderStatus } from './store.ts'
import { createRef, createToken } from './tokens.ts'
import { createSeededRandom } from '../testing/random.ts'

const now = new Date('2026-03-02T09:00:00Z')
const soon = new Date(now.getTime() + 1)
const me = asId('ContactId', 'me')
const base = {
  tenantId: asId('TenantId', 't'),
  via: 'whatsapp',
  evidence: { kind: 'message', id: 'm' },
} as const
const actors: Readonly<Record<Actor['kind'], Actor>> = {
  customer: { ...base, kind: 'customer', id: me },
  ai: { ...base, kind: 'ai', id: 'ai', onBehalfOf: me },
  staff: { ...base, kind: 'staff', id: 's' },
  system: { ...base, kind: 'system', id: 'system' },
  integration: { ...base, kind: 'integration', id: 'k' },
}
const commands: readonly OrderCommand[] = [
  'set_lines',
  'propose',
  'edit',
  'confirm',
  'cancel',
  'expire',
]
const kinds: readonly Actor['kind'][] = ['customer', 'ai', 'staff', 'system', 'integration']
const order = (status: OrderStatus) => ({
  status,
  contactId: me,
  confirmBy: soon,
  contentHash: 'h',
})

describe('the life of an order', () => {
  test('every status, command and actor is decided, and only what the table names is allowed', () => {
    // Written out a second time, by hand, so that a slip in the table is seen.
    const expected = new Set([
      ...kinds.flatMap((kind) => [
        `draft set_lines ${kind}`,
        `draft propose ${kind}`,
        `awaiting_customer edit ${kind}`,
      ]),
      ...['customer', 'staff', 'system', 'integration'].flatMap((kind) => [
        `draft cancel ${kind}`,
        `awaiting_customer cancel ${kind}`,
      ]),
      'awaiting_customer confirm customer',
      'awaiting_customer confirm staff',
      'confirmed cancel staff',
    ])
    const allowed = orderStatuses.flatMap((status) =>
      commands.flatMap((command) =>
        kinds
          .filter(
            (kind) =>
              decide(order(status), command, { now, actor: actors[kind], contentHash: 'h' })
                .kind === 'allowed',
          )
          .map((kind) => `${status} ${command} ${kind}`),
      ),
    )
    expect(new Set(allowed)).toEqual(expected)
  })

  test('every status can be reached, and only cancelled and expired have no way out', () => {
    const reached = new Set<OrderStatus>(['draft'])
    for (let round = 0; round < orderStatuses.length; round += 1) {
      for (const { from, to } of orderTransitions) if (reached.has(from)) reached.add(to)
    }
    expect(reached).toEqual(new Set(orderStatuses))
    const finals = orderStatuses.filter(
      (status) => !orderTransitions.some(({ from }) => from === status),
    )
    expect(finals).toEqual(['cancelled', 'expired'])
  })

  test('a proposal can be confirmed until its last millisecond, and expires then', () => {
    const facts = { actor: actors.customer, contentHash: 'h' }
    expect(decide(order('awaiting_customer'), 'confirm', { ...facts, now })).toEqual({
      kind: 'allowed',
      to: 'confirmed',
    })
    expect(decide(order('awaiting_customer'), 'confirm', { ...facts, now: soon })).toEqual({
      kind: 'refused',
      reason: 'expired',
    })
    expect(decide(order('awaiting_customer'), 'expire', { actor: actors.system, now }).kind).toBe(
      'refused',
    )
    expect(
      decide(order('awaiting_customer'), 'expire', { actor: actors.system, now: soon }).kind,
    ).toBe('allowed')
  })

  test('nothing is confirmed without evidence, by the assistant, for another contact, or when it is not what was shown', () => {
    const { evidence: _none, ...silent } = actors.customer
    const why = (actor: Actor, contentHash: string) => {
      const decision = decide(order('awaiting_customer'), 'confirm', { actor, contentHash, now })
      return decision.kind === 'refused' ? decision.reason : decision.kind
    }
    expect(why(silent, 'h')).toBe('not_permitted')
    expect(why(actors.ai, 'h')).toBe('not_permitted')
    expect(why({ ...actors.customer, id: 'you' }, 'h')).toBe('foreign')
    expect(why({ ...actors.ai, onBehalfOf: 'you' }, 'h')).toBe('foreign')
    expect(why(actors.customer, 'other')).toBe('changed')
  })

  test('no sequence of commands of the assistant ends in a confirmed order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 40 }), (sequence) => {
        let status: OrderStatus = 'draft'
        for (const command of sequence) {
          const decision = decide(order(status), command, {
            now,
            actor: actors.ai,
            contentHash: 'h',
          })
          if (decision.kind === 'allowed') status = decision.to
          expect(status === 'confirmed').toBe(false)
        }
      }),
    )
  })

  test('what is offered to an actor is what the decision allows', () => {
    expect(allowedActions(order('awaiting_customer'), actors.customer, now)).toEqual([
      'cancel',
      'edit',
      'confirm',
    ])
    expect(allowedActions(order('confirmed'), actors.customer, now)).toEqual([])
    expect(allowedActions(order('confirmed'), actors.staff, now)).toEqual(['cancel'])
  })
})

describe('tokens and references', () => {
  test('tokens are 22 safe characters and use all of their bits', () => {
    const random = createSeededRandom(7)
    const tokens = Array.from({ length: 500 }, () => createToken(random))
    expect(new Set(tokens).size).toBe(500)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{22}$/u)
    expect(createToken({ bytes: (length) => new Uint8Array(length).fill(255) })).toBe(
      `${'_'.repeat(21)}D`,
    )
  })

  test('references have no characters that are mixed up', () => {
    const random = createSeededRandom(7)
    for (let n = 0; n < 500; n += 1) expect(createRef(random)).toMatch(/^[2-9A-HJ-NP-Z]{8}$/u)
  })
})
