import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import { decideTurn } from './decide.ts'
import type { TurnFacts } from './decide.ts'
import type { AssistantTurn } from './store.ts'

const start = new Date('2026-03-02T09:00:00Z')
const conversation = {
  id: asId('ConversationId', 'c'),
  contactId: asId('ContactId', 'ada'),
  channelId: asId('ChannelId', 'n'),
}

const factsAt = (afterMs: number, more: Partial<TurnFacts> = {}): TurnFacts => ({
  conversation,
  messageId: asId('MessageId', `m${afterMs}`),
  answer: 'assistant',
  now: new Date(start.getTime() + afterMs),
  settings: { quietMs: 1_500, quietCapMs: 5_000 },
  newId: asId('TurnId', `t${afterMs}`),
  ...more,
})

const after = (date: Date | undefined): number | undefined =>
  date === undefined ? undefined : date.getTime() - start.getTime()

function openTurn(state: 'waiting' | 'thinking'): AssistantTurn {
  const [turn] = decideTurn(undefined, factsAt(0)).turns
  if (turn === undefined) throw new Error('No turn started')
  return state === 'waiting' ? turn : { ...turn, state, leaseUntil: start, version: 2 }
}

describe('free text', () => {
  test('starts a turn after the quiet window', () => {
    const plan = decideTurn(undefined, factsAt(0))
    expect(plan.job).toEqual({ kind: 'at', at: new Date(start.getTime() + 1_500) })
    expect(plan.turns).toMatchObject([
      { id: 't0', state: 'waiting', messageIds: ['m0'], version: 1 },
    ])
  })

  test('joins a turn that waits, and moves it no further than the cap', () => {
    const plan = decideTurn(openTurn('waiting'), factsAt(4_000))
    expect(plan.turns).toMatchObject([{ id: 't0', messageIds: ['m0', 'm4000'], version: 2 }])
    expect(after(plan.turns[0]?.dueAt)).toBe(5_000)
  })

  test('replaces a turn that thinks by one that answers all of it', () => {
    const { turns, job } = decideTurn(openTurn('thinking'), factsAt(3_000))
    expect(turns).toMatchObject([
      { id: 't0', state: 'done', outcome: 'superseded', version: 3 },
      { id: 't3000', state: 'waiting', messageIds: ['m0', 'm3000'], firstAt: start, version: 1 },
    ])
    expect(turns[0]).not.toHaveProperty('leaseUntil')
    expect(job).toEqual({ kind: 'at', at: new Date(start.getTime() + 4_500) })
  })
})

test('what is answered at once leaves a waiting turn alone and lets a thinking one start over', () => {
  const now = factsAt(1_000, { answer: 'now' })
  expect(decideTurn(undefined, now)).toEqual({ turns: [], job: { kind: 'kept' } })
  expect(decideTurn(openTurn('waiting'), now)).toEqual({ turns: [], job: { kind: 'kept' } })
  const over = decideTurn(openTurn('thinking'), now)
  expect(over.turns).toMatchObject([
    { outcome: 'superseded' },
    { id: 't1000', state: 'waiting', messageIds: ['m0'], firstAt: start },
  ])
  expect(over.job).toEqual({ kind: 'at', at: now.now })
})

test('a person who answers from here on ends the turn', () => {
  for (const state of ['waiting', 'thinking'] as const) {
    const plan = decideTurn(openTurn(state), factsAt(1_000, { answer: 'person' }))
    expect(plan.turns).toMatchObject([{ id: 't0', state: 'done', outcome: 'handed_off' }])
    expect(plan.job).toEqual({ kind: 'cancelled' })
  }
})

test('over any course of a conversation: one open turn at most, no message lost, none due before now or after the cap', () => {
  const step = fc.record({
    pauseMs: fc.integer({ min: 0, max: 9_000 }),
    answer: fc.constantFrom('assistant', 'now', 'person', 'nothing'),
    thinks: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const turns = new Map<string, AssistantTurn>()
      let nowMs = 0
      let waiting = 0
      for (const [index, { pauseMs, answer, thinks }] of steps.entries()) {
        nowMs += pauseMs
        const open = [...turns.values()].find(({ state }) => state !== 'done')
        const current: AssistantTurn | undefined =
          open === undefined || !thinks
            ? open
            : { ...open, state: 'thinking', leaseUntil: start, version: open.version + 1 }
        const newId = asId('TurnId', `turn-${index}`)
        const plan = decideTurn(current, factsAt(nowMs, { answer, newId }))
        for (const turn of plan.turns) turns.set(turn.id, turn)
        waiting = answer === 'person' ? 0 : waiting + (answer === 'assistant' ? 1 : 0)
        const left = [...turns.values()].filter(({ state }) => state !== 'done')
        expect(left.length).toBe(waiting > 0 ? 1 : 0)
        expect(left[0]?.messageIds.length ?? 0).toBe(waiting)
        if (plan.job.kind === 'at') {
          const dueMs = after(plan.job.at) ?? 0
          expect(dueMs).toBeGreaterThanOrEqual(nowMs)
          expect(dueMs).toBeLessThanOrEqual(Math.max(nowMs, (after(left[0]?.firstAt) ?? 0) + 5_000))
          expect(dueMs).toBeLessThanOrEqual(nowMs + 1_500)
        }
      }
    }),
    { seed: 20_261_126, numRuns: 500 },
  )
})
