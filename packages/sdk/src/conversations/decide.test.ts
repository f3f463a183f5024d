import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../kernel/index.ts'
import { asId } from '../kernel/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import type { InboundFacts } from './arrive.ts'
import { decideEcho, decideInbound } from './arrive.ts'
import type { FoldedConversation } from './decide.ts'
import { allowedActions, conversationActions, decideAction, evolve, transitions } from './decide.ts'
import { expiresAt } from './retention.ts'
import type { Conversation } from './store.ts'

const now = new Date('2026-03-02T09:00:00Z')
const hour = 3_600_000
const later = (ms: number): Date => new Date(now.getTime() + ms)
const kinds = ['customer', 'ai', 'staff', 'system', 'integration'] as const
const actorOf = (kind: Actor['kind'], id = 'somebody'): Actor => ({
  tenantId: asId('TenantId', 't'),
  kind,
  id,
  via: 'dashboard',
})
const text: MessageContent = { type: 'text', body: 'hi' }
const reaction: MessageContent = { type: 'reaction', messageId: 'm', emoji: '👍' }

function conversation(given: Partial<Conversation> = {}): Conversation {
  return {
    id: asId('ConversationId', 'old'),
    contactId: asId('ContactId', 'c'),
    channelId: asId('ChannelId', 'n'),
    owner: 'ai',
    ownerEpoch: 4,
    status: 'open',
    lastInteractionAt: now,
    lastMessageAt: now,
    preview: 'before',
    unreadCount: 1,
    createdAt: now,
    updatedAt: now,
    version: 7,
    ...given,
  }
}

function facts(given: Partial<InboundFacts> = {}): InboundFacts {
  return {
    contactId: asId('ContactId', 'c'),
    channelId: asId('ChannelId', 'n'),
    content: text,
    messageId: asId('MessageId', 'm'),
    at: later(1000),
    preview: 'hi',
    now: later(2000),
    reopenWithinMs: 24 * hour,
    newId: asId('ConversationId', 'new'),
    ...given,
  }
}

describe('decideInbound', () => {
  test('given nothing, when the customer writes, then a conversation starts', () => {
    const decision = decideInbound(undefined, facts())
    expect(decision).toMatchObject({
      kind: 'placed',
      conversation: {
        id: 'new',
        owner: 'ai',
        ownerEpoch: 1,
        status: 'open',
        unreadCount: 1,
        lastInboundMessageId: 'm',
        windowExpiresAt: later(1000 + 24 * hour),
        lastInteractionAt: later(1000),
        version: 1,
      },
      changes: [{ type: 'conversation.started', data: { owner: 'ai', ownerEpoch: 1 } }],
    })
  })

  test('given an open conversation, when the customer writes, then it goes on under its owner', () => {
    const decision = decideInbound(conversation({ owner: 'human', assigneeId: 'm' }), facts())
    expect(decision).toMatchObject({
      kind: 'placed',
      conversation: {
        id: 'old',
        owner: 'human',
        ownerEpoch: 4,
        version: 8,
        unreadCount: 2,
        preview: 'hi',
      },
      changes: [],
    })
  })

  test('given one resolved a while ago, when the customer writes in time, then it reopens with the menus', () => {
    const resolved = conversation({
      status: 'resolved',
      resolvedAt: now,
      owner: 'human',
      assigneeId: 'm',
    })
    const decision = decideInbound(resolved, facts({ now: later(24 * hour) }))
    expect(decision).toMatchObject({
      kind: 'placed',
      conversation: { id: 'old', status: 'open', owner: 'ai', ownerEpoch: 5, version: 8 },
      changes: [{ type: 'conversation.reopened' }],
    })
    expect(decision.kind === 'placed' && 'assigneeId' in decision.conversation).toBe(false)
    expect(decision.kind === 'placed' && 'resolvedAt' in decision.conversation).toBe(false)
  })

  test('given one resolved longer ago, when the customer writes, then a new one starts', () => {
    const resolved = conversation({ status: 'resolved', resolvedAt: now })
    expect(decideInbound(resolved, facts({ now: later(24 * hour + 1) }))).toMatchObject({
      conversation: { id: 'new' },
    })
  })

  test('given an expired one, when the customer writes, then it is left to deletion and a new one starts', () => {
    const at = expiresAt(now)
    expect(decideInbound(conversation(), facts({ now: at, at }))).toMatchObject({
      kind: 'placed',
      conversation: { id: 'new', lastInteractionAt: at },
      closed: {
        conversation: { id: 'old', status: 'resolved', lastInteractionAt: now },
        changes: [{ type: 'conversation.resolved', data: { reason: 'expired' } }],
      },
    })
    const resolved = conversation({ status: 'resolved', resolvedAt: now })
    expect(decideInbound(resolved, facts({ now: at, at }))).not.toHaveProperty('closed')
    expect(decideInbound(resolved, facts({ now: at, at, content: reaction }))).toEqual({
      kind: 'nowhere',
    })
  })

  test('given no conversation, when only a reaction comes, then none starts', () => {
    expect(decideInbound(undefined, facts({ content: reaction }))).toEqual({ kind: 'nowhere' })
  })

  test('given a resolved one, when a reaction comes, then it is kept there without waking anybody', () => {
    const resolved = conversation({ status: 'resolved', resolvedAt: now })
    expect(decideInbound(resolved, facts({ content: reaction }))).toMatchObject({
      conversation: {
        status: 'resolved',
        unreadCount: 1,
        preview: 'before',
        lastInteractionAt: later(1000),
      },
      changes: [],
    })
  })

  test('given a newer message, when an older one arrives late, then nothing goes back', () => {
    const current = conversation({ windowExpiresAt: later(24 * hour), lastInboundAt: now })
    expect(decideInbound(current, facts({ at: later(-hour), preview: 'late' }))).toMatchObject({
      conversation: {
        windowExpiresAt: later(24 * hour),
        lastInboundAt: now,
        lastInteractionAt: now,
        lastMessageAt: now,
        preview: 'before',
        lastInboundMessageId: 'm',
      },
    })
  })
})

describe('decideEcho', () => {
  const { messageId: _message, ...echo } = facts()

  test.each(['ai', 'queue'] as const)(
    'given owner %s, when a colleague answers from the phone, then a person owns it',
    (owner) => {
      expect(decideEcho(conversation({ owner }), echo)).toMatchObject({
        conversation: { owner: 'human', assigneeId: 'phone', ownerEpoch: 5, unreadCount: 0 },
        changes: [
          { type: 'conversation.taken_over', data: { assigneeId: 'phone', ownerEpoch: 5 } },
        ],
      })
    },
  )

  test('given a colleague who owns it, then it stays theirs, and retention does not move', () => {
    const decision = decideEcho(conversation({ owner: 'human', assigneeId: 'm' }), echo)
    expect(decision).toMatchObject({
      conversation: {
        assigneeId: 'm',
        ownerEpoch: 4,
        lastInteractionAt: now,
        lastMessageAt: later(1000),
      },
      changes: [],
    })
  })

  test('given nothing or a resolved one, then the thread starts or reopens with that person', () => {
    expect(decideEcho(undefined, echo)).toMatchObject({
      conversation: { owner: 'human', assigneeId: 'phone', ownerEpoch: 1 },
      changes: [{ type: 'conversation.started' }],
    })
    expect(decideEcho(conversation({ status: 'resolved', resolvedAt: now }), echo)).toMatchObject({
      conversation: { status: 'open', owner: 'human', ownerEpoch: 5 },
      changes: [{ type: 'conversation.reopened', data: { owner: 'human' } }],
    })
  })

  test('given a mere reaction from the phone, then nobody takes over', () => {
    expect(decideEcho(conversation(), { ...echo, content: reaction })).toMatchObject({
      conversation: { owner: 'ai', ownerEpoch: 4 },
      changes: [],
    })
    expect(decideEcho(undefined, { ...echo, content: reaction })).toEqual({ kind: 'nowhere' })
  })
})

describe('decideAction', () => {
  test('changes owner, assignee and epoch together', () => {
    const taken = decideAction(conversation(), {
      action: 'take_over',
      actor: actorOf('staff', 'ann'),
      now,
    })
    expect(taken).toMatchObject({
      conversation: { owner: 'human', assigneeId: 'ann', ownerEpoch: 5, version: 8 },
    })
    const human = conversation({ owner: 'human', assigneeId: 'ann' })
    const back = decideAction(human, { action: 'give_back', actor: actorOf('staff'), now })
    expect(back).toMatchObject({ conversation: { owner: 'ai', ownerEpoch: 5 } })
    expect(back.kind === 'changed' && 'assigneeId' in back.conversation).toBe(false)
  })

  test('keeps the reason of a hand-off as a code', () => {
    const decision = decideAction(conversation(), {
      action: 'hand_off',
      actor: actorOf('customer'),
      now,
      reason: 'asked',
    })
    expect(decision).toMatchObject({
      conversation: { owner: 'queue' },
      changes: [{ type: 'conversation.handed_off', data: { reason: 'asked', ownerEpoch: 5 } }],
    })
  })

  test('never lets the assistant or the customer take over or give back', () => {
    for (const kind of ['ai', 'customer'] as const) {
      for (const action of ['take_over', 'give_back'] as const) {
        const decision = decideAction(conversation({ owner: 'human' }), {
          action,
          actor: actorOf(kind),
          now,
        })
        expect(decision).toEqual({ kind: 'refused', reason: 'not_permitted' })
      }
    }
  })

  test('allows or refuses every owner, status, actor and action, and says beforehand which', () => {
    for (const owner of ['ai', 'queue', 'human'] as const) {
      for (const status of ['open', 'resolved'] as const) {
        for (const kind of kinds) {
          const state = conversation({
            owner,
            status,
            ...(status === 'resolved' ? { resolvedAt: now } : {}),
          })
          const allowed = conversationActions.filter(
            (action) =>
              decideAction(state, { action, actor: actorOf(kind), now }).kind === 'changed',
          )
          expect(allowedActions(state, { kind })).toEqual(allowed)
        }
      }
    }
    expect(Object.keys(transitions)).toEqual([...conversationActions])
  })

  test('folds its events into the same owner, epoch and status, with versions one by one', () => {
    const command = fc.record({
      action: fc.constantFrom(...conversationActions),
      kind: fc.constantFrom(...kinds),
      id: fc.constantFrom('ann', 'ben'),
    })
    const arrival = fc.record({
      arrival: fc.constantFrom('in', 'echo', 'reaction'),
      afterMs: fc.constantFrom(1, hour, 30 * hour),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(command, arrival), { maxLength: 60 }), (steps) => {
        let at = now
        const first = decideInbound(undefined, facts())
        let state = first.kind === 'placed' ? first.conversation : conversation()
        let folded: FoldedConversation | undefined
        for (const change of first.kind === 'placed' ? first.changes : [])
          folded = evolve(folded, change)
        for (const step of steps) {
          const before = state
          if ('action' in step) {
            const decision = decideAction(state, {
              action: step.action,
              actor: actorOf(step.kind, step.id),
              now: at,
            })
            if (decision.kind !== 'changed') continue
            state = decision.conversation
            for (const change of decision.changes) folded = evolve(folded, change)
          } else {
            at = new Date(at.getTime() + step.afterMs)
            const given = facts({
              at,
              now: at,
              newId: before.id,
              content: step.arrival === 'reaction' ? reaction : text,
            })
            const decision =
              step.arrival === 'echo' ? decideEcho(state, given) : decideInbound(state, given)
            if (decision.kind === 'nowhere') continue
            state = decision.conversation
            if (decision.changes.some(({ type }) => type === 'conversation.started'))
              folded = undefined
            for (const change of decision.changes) folded = evolve(folded, change)
            expect(decision.changes.length).toBeLessThanOrEqual(1)
            expect(state.lastInteractionAt.getTime()).toBeGreaterThanOrEqual(
              state.version === 1 ? 0 : before.lastInteractionAt.getTime(),
            )
          }
          expect([before.version + 1, 1]).toContain(state.version)
          const { owner, ownerEpoch, status, assigneeId } = state
          expect(folded).toEqual({
            owner,
            ownerEpoch,
            status,
            ...(assigneeId === undefined ? {} : { assigneeId }),
          })
          expect((owner === 'human') === (assigneeId !== undefined)).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
