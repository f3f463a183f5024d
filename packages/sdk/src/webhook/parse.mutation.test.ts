import { expect, test } from 'vitest'
import { createSeededRandom, mutate } from './mutate.ts'
import { readOwnFixtures } from './node-fixtures.ts'
import { parseWebhook } from './parse.ts'

const fixtures = readOwnFixtures().filter(({ name }) => name !== 'object-unknown')
const seed = 11_235_813
const metadata = { phone_number_id: '880000000000009' }
const sibling = { id: 'wamid.SIBLING', from: '15550100199', type: 'text', text: { body: 'here' } }

interface Change {
  readonly field: string
  readonly value: Readonly<Record<string, unknown>>
}

function readChange(text: string): Change {
  const found = JSON.parse(text).entry[0].changes[0]
  return { field: found.field, value: found.value }
}

function wrap(changes: readonly unknown[]): string {
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] })
}

const isSibling = (event: { readonly key: string }): boolean => event.key.endsWith(':wamid.SIBLING')

test('10,000 mutations of bodies never throw, and what they yield can be stored', () => {
  const random = createSeededRandom(seed)
  for (let round = 0; round < 10_000; round += 1) {
    const body = fixtures[round % fixtures.length]?.text ?? ''
    const text = JSON.stringify(mutate(JSON.parse(body), random))
    const where = `seed ${seed}, round ${round}`
    const cut = round % 10 === 0 ? text.slice(0, Math.floor(random() * text.length)) : text
    const { events, unreadable } = parseWebhook(cut)
    expect(unreadable === undefined || events.length === 0, where).toBe(true)
    const stored: unknown = JSON.parse(JSON.stringify(events))
    expect(stored, where).toEqual(events)
    for (const { key } of events)
      expect(key.length <= 300 && !/[^\x21-\x7e]/.test(key), where).toBe(true)
  }
  expect(Object.hasOwn(Object.prototype, 'id')).toBe(false)
})

test('10,000 mutations of an item or a change never lose a valid sibling', () => {
  const random = createSeededRandom(seed + 1)
  for (let round = 0; round < 10_000; round += 1) {
    const { field, value } = readChange(fixtures[round % fixtures.length]?.text ?? '')
    const good = { field: 'messages', value: { metadata, messages: [sibling] } }
    const messages = Array.isArray(value['messages']) ? value['messages'] : []
    const beside = [mutate(messages[0] ?? { id: 'x' }, random), sibling, mutate(sibling, random)]
    const text = wrap([
      mutate({ field, value }, random),
      good,
      { field: 'messages', value: { ...value, metadata, messages: beside } },
    ])
    const { events } = parseWebhook(text)
    const found = events.filter(
      (event) =>
        isSibling(event) &&
        event.kind === 'message' &&
        event.content.type === 'text' &&
        event.content.body === 'here' &&
        event.from.phone === '15550100199',
    )
    expect(found.length, `seed ${seed + 1}, round ${round}`).toBeGreaterThanOrEqual(2)
    expect(events.length, `seed ${seed + 1}, round ${round}`).toBeGreaterThanOrEqual(4)
  }
})

test('10,000 arbitrary byte strings never throw', () => {
  const random = createSeededRandom(seed + 2)
  const body = new TextEncoder().encode(fixtures[0]?.text ?? '')
  for (let round = 0; round < 10_000; round += 1) {
    const bytes = body.slice(0, Math.floor(random() * body.length))
    for (let i = 0; i < 3; i += 1) {
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    }
    const { events } = parseWebhook(bytes)
    expect(JSON.parse(JSON.stringify(events))).toEqual(events)
  }
})
