import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAuronxError } from '../kernel/index.ts'
import { choiceOf, degrade, maxChoices } from './degrade.ts'
import { checkMessage } from './limits.ts'
import type { ButtonsMessage, ListMessage, OutboundMessage } from './message.ts'

const words = { listButton: 'Options' }

test('buttons that fit stay buttons', () => {
  const message = buttons(['Yes', 'No'])
  expect(degrade(message, words)).toEqual({ message, numbers: {} })
})

test('four buttons become a list', () => {
  expect(degrade(buttons(['A', 'B', 'C', 'D']), words)).toEqual({
    message: {
      kind: 'list',
      body: 'What now?',
      button: 'Options',
      sections: [
        { rows: ['A', 'B', 'C', 'D'].map((title, index) => ({ id: `c${index}`, title })) },
      ],
    },
    numbers: {},
  })
})

test('a title too long for a button becomes a row, its whole text the description', () => {
  const title = 'Flat white with oat milk, large'
  const { message } = degrade(buttons([title, 'Tea']), words)
  expect(message.kind === 'list' && message.sections[0]?.rows[0]).toEqual({
    id: 'c0',
    title: 'Flat white with oat mil…',
    description: title,
  })
})

test('a body too long for buttons becomes the body of a list', () => {
  const { message } = degrade({ ...buttons(['A']), body: 'x'.repeat(1025) }, words)
  expect(message).toMatchObject({ kind: 'list', body: 'x'.repeat(1025) })
})

test('eleven choices become numbered text with a number for each', () => {
  const { message, numbers } = degrade(buttons(letters(11)), words)
  expect(message).toEqual({
    kind: 'text',
    body: `What now?\n\n${letters(11)
      .map((title, index) => `${index + 1}. ${title}`)
      .join('\n')}`,
  })
  expect(Object.keys(numbers)).toHaveLength(11)
  expect(numbers['11']).toBe('c10')
})

test('choices whose shortened titles would look the same become numbered text', () => {
  const same = 'Sandwich with cheese and tomato'
  const { message } = degrade(buttons([`${same}, hot`, `${same}, cold`]), words)
  expect(message).toMatchObject({ kind: 'text' })
  expect(message.kind === 'text' && message.body).toContain(`2. ${same}, cold`)
})

test('a list with too many rows keeps its sections as headings', () => {
  const message: ListMessage = {
    kind: 'list',
    header: 'Menu',
    body: 'What now?',
    footer: 'Open till 8',
    button: 'Open',
    sections: [
      { title: 'Hot', rows: rows(letters(6)) },
      {
        title: 'Cold',
        rows: [{ id: 'x', title: 'Water', description: 'still' }, ...rows(letters(5))],
      },
    ],
  }
  const degraded = degrade(message, words)
  const body = degraded.message.kind === 'text' ? degraded.message.body : ''
  expect(body).toContain('Menu\n\nWhat now?\n\nHot\n1. Item 0\n')
  expect(body).toContain('\nCold\n7. Water – still\n8. Item 0')
  expect(body.endsWith('\n\nOpen till 8')).toBe(true)
  expect(degraded.numbers['7']).toBe('x')
})

test('a document above the buttons stays, with the numbered text as its caption', () => {
  const header = { kind: 'document', media: { id: '7' }, filename: 'quote.pdf' } as const
  expect(degrade({ ...buttons(letters(4)), header }, words).message).toMatchObject({
    kind: 'document',
    media: { id: '7' },
    filename: 'quote.pdf',
    caption: expect.stringContaining('4. Item 3'),
  })
})

test('a picture above the buttons gives way to a list that can be tapped', () => {
  const header = { kind: 'image', media: { id: '7' } } as const
  expect(degrade({ ...buttons(letters(4)), header }, words).message.kind).toBe('list')
})

test('a right-to-left title does not pull its number to the other side', () => {
  const titles = [...letters(10), 'قهوة باردة']
  const { message } = degrade(buttons(titles), words)
  expect(message.kind === 'text' && message.body).toContain('\n11. \u2068قهوة باردة\u2069')
})

test('a link whose body is too long for its button becomes text with the address', () => {
  const body = 'x'.repeat(1025)
  const url = 'https://example.com/quote'
  expect(degrade({ kind: 'link', body, label: 'Open', url }, words).message).toEqual({
    kind: 'text',
    body: `${body}\n\n${url}`,
    previewUrl: true,
  })
})

test('a label too long for its button is shortened', () => {
  const url = 'https://example.com/'
  const label = 'Open the whole catalog'
  const { message } = degrade({ kind: 'link', body: 'Look', label, url }, words)
  expect(message).toMatchObject({ kind: 'link', label: 'Open the whole cata…' })
})

test('long text and captions are shortened', () => {
  const body = 'x'.repeat(5_000)
  expect(checkMessage(degrade({ kind: 'text', body }, words).message).kind).toBe('ok')
  const image = { kind: 'image', media: { id: '1' }, caption: body } as const
  expect(checkMessage(degrade(image, words).message).kind).toBe('ok')
})

test('more choices than one text can hold are refused', () => {
  const attempt = () => degrade(buttons(letters(maxChoices + 1)), words)
  expect(attempt).toThrow('too many choices')
  try {
    attempt()
  } catch (error) {
    expect(isAuronxError(error, 'message_invalid')).toBe(true)
  }
})

const choice = fc.record({
  id: fc.string({ minLength: 1, maxLength: 280 }),
  title: fc.string({ unit: 'grapheme', maxLength: 90 }),
})
const content = {
  body: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 5_000 })
    .filter((one) => one.trim() !== ''),
  footer: fc.option(fc.string({ minLength: 1, maxLength: 90 }), { nil: undefined }),
  choices: fc.array(choice, { minLength: 1, maxLength: maxChoices }),
}

test('whatever the choices, what is sent fits and every choice can be reached', () => {
  fc.assert(
    fc.property(fc.record(content), fc.boolean(), ({ body, footer, choices }, asList) => {
      const frame = { body, ...(footer === undefined ? {} : { footer }) }
      const message: OutboundMessage = asList
        ? { kind: 'list', ...frame, button: 'Open', sections: [{ rows: choices }] }
        : { kind: 'buttons', ...frame, buttons: choices }
      const degraded = degrade(message, words)
      expect(checkMessage(degraded.message)).toEqual({ kind: 'ok' })
      expect(reachable(degraded.message, degraded.numbers)).toEqual(choices.map((one) => one.id))
      expect(degrade(degraded.message, words).message).toEqual(degraded.message)
    }),
    { numRuns: 150 },
  )
})

test.each([
  ['2', 'b'],
  [' 2. ', 'b'],
  ['(2)', 'b'],
  ['02', 'b'],
  ['٢', 'b'],
  ['۲', 'b'],
  ['२', 'b'],
  ['𝟐', 'b'],
  ['2️⃣', 'b'],
  ['10', 'j'],
  ['١٠', 'j'],
  ['0', undefined],
  ['3', undefined],
  ['2 please', undefined],
  ['two', undefined],
  ['2 2', undefined],
  ['', undefined],
  ['constructor', undefined],
])('typed %j means %j', (typed, expected) => {
  expect(choiceOf({ '2': 'b', '10': 'j' }, typed)).toBe(expected)
})

function reachable(message: OutboundMessage, numbers: Readonly<Record<string, string>>): string[] {
  if (message.kind === 'buttons') return message.buttons.map((one) => one.id)
  if (message.kind === 'list') {
    return message.sections.flatMap((section) => section.rows.map((row) => row.id))
  }
  const body = message.kind === 'text' ? message.body : ''
  return Object.entries(numbers).map(([number, id]) => {
    expect(body).toMatch(new RegExp(`^${number}\\.`, 'm'))
    return choiceOf(numbers, number) ?? `unreachable ${id}`
  })
}

function buttons(titles: readonly string[]): ButtonsMessage {
  return { kind: 'buttons', body: 'What now?', buttons: rows(titles) }
}

function rows(titles: readonly string[]) {
  return titles.map((title, index) => ({ id: `c${index}`, title }))
}

function letters(n: number): string[] {
  return Array.from({ length: n }, (_, index) => `Item ${index}`)
}
