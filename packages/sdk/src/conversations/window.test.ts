import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MessageContent } from '../webhook/index.ts'
import {
  effectsOf,
  eventTime,
  extendWindow,
  isWindowOpen,
  maxAheadMs,
  windowMarginMs,
  windowMs,
} from './window.ts'

const now = new Date('2026-03-02T09:00:00Z')
const instants = fc.integer({ min: 1, max: 4_000_000_000_000 }).map((ms) => new Date(ms))

describe('isWindowOpen', () => {
  test('closes two minutes before the provider does', () => {
    const windowExpiresAt = new Date(now.getTime() + windowMs)
    const last = new Date(windowExpiresAt.getTime() - windowMarginMs - 1)
    expect(isWindowOpen({ windowExpiresAt }, last)).toBe(true)
    expect(isWindowOpen({ windowExpiresAt }, new Date(last.getTime() + 1))).toBe(false)
    expect(isWindowOpen({}, now)).toBe(false)
  })

  test('is decided by the newest message, in whatever order messages come', () => {
    fc.assert(
      fc.property(fc.array(instants, { minLength: 1 }), instants, (times, at) => {
        const fold = (all: readonly Date[]): Date | undefined =>
          all.reduce<Date | undefined>((end, time) => extendWindow(end, time), undefined)
        const end = fold(times)
        expect(fold(times.toReversed())).toEqual(end)
        const newest = Math.max(...times.map(Number))
        const open = end !== undefined && isWindowOpen({ windowExpiresAt: end }, at)
        expect(open).toBe(at.getTime() < newest + windowMs - windowMarginMs)
      }),
    )
  })

  test('may be closed already when a message arrives late', () => {
    const weekAgo = eventTime(now.getTime() - 7 * windowMs, now)
    expect(isWindowOpen({ windowExpiresAt: extendWindow(undefined, weekAgo) }, now)).toBe(false)
  })
})

describe('eventTime', () => {
  test.each([
    ['a past time', now.getTime() - 1000, now.getTime() - 1000],
    ['a time five minutes ahead', now.getTime() + maxAheadMs, now.getTime() + maxAheadMs],
    ['our time for one further ahead', now.getTime() + maxAheadMs + 1, now.getTime()],
    ['our time for none', undefined, now.getTime()],
    ['our time for nonsense', Number.NaN, now.getTime()],
    ['our time for a negative one', -5, now.getTime()],
    ['our time for a fraction', 1.5, now.getTime()],
  ])('takes %s', (_title, given, expected) => {
    expect(eventTime(given, now).getTime()).toBe(expected)
  })
})

test('only what the customer says opens the window', () => {
  const closed: MessageContent[] = [
    { type: 'reaction', messageId: 'm', emoji: '👍' },
    { type: 'system' },
    { type: 'unsupported', errors: [] },
    { type: 'errors', errors: [] },
    { type: 'unknown', rawType: 'x', raw: {} },
    { type: 'revoke', originalMessageId: 'm' },
    { type: 'edit', originalMessageId: 'm', content: { type: 'text', body: 'x' } },
    { type: 'request_welcome' },
    { type: 'media_placeholder' },
  ]
  for (const content of closed) expect(effectsOf(content).window, content.type).toBe(false)
  expect(effectsOf({ type: 'text', body: 'x' })).toEqual({
    window: true,
    interaction: true,
    wakes: true,
  })
  const silent = closed.filter((content) => !effectsOf(content).interaction).map(({ type }) => type)
  expect(silent).toEqual(['system', 'errors', 'revoke', 'media_placeholder'])
})
