import { describe, expect, test } from 'vitest'
import type { Message } from '../conversations/index.ts'
import { asId } from '../kernel/index.ts'
import { cafe } from './assistant.fixture.ts'
import { guardText } from './guards.ts'
import { createHandles } from './handles.ts'
import { injections } from './injections.fixture.ts'
import { factsOf, instructionsOf } from './prompt.ts'
import { transcriptLimits, transcriptOf } from './transcript.ts'

const conversationId = asId('ConversationId', 'c')

function said(body: string, index = 0, ours = false): Message {
  return {
    id: asId('MessageId', `m${index}`),
    conversationId,
    direction: ours ? 'out' : 'in',
    author: ours ? 'menu' : 'customer',
    content: ours
      ? { kind: 'outbound', message: { kind: 'text', body } }
      : { kind: 'inbound', content: { type: 'text', body } },
    at: new Date(index * 1000),
  }
}

function textsOf(messages: readonly Message[]): readonly string[] {
  const { items } = transcriptOf(messages.toReversed(), { conversationId })
  return items.flatMap((item) => ('text' in item ? [item.text] : []))
}

describe('a transcript', () => {
  test('hides numbers behind names that stay the same, and gives them back to the same customer', () => {
    const first = transcriptOf([said('call +1 415 555 0100')], { conversationId })
    const [item] = first.items
    const text = item !== undefined && 'text' in item ? item.text : ''
    expect(text).toMatch(/^\| call \[phone_[a-z\d]{4}\]$/)
    expect(textsOf([said('hello'), said('call 1-415-555-0100', 1)])[1]).toBe(text)
    expect(first.restore(`Is ${text.slice(7)} right?`)).toBe('Is +1 415 555 0100 right?')
    expect(first.restore('[phone_zzzz]')).toBe('…')
  })

  test('is only appended to for many turns, and bounded', () => {
    const thread = Array.from({ length: 400 }, (_none, index) =>
      said(`message ${index}`, index, index % 2 === 1),
    )
    let before: readonly string[] = []
    let cuts = 0
    for (let length = 1; length <= thread.length; length += 1) {
      const now = textsOf(thread.slice(Math.max(0, length - 50), length))
      expect(now.length).toBeLessThanOrEqual(transcriptLimits.messages)
      if (before.some((text, index) => now[index] !== text)) cuts += 1
      before = now
    }
    console.log(`transcript: ${cuts} cuts in 400 messages`)
    expect(cuts).toBeLessThan(100)
  })

  test('of a link with an action token does not show it', () => {
    const link = 'https://shop.example/a/AbCdEfGh12345678901234'
    expect(textsOf([said(`Your order\n${link}`, 0, true)]).join()).not.toContain('AbCdEfGh')
  })
})

describe('text that wants to be an instruction', () => {
  test(`stays text in its frame: ${injections.length} strings`, () => {
    expect(injections.length).toBeGreaterThanOrEqual(500)
    for (const body of injections) {
      const [text = ''] = textsOf([said(body)])
      if (text !== '') expect(text.split('\n').every((line) => line.startsWith('| '))).toBe(true)
      expect(text).not.toMatch(
        /[<>{}`]|[\u200B\u200C\u200E\u200F\u202A-\u202E\u2066-\u2069]|\p{Cc}(?<!\n)/u,
      )
      expect(text).not.toMatch(/\+1 ?415|mallory@|4111/)
    }
  })

  test('does not leave when the model repeats it, unless it is plain words', () => {
    const facts = { handles: createHandles(), settings: cafe }
    const passed = injections.filter((body) => guardText(body, facts).kind === 'passed')
    console.log(
      `guards: ${injections.length - passed.length} of ${injections.length} injections refused as answers`,
    )
    for (const text of passed) expect(text).not.toMatch(/https?:|<\||\p{Sc}|@|!\[|"role"/u)
  })
})

describe('the instructions', () => {
  test('are the same bytes every time, long enough to be cached, and hold no number of the business', async () => {
    const [one, other] = [await instructionsOf(cafe), await instructionsOf({ ...cafe })]
    expect(one).toEqual(other)
    expect(one.text).not.toMatch(/\+1 415/)
    // With the tools more than 1,024 tokens.
    expect(one.text.length).toBeGreaterThan(3_000)
  })

  test('leave everything that changes to the facts, in the time of the business', () => {
    const now = new Date('2026-03-02T23:30:00Z')
    expect(factsOf({ settings: cafe, locale: 'es', now, notes: ['a proposal waits'] })).toEqual({
      kind: 'facts',
      text: 'now: Tuesday 2026-03-03 00:30 (Europe/Madrid)\nanswer in: Spanish\na proposal waits',
    })
  })
})
