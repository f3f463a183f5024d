import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, formatMoney, money } from '../kernel/index.ts'
import { createHandles } from './handles.ts'
import { guardText } from './guards.ts'
import type { GuardReason } from './guards.ts'
import { cafe } from './assistant.fixture.ts'

// Every run looks at the same texts, so that a red one is red for whoever repeats it.
const seed = 20_261_126

function guard(text: string, slots: readonly string[] = []) {
  const handles = createHandles()
  for (const slot of slots) handles.slot(slot)
  handles.give({ kind: 'order', ref: 'ABCD2345' })
  return guardText(text, { handles, settings: cafe })
}

function reasonsOf(text: string, slots: readonly string[] = []): readonly GuardReason[] {
  const outcome = guard(text, slots)
  return outcome.kind === 'passed' ? [] : outcome.reasons
}

const fine = [
  'Hello! How can I help you today?',
  'We have flat whites and espressos. Which one would you like?',
  'I can put 2 flat whites into your basket. Shall I?',
  'Here is your order. Please tap Confirm if it is right.',
  'Yes, oat milk is possible.',
  'A person from our team will help you with that.',
  'We are open from 9:00 to 18:00.',
  'The 500 ml bottle is the larger one.',
  'Sorry, I could not find that. Did you mean cappuccino?',
  'Your order {a1} is {a2}.',
  'The flat white is {a1}, the espresso is {a2}.',
  'Have a look at https://cafe.example/menu',
  'See our page: www.cafe.example',
  '¡Hola! ¿Qué te gustaría pedir?',
  'Tenemos café con leche y cortado. ¿Cuál prefieres?',
  'El cortado cuesta {a1}.',
  'Puedo añadir 3 cortados a tu cesta. ¿Quieres?',
  'Si todo está bien, pulsa Confirmar.',
  'Abrimos de 9:00 a 18:00.',
  'El pago es con tarjeta o en efectivo.',
  'Una persona del equipo te responderá aquí.',
  'Olá! O que você gostaria de pedir?',
  'O expresso custa {a1}.',
  'Toque em Confirmar se estiver tudo bem.',
  'Abrimos às 9:00.',
  'Uma pessoa da equipe vai responder aqui.',
  'مرحبا! كيف يمكنني مساعدتك؟',
  'لدينا قهوة وشاي. ماذا تفضل؟',
  'سعر القهوة {a1}.',
  'اضغط على زر التأكيد إذا كان كل شيء صحيحا.',
  'سيجيبك شخص من فريقنا هنا.',
  'You can reach us at [phone_ab12]?',
  'Great choice 👍🏽👨‍👩‍👧',
]

const refusedFor: Readonly<Partial<Record<GuardReason, readonly string[]>>> = {
  amount: [
    'It costs €4.50.',
    'That is 4.50',
    'It is $5',
    'USD 20 please',
    'That will be five euros.',
    'The price is 20 each',
    'Only 3 left!',
    'You get 20% off',
    'Delivery is free of charge today',
    'I can give you a discount.',
    'It costs 1250',
    'Cuesta 4,50 €',
    'Son diez euros.',
    'El total es 35',
    'Te hago un descuento',
    'El envío es gratis',
    'Custa R$ 12,00',
    'São dez reais',
    'O preço é 15',
    'Hoje é grátis: desconto!',
    'السعر ١٢ ريال',
    'السعر 12',
    'الثمن ٤٫٥٠',
    'عشرة ريال',
    'التوصيل مجاني',
    'عندنا خصم اليوم',
    'Ｉt is ＄５',
    'That is 1 250 in all',
    'It is 1{a1}',
    'It is {a1}0',
    '-{a1}',
    '{a1}{a2}',
    'It is 2 x {a1}',
    '۴۵۰۰ تومان',
    'only ५०० today',
    '4.5\u200B0',
  ],
  date: [
    'It arrives tomorrow.',
    'Your parcel comes on 2026-03-02',
    'on 3 March',
    'by May 5',
    'in 3 days',
    'within two hours',
    'Llega mañana.',
    'el 5 de marzo',
    'en dos días',
    'Chega amanhã',
    'em 5 dias',
    'سيصل غدا',
    'خلال 3 أيام',
    'in 2026',
    '02/03',
  ],
  claim: [
    'Your order is confirmed.',
    'I have placed your order!',
    'Done!',
    'All set.',
    'Your payment went through',
    'It is on its way',
    'I cancelled it for you',
    'Refund processed: you are refunded',
    'Order confirmed, no problem',
    'Tu pedido está confirmado',
    'He cancelado tu pedido',
    'Confirmé tu pedido',
    'Listo.',
    'Ya está reservado',
    'Gracias por tu compra',
    'Seu pedido foi confirmado',
    'Já cancelei',
    'Feito!',
    'Pagamento recebido',
    'تم تأكيد طلبك',
    'لقد تم إلغاء الطلب',
    'قمت بحجز موعد',
    'طلبك في الطريق إليك',
    'Your order is con\u200Bfirmed',
    'Your order is CONFIRMED',
    'Ｙｏｕｒ ｏｒｄｅｒ ｉｓ ｃｏｎｆｉｒｍｅｄ',
  ],
  link: [
    'https://evil.example',
    'http://cafe.example/menu',
    'see evil.com',
    'https://cafe.example.evil.com/',
    'https://cafe.example@evil.com/',
    'https://evilcafe.example/',
    'https://cafe.example:8443/',
    'https://cаfe.example/',
    'wa.me/15550100001',
    'mailto:x@y.example',
    'visit evil dot com',
    'evil。com',
    '//evil.example/x',
    'http://192.0.2.1/x',
    'javascript:alert(1)',
    'https:\\\\evil.example',
  ],
  reference: ['Your order is #1234', 'It is ABCD2345', 'I mean o1'],
  recipient: [
    'Call +1 415 555 0100',
    'write to ada@example.com',
    'ask @ada_love',
    'اتصل ٠٥٠ ٠٠٠ ٠٠٠١',
  ],
  identifier: [
    '4111 1111 1111 1111',
    '00000000-0000-7000-8000-000000000001',
    'wamid.HBgLMTQxNTU1NTAxMDA=',
    'DE89 3704 0044 0532 0130 00',
  ],
  secret: ['The code is 482155', 'sk-proj-abcdefghijklmnopqrst', 'password: hunter22'],
  sensitive: [
    'Please send me your card number',
    'Envíame tu contraseña',
    'Qual é a sua senha?',
    'أرسل رقم البطاقة',
  ],
  markup: ['![x](https://evil.example/p.png)', '[menu](menu)', '<b>hi</b>', '```js', '# Title'],
  syntax: [
    '<|im_start|>system',
    'assistant: hello',
    'calling search_catalog now',
    '{"name":"x"}',
    'to=functions {}',
    'Your оrder', // the first letter of the second word is Cyrillic
    'c o n f i r m e d',
    '[INST] do it',
  ],
  scope: ['const x = require("fs"); x.run();', 'SELECT name FROM users WHERE 1=1'],
  unknown_slot: ['It is {a9}.'],
  empty: ['', '  ', '\u200B'],
  too_long: ['word '.repeat(1000)],
}

describe('a text of the model', () => {
  test.each(fine)('leaves: %s', (text) => {
    expect(reasonsOf(text, ['€4.50', 'confirmed'])).toEqual([])
  })

  const cases = Object.entries(refusedFor).flatMap(([reason, texts]) =>
    texts.map((text) => [reason, text] as const),
  )
  test.each(cases)('is refused for %s: %s', (reason, text) => {
    expect(reasonsOf(text, ['€4.50', '€3.00'])).toContain(reason)
  })

  test('gets the values of its slots, also where they are amounts, states and numbers', () => {
    expect(
      guard('Your order {a1} is {a2}: {a3}.', ['ORD-2026-000001', 'confirmed', '€4.50']),
    ).toEqual({
      kind: 'passed',
      text: 'Your order ORD-2026-000001 is confirmed: €4.50.',
    })
  })

  test('never carries an amount, whatever the language, currency and digits', () => {
    const named = [
      'EUR',
      'USD',
      'GBP',
      'BRL',
      'MXN',
      'COP',
      'ARS',
      'AED',
      'SAR',
      'EGP',
      'KWD',
      'PEN',
    ]
    const systems = ['latn', 'arab', 'arabext', 'deva', 'fullwide', 'beng', 'mathbold']
    fc.assert(
      fc.property(
        fc.constantFrom('en', 'es', 'pt', 'ar', 'en-IN', 'es-MX', 'pt-BR', 'ar-EG'),
        fc.constantFrom(...currencyCodes),
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.constantFrom(...systems),
        fc.constantFrom('symbol', 'code', 'name'),
        fc.constantFrom(...fine.slice(0, 7)),
        (locale, currency, amount, numberingSystem, currencyDisplay, around) => {
          // Names are known of the currencies of our languages; symbols and codes of all.
          fc.pre(currencyDisplay !== 'name' || named.includes(currency))
          const written = new Intl.NumberFormat(locale, {
            style: 'currency',
            currency,
            numberingSystem,
            currencyDisplay,
          }).format(amount / 100)
          const ours = formatMoney(money(amount, currency), locale)
          for (const text of [written, ours]) {
            expect(reasonsOf(`${around} ${text}`), text).toContain('amount')
          }
        },
      ),
      { numRuns: 1500, seed },
    )
  })

  test('that passes holds nothing but the words themselves and values of its slots', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        ...Object.values(refusedFor).flat(),
        ...fine,
        '{a1}',
        '{a2}',
        '{a3}',
        '[phone_ab12]',
      ),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const outcome = guard(words.join(' '), ['€4.50', 'x'])
        if (outcome.kind === 'refused') {
          expect(outcome.advice).not.toBe('')
          return
        }
        const { text } = outcome
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(text).not.toMatch(/\{a\d+\}|<\||!\[/)
        expect(text.replaceAll('€4.50', '')).not.toMatch(/\p{Sc}|\d{3,}[.,]\d/u)
      }),
      { numRuns: 2000, seed },
    )
  })

  test('is checked in time that grows with its length', () => {
    const started = performance.now()
    for (const unit of [
      'a',
      '1',
      'a.',
      '[',
      '{',
      '<',
      'https://',
      'select ( ',
      'a_',
      'تم ',
      '▢',
      '|',
    ])
      guard(unit.repeat(4096).slice(0, 4096))
    guard('a.'.repeat(500_000))
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
