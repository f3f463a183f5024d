import { describe, expect, test } from 'vitest'
import { locales } from '../accounts/index.ts'
import { messageLimits } from '../outbox/index.ts'
import { matchKeyword } from './keywords.ts'
import { textsOf } from './texts.ts'

const buttons = [
  'browse',
  'orderStatus',
  'person',
  'orderOne',
  'otherQuantity',
  'backToList',
  'confirm',
  'change',
  'cancel',
] as const
const listButtons = ['listButton', 'quantityButton', 'basketButton'] as const
const rows = ['more', 'addMore', 'checkOut', 'menu'] as const
describe.each(locales)('texts in %s', (locale) => {
  const texts = textsOf(locale)
  const all = flatten(texts)

  test('fit the buttons and rows they stand on', () => {
    for (const key of buttons)
      expect(texts[key].length, key).toBeLessThanOrEqual(messageLimits.buttonTitle)
    for (const key of listButtons)
      expect(texts[key].length, key).toBeLessThanOrEqual(messageLimits.listButton)
    for (const key of rows)
      expect(texts[key].length, key).toBeLessThanOrEqual(messageLimits.rowTitle)
  })

  test('differ where they stand side by side', () => {
    for (const group of [
      [texts.browse, texts.orderStatus, texts.person],
      [texts.orderOne, texts.otherQuantity, texts.backToList],
      [texts.confirm, texts.change, texts.cancel],
    ]) {
      expect(new Set(group).size).toBe(group.length)
    }
  })

  test('are neither empty nor long', () => {
    expect(all.length).toBe(flatten(textsOf('en')).length)
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe('')
      expect(text.length, path).toBeLessThanOrEqual(200)
    }
  })

  test('say everything in their own language', () => {
    if (locale === 'en') return
    const english = new Map(flatten(textsOf('en')))
    const same = all.filter(([path, text]) => english.get(path) === text).map(([path]) => path)
    // Total, and Menu in Portuguese, are the same word.
    expect(same.filter((path) => path !== 'total' && path !== 'menu')).toEqual([])
  })

  test('carry their values', () => {
    expect(texts.confirmed('N-7', '€3.00')).toMatch(/N-7.*€3\.00/)
    expect(texts.onlyLeft('Tea', 2)).toMatch(/Tea|2/)
    for (const notice of Object.values(texts.notices)) expect(notice('Tea')).toContain('Tea')
    expect(texts.moreLines(5)).toContain('5')
  })

  test('on buttons are understood when they are typed instead', () => {
    expect(matchKeyword(texts.orderStatus)?.intent).toBe('status')
    expect(matchKeyword(texts.menu)?.intent).toBe('menu')
    expect(matchKeyword(texts.confirm)?.intent).toBe('yes')
    expect(matchKeyword(texts.cancel)?.intent).toBe('no')
  })
})

test.each([
  ['where is my order?', 'status'],
  ['¿Dónde está mi pedido?', 'status'],
  ['Onde está meu pedido', 'status'],
  ['أين طلبي؟', 'status'],
  ['I would like to order', 'browse'],
  ['quiero comprar café', 'browse'],
  ['quero pedir', 'browse'],
  ['أريد شراء قهوة', 'browse'],
  ['HOLA!!! 👋', 'menu'],
  ['bom dia', 'menu'],
  ['السلام عليكم', 'menu'],
  ['quiero hablar con una persona', 'person'],
  ['أريد التحدث مع موظف', 'person'],
  ['falar com atendente', 'person'],
  ['can you put me through to someone?', 'person'],
  ['I need help', 'person'],
  ['Obrigada!', 'thanks'],
  ['شكراً', 'thanks'],
  ['não', 'no'],
  ['SÍ', 'yes'],
])('%s asks for %s', (text, intent) => {
  expect(matchKeyword(text)?.intent).toBe(intent)
})

test.each([
  '',
  '👍',
  'hithere',
  'know',
  'yesterday I bought',
  'menus?',
  '__proto__',
  'constructor',
])('%s is no command by its letters alone', (text) => {
  expect(matchKeyword(text)).toBeUndefined()
})

test.each([
  'a pizza for one person please',
  'something nice for someone special',
  'does the cable support USB-C?',
  'una pizza para una persona',
  'um bolo para uma pessoa',
  'algo para alguien que come poco',
  'هل يكفي شخص واحد',
])('%s is left to the assistant: it asks for nobody to talk to', (text) => {
  expect(matchKeyword(text)?.intent).not.toBe('person')
})

function flatten(texts: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(
    ([key, value]: [string, unknown]): (readonly [string, string])[] => {
      if (typeof value === 'string') return [[prefix + key, value]]
      if (typeof value === 'function')
        return [[prefix + key, String(Reflect.apply(value, undefined, ['Tea', 2]))]]
      return typeof value === 'object' && value !== null
        ? [...flatten(value, `${prefix}${key}.`)]
        : []
    },
  )
}
