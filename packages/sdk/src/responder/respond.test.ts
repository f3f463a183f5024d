import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../conversations/index.ts'
import { asId } from '../kernel/index.ts'
import { degrade } from '../outbox/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import { bodyOf, createChat, optionsOf } from './chat.fixture.ts'
import { loopBudget } from './handoff.ts'
import { read } from './read.ts'
import { createFakeShop, variantOf } from './shop.fixture.ts'
import { textsOf } from './texts.ts'

const coffee = () => [
  { title: 'Espresso', price: 2, stock: 50, description: 'Short and strong' },
  { title: 'Flat white', price: 4, stock: 3 },
  { title: 'Cheesecake', price: 5, stock: 0 },
]
const en = textsOf('en')
const outcomes = (reply: {
  trace: readonly { step: string; outcome: string }[]
}): readonly string[] => reply.trace.map(({ step, outcome }) => `${step}:${outcome}`)

describe('a first order', () => {
  test.each(['en', 'es', 'pt', 'ar'] as const)(
    'takes at most six messages from greeting to order number (%s)',
    async (locale) => {
      const shop = createFakeShop(coffee())
      const chat = createChat({ shop }, { locale })
      const texts = textsOf(locale)
      await chat.say({ en: 'Hello!', es: '¡Hola!', pt: 'Olá', ar: 'مرحبًا' }[locale])
      await chat.tap(texts.browse)
      await chat.tap('Espresso')
      await chat.tap(texts.orderOne)
      const done = await chat.tap(texts.confirm)
      expect(chat.thread.filter(({ direction }) => direction === 'in')).toHaveLength(5)
      expect(bodyOf(done)).toBe(texts.confirmed('N-1', '€2.00'))
      expect(done.trace.at(-1)).toEqual({ step: 'action', outcome: 'confirmed' })
      expect(shop.evidence).toEqual([{ kind: 'message', id: expect.stringMatching(/^m\d+$/) }])
      await chat.tap(texts.orderStatus)
      expect(
        bodyOf({ ...done, messages: [chat.outbound() ?? { kind: 'text', body: '' }] }),
      ).toContain(texts.status.confirmed)
    },
  )

  test('asks for a quantity, takes a typed number beyond the rows and shows what is left', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.say('menu')
    await chat.tap(en.browse)
    await chat.tap('Espresso')
    await chat.tap(en.otherQuantity)
    expect(bodyOf(await chat.say('12'))).toContain('12 × Espresso · €24.00')
    await chat.tapId(`nav:quantity:${variantOf(1)}`)
    expect(bodyOf(await chat.tap('7'))).toBe(en.onlyLeft('Flat white', 3))
  })

  test('takes a typed quantity in the digits of the customer’s language', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) }, { locale: 'ar' })
    await chat.tapId(`nav:quantity:${variantOf(0)}`)
    expect(bodyOf(await chat.say('١٢'))).toContain('12 × Espresso')
  })

  test('can be changed: an item added, one taken out, and confirmed after all', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.tapId(`nav:add:${variantOf(0)}:2`)
    await chat.tap(en.change)
    expect(chat.outbound()).toMatchObject({
      kind: 'list',
      body: expect.stringContaining('2 × Espresso'),
    })
    await chat.tap(en.addMore)
    await chat.tap('Flat white')
    const both = await chat.tap(en.orderOne)
    expect(bodyOf(both)).toContain('Total: €8.00')
    await chat.tap(en.change)
    expect(bodyOf(await chat.tap(/Espresso/))).toContain('Total: €4.00')
    await chat.tap(en.checkOut)
    expect(bodyOf(await chat.tap(en.confirm))).toBe(en.confirmed('N-1', '€4.00'))
  })

  test('can be emptied and cancelled', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    await chat.tap(en.change)
    expect(bodyOf(await chat.tap(/Remove/))).toBe(en.emptyBasket)
    expect(bodyOf(await chat.tapId('nav:propose'))).toBe(en.emptyBasket)
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    expect(bodyOf(await chat.tap(en.cancel))).toMatch(/cancelled/)
  })
})

describe('action buttons', () => {
  const proposed = async () => {
    const shop = createFakeShop(coffee())
    const chat = createChat({ shop })
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    const [confirm] = optionsOf(chat.outbound())
    return { shop, chat, confirm: confirm?.id ?? '' }
  }

  test('answer a second tap with the first one’s result', async () => {
    const { chat, confirm } = await proposed()
    await chat.tapId(confirm)
    expect(bodyOf(await chat.tapId(confirm))).toBe(en.confirmedAlready('N-1'))
  })

  test('do nothing in somebody else’s chat', async () => {
    const { shop, confirm } = await proposed()
    const thief = createChat({ shop }, { contact: 'eve' })
    expect(bodyOf(await thief.tapId(confirm))).toBe(en.notYours)
    expect(shop.evidence).toEqual([])
  })

  test('say so when they are unknown or the offer has expired', async () => {
    const { shop, chat, confirm } = await proposed()
    expect(bodyOf(await chat.tapId('act:0123456789abcdef0123'))).toBe(en.unknownButton)
    shop.expire()
    expect(bodyOf(await chat.tapId(confirm))).toBe(en.expired)
  })

  test('propose again when a price has changed, and confirm nothing', async () => {
    const { shop, chat, confirm } = await proposed()
    const espresso = shop.products.get(variantOf(0))
    if (espresso !== undefined) espresso.price = 3
    const again = await chat.tapId(confirm)
    expect(bodyOf(again)).toContain(en.changed)
    expect(bodyOf(again)).toContain('Total: €3.00')
    expect(shop.evidence).toEqual([])
    expect(bodyOf(await chat.tap(en.confirm))).toBe(en.confirmed('N-1', '€3.00'))
  })

  test('still count while a person owns the conversation; everything else is that person’s', async () => {
    const { chat, confirm } = await proposed()
    chat.owner = 'human'
    expect((await chat.say('menu')).messages).toEqual([])
    expect((await chat.say('yes')).messages).toEqual([])
    const silent = await chat.tapId('nav:browse:0')
    expect(outcomes(silent)).toEqual(['read:tap', 'gate:human_owns'])
    expect(bodyOf(await chat.tapId(confirm))).toBe(en.confirmed('N-1', '€2.00'))
  })
})

describe('typed answers', () => {
  test.each(['yes', 'OK!', '1', 'Confirm', 'sí', 'نعم', '١.'])(
    '%s confirms our proposal while it is the last message',
    async (word) => {
      const shop = createFakeShop(coffee())
      const chat = createChat({ shop })
      await chat.tapId(`nav:add:${variantOf(0)}:1`)
      expect(bodyOf(await chat.say(word))).toBe(en.confirmed('N-1', '€2.00'))
      expect(shop.evidence).toHaveLength(1)
    },
  )

  test('no cancels it', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    expect(bodyOf(await chat.say('nope'))).toBe(en.cancelled('R1'))
  })

  test.each(['ai', 'staff', 'phone', 'menu', 'system'] as const)(
    'confirm nothing once %s wrote something after it',
    async (author) => {
      const shop = createFakeShop(coffee())
      const chat = createChat({ shop })
      await chat.tapId(`nav:add:${variantOf(0)}:1`)
      chat.weSay(author, 'It also comes with milk.')
      expect(bodyOf(await chat.say('yes'))).toBe(en.nothingToConfirm)
      await chat.say('1')
      expect(shop.evidence).toEqual([])
    },
  )

  test('choose from a list that was shown as numbered text', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.tapId('nav:browse:0')
    expect(bodyOf(await chat.say('2'))).toContain('Flat white')
    await chat.tapId('nav:browse:0')
    expect(bodyOf(await chat.say('flat WHITE'))).toContain('€4.00')
  })
})

describe('a menu that had to become numbered text', () => {
  const rows = Array.from({ length: 12 }, (_none, index) => ({
    id: `nav:item:${variantOf(index % 2)}`,
    title: `Choice ${index + 1}`,
  }))
  const shown = degrade(
    { kind: 'list', body: 'Which one?', button: 'See', sections: [{ rows }] },
    { listButton: 'See' },
  )
  const offer = (chat: ReturnType<typeof createChat>, author: 'menu' | 'staff' = 'menu'): void => {
    chat.weSend(author, { kind: 'outbound', ...shown })
  }

  test('is chosen from by the number the customer saw', async () => {
    expect(shown.message.kind).toBe('text')
    const chat = createChat({ shop: createFakeShop(coffee()) })
    offer(chat)
    expect(bodyOf(await chat.say('12'))).toContain('Flat white')
    offer(chat)
    expect(bodyOf(await chat.say('(١١)'))).toContain('Espresso')
    offer(chat)
    expect(outcomes(await chat.say('13'))[0]).toBe('read:text')
  })

  test('is not chosen from any more when something else was said after it', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.tapId('nav:browse:0')
    offer(chat)
    chat.weSay('menu', 'We close at six.')
    expect(outcomes(await chat.say('2'))[0]).toBe('read:text')
    offer(chat, 'staff')
    expect(outcomes(await chat.say('2'))[0]).toBe('read:text')
  })

  test('is confirmed by yes when it is a proposal', async () => {
    const shop = createFakeShop(coffee())
    const chat = createChat({ shop })
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    const ids = optionsOf(chat.outbound()).map(({ id }) => id)
    const numbers = Object.fromEntries(ids.map((id, index) => [String(index + 1), id]))
    chat.weSend('menu', { kind: 'outbound', message: { kind: 'text', body: '1. Yes' }, numbers })
    expect(bodyOf(await chat.say('yes'))).toBe(en.confirmed('N-1', '€2.00'))
  })

  test.each(['flat white', '⁨قهوة تركية⁩', 'Tea – with milk', 'tea'])(
    'is chosen by a title where the choices became numbered text: %s',
    async (typed) => {
      const products = [
        { title: 'Flat white', price: 4, stock: 3 },
        { title: 'قهوة تركية', price: 3, stock: 3 },
        { title: 'Tea', price: 2, stock: 3 },
      ]
      const chat = createChat({ shop: createFakeShop(products) })
      const rows = products.map(({ title }, index) => ({
        id: `nav:item:${variantOf(index)}`,
        title,
        ...(title === 'Tea' ? { description: 'with milk' } : {}),
      }))
      // More choices than a list can show.
      const more = Array.from({ length: 9 }, (_none, index) => ({
        id: `x${index}`,
        title: `x${index}`,
      }))
      const sections = [{ rows: [...rows, ...more] }]
      const list = { kind: 'list', body: 'We have\n1. nothing', button: 'See', sections } as const
      const { message, numbers } = degrade(list, { listButton: 'See' })
      expect(message.kind).toBe('text')
      chat.weSend('menu', { kind: 'outbound', message, numbers })
      expect(outcomes(await chat.say(typed))[0]).toBe('read:typed')
      chat.weSend('menu', { kind: 'outbound', message, numbers })
      expect(outcomes(await chat.say('nothing'))[0]).toBe('read:text')
    },
  )
})

describe('a typed yes', () => {
  test('does not confirm an order that is too large for it: the buttons come again, and a tap does', async () => {
    const shop = createFakeShop(coffee())
    shop.typedLimit = 1
    const chat = createChat({ shop })
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    expect(bodyOf(await chat.say('yes'))).toContain(en.needsButton)
    expect(shop.evidence).toEqual([])
    expect(bodyOf(await chat.tap(en.confirm))).toBe(en.confirmed('N-1', '€2.00'))
  })

  test('does not confirm as the caption of a picture', async () => {
    const shop = createFakeShop(coffee())
    const chat = createChat({ shop })
    await chat.tapId(`nav:add:${variantOf(0)}:1`)
    await chat.send({ type: 'image', media: { id: '1' }, caption: 'yes' })
    expect(shop.evidence).toEqual([])
  })

  test('that was forwarded is somebody else’s', () => {
    const content = { type: 'text', body: 'yes' } as const
    const message: Message = {
      id: asId('MessageId', 'm'),
      conversationId: asId('ConversationId', 'c'),
      direction: 'out',
      author: 'menu',
      at: new Date(0),
      content: {
        kind: 'outbound',
        message: {
          kind: 'buttons',
          body: 'Your order',
          buttons: ['a', 'b', 'c'].map((title) => ({ id: `act:${title.repeat(22)}`, title })),
        },
      },
    }
    expect(read({ content, recent: [message] }).kind).toBe('typed')
    expect(read({ content, recent: [message], forwarded: true }).kind).toBe('text')
    expect(read({ content, recent: [{ ...message, author: 'ai' }] }).kind).toBe('text')
  })
})

describe('the list', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_none, index) => ({
      title: `Item ${index + 1}`,
      price: 1,
      stock: 1,
    }))

  test('reaches every item over pages of at most ten rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (count) => {
        const chat = createChat({ shop: createFakeShop(many(count)) })
        await chat.tapId('nav:browse:0')
        const seen: string[] = []
        for (;;) {
          const titles = optionsOf(chat.outbound()).map(({ title }) => title)
          expect(titles.length).toBeLessThanOrEqual(10)
          seen.push(...titles.filter((title) => title !== en.more))
          if (!titles.includes(en.more)) break
          await chat.tap(en.more)
        }
        expect(seen).toEqual(many(count).map(({ title }) => title))
        await chat.tapId('nav:browse:9999')
        expect(optionsOf(chat.outbound()).at(-1)?.title).toBe(`Item ${count}`)
      }),
      { numRuns: 25 },
    )
  })

  test('says that there is nothing, that something is sold out, that something is gone', async () => {
    const empty = createChat({ shop: createFakeShop([]) })
    expect(bodyOf(await empty.say('catalog'))).toBe(en.emptyCatalog)
    const chat = createChat({ shop: createFakeShop(coffee()) })
    await chat.tapId('nav:browse:0')
    expect(bodyOf(await chat.tap('Cheesecake'))).toBe(en.soldOut('Cheesecake'))
    expect(bodyOf(await chat.tapId(`nav:add:${variantOf(2)}:1`))).toBe(en.soldOut('Cheesecake'))
    expect(bodyOf(await chat.tapId(`nav:item:${variantOf(9)}`))).toBe(en.itemGone)
    expect(bodyOf(await chat.tapId(`nav:remove:${variantOf(9)}`))).toBe(en.itemGone)
  })

  test('keeps within Meta’s limits whatever the business calls its goods, also when degraded', async () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 200 })
    const product = fc.record({
      title: anyText,
      description: anyText,
      price: fc.nat(99),
      stock: fc.constant(200),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(product, { minLength: 1, maxLength: 15 }),
        fc.constantFrom('en', 'es', 'pt', 'ar'),
        async (products, locale) => {
          const chat = createChat({ shop: createFakeShop(products) }, { locale })
          await chat.tapId('nav:browse:0')
          for (const index of products.keys()) {
            await chat.tapId(`nav:item:${variantOf(index)}`)
            await chat.tapId(`nav:quantity:${variantOf(index)}`)
            await chat.tapId(`nav:add:${variantOf(index)}:9`)
          }
          const last = chat.outbound()
          expect(last !== undefined && degrade(last, { listButton: 'Options' }).message).toEqual(
            last,
          )
          const body = last !== undefined && 'body' in last ? last.body : ''
          expect(body).toContain(
            textsOf(locale).total(`€${products.reduce((sum, { price }) => sum + price * 9, 0)}.00`),
          )
          await chat.tap(textsOf(locale).change)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('finds an item by its name', async () => {
    const chat = createChat({
      shop: createFakeShop([...coffee(), { title: 'Iced espresso', price: 3, stock: 1 }]),
    })
    expect(bodyOf(await chat.say('one flat white please'))).toContain('€4.00')
    expect(optionsOf((await chat.say('espresso')).messages[0]).map(({ title }) => title)).toEqual([
      'Espresso',
      'Iced espresso',
    ])
  })
})

describe('a WhatsApp cart', () => {
  const cart = (...items: [string, number][]): MessageContent => ({
    type: 'order',
    items: items.map(([retailerId, quantity]) => ({
      retailerId,
      quantity,
      itemPrice: '0.01',
      currency: 'EUR',
    })),
  })

  test('becomes a proposal with our prices and says what differs', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    const reply = await chat.send(cart(['Flat white', 9], ['Tea', 1]))
    expect(bodyOf(reply)).toContain('3 × Flat white · €12.00')
    expect(bodyOf(reply)).toContain(en.notices.quantity_reduced('Flat white'))
    expect(bodyOf(reply)).toContain(en.notices.unknown_item(en.unnamedItem))
    expect(reply.trace[0]).toEqual({ step: 'read', outcome: 'cart', detail: { items: 2 } })
  })

  test('without anything we sell, or without any quantity, is answered politely', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(bodyOf(await chat.send(cart(['Tea', 1])))).toBe(en.itemGone)
    expect(bodyOf(await chat.send(cart(['Espresso', 0], ['Espresso', 1.5])))).toBe(en.emptyBasket)
    expect(bodyOf(await chat.send(cart()))).toBe(en.emptyBasket)
  })
})

describe('free text', () => {
  test('that nobody understands gets the welcome first, then the fallback, then a person, then silence', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(bodyOf(await chat.say('asdf'))).toBe(en.welcome('Café Sol'))
    expect(bodyOf(await chat.say('asdf'))).toBe(en.fallback)
    expect(bodyOf(await chat.say('qwer'))).toBe(en.fallback)
    const last = await chat.say('zxcv')
    expect(last).toMatchObject({
      handOff: { reason: 'not_understood' },
      messages: [{ kind: 'text' }],
    })
    expect((await chat.say('hello?? anybody')).messages).toEqual([])
  })

  test('that asks for a person hands over once; who waits may still use the menu', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    const asked = await chat.say('I want to speak to a human, not a bot')
    expect(asked).toMatchObject({
      handOff: { reason: 'customer_asked' },
      messages: [{ kind: 'text', body: en.handOff }],
    })
    expect((await chat.say('my coffee was cold')).messages).toEqual([])
    expect(bodyOf(await chat.say('agent'))).toBe(en.waiting)
    expect((await chat.say('agent')).messages).toEqual([])
    expect(bodyOf(await chat.say('menu'))).toBe(en.welcome('Café Sol'))
    await chat.tap(en.browse)
    expect(chat.outbound()?.kind).toBe('list')
  })

  test('is not answered for ever: a machine on the other side ends with a person', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    for (let index = 0; index < loopBudget.replies; index += 1)
      expect((await chat.say('hello')).handOff).toBeUndefined()
    expect((await chat.say('hello')).handOff).toEqual({ reason: 'reply_loop' })
    chat.owner = 'ai'
    expect((await chat.tapId('nav:browse:0')).messages).toHaveLength(1)
    chat.wait(loopBudget.withinMs)
    expect(bodyOf(await chat.say('hello'))).toBe(en.welcome('Café Sol'))
  })

  test('thanks, yes and no without a question are answered for what they are', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(bodyOf(await chat.say('Thank you!!'))).toBe(en.youAreWelcome)
    expect(bodyOf(await chat.say('yes'))).toBe(en.nothingToConfirm)
  })
})

describe('the assistant', () => {
  const withAssistant = () => createChat({ shop: createFakeShop(coffee()), assistant: true })

  test('is left free text for later; menu words, taps and asking for a person are answered at once', async () => {
    const chat = withAssistant()
    const asked = await chat.say('when do you open?')
    expect([asked.later, asked.messages, outcomes(asked)]).toEqual([
      true,
      [],
      ['read:text', 'assistant:wanted'],
    ])
    for (const reply of [
      await chat.say('menu'),
      await chat.tap(en.browse),
      await chat.say('can I talk to a person please'),
    ]) {
      expect(reply.later).toBeUndefined()
      expect(reply.messages).not.toEqual([])
    }
    expect(chat.owner).toBe('queue')
  })

  test('takes a menu word within a sentence for a question', async () => {
    const sentence = 'what does it cost to order two?'
    expect((await withAssistant().say(sentence)).later).toBe(true)
    const without = createChat({ shop: createFakeShop(coffee()) })
    expect(outcomes(await without.say(sentence))).toEqual(['read:text', 'menu:list'])
  })

  test('is not wanted while a person owns the conversation or is awaited', async () => {
    const chat = withAssistant()
    for (const owner of ['human', 'queue'] as const) {
      chat.owner = owner
      const reply = await chat.say('when do you open?')
      expect([reply.later, reply.messages]).toEqual([undefined, []])
    }
  })
})

test('who waits for a person is told how long it usually takes, where the business says so', async () => {
  const deps = { shop: createFakeShop(coffee()) }
  const minutes = createChat(deps, { personWithinMinutes: 20 })
  expect(bodyOf(await minutes.say('person'))).toBe(`${en.handOff} ${en.personWithin(20)}`)
  const hours = createChat(deps, { personWithinMinutes: 90 })
  expect(bodyOf(await hours.say('person'))).toContain('2 h')
})

describe('other kinds of messages', () => {
  const media = { id: '1' }

  test.each<MessageContent>([
    { type: 'image', media },
    { type: 'audio', media, voice: true },
    { type: 'sticker', media, animated: false },
    { type: 'video', media },
    { type: 'document', media },
    { type: 'location' },
    { type: 'contacts', contacts: [] },
    { type: 'flow_reply', name: 'flow', responseJson: '{}' },
    { type: 'unsupported', errors: [] },
    { type: 'unknown', rawType: 'hologram', raw: {} },
    { type: 'text', body: '   ' },
  ])('$type gets a polite answer, once for several in a row', async (content) => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(bodyOf(await chat.send(content))).toBe(en.cannotRead)
    expect((await chat.send(content)).messages).toEqual([])
    chat.wait(60_000)
    expect((await chat.send(content)).messages).toHaveLength(1)
  })

  test.each<MessageContent>([
    { type: 'reaction', messageId: 'w', emoji: '👍' },
    { type: 'system' },
    { type: 'edit', originalMessageId: 'w', content: { type: 'text', body: 'menu' } },
    { type: 'revoke', originalMessageId: 'w' },
    { type: 'errors', errors: [] },
    { type: 'media_placeholder' },
    { type: 'call_permission_reply', response: 'accept' },
  ])('$type gets none', async (content) => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(await chat.send(content)).toMatchObject({ messages: [] })
  })

  test('a caption is read like text', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(bodyOf(await chat.send({ type: 'image', media, caption: 'menu' }))).toBe(
      en.welcome('Café Sol'),
    )
  })

  test('a thread that another app owns is only observed', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    chat.standby = true
    expect(outcomes(await chat.say('menu'))).toEqual(['read:text', 'gate:standby'])
  })

  test('a template button is read by its payload, else by its text', async () => {
    const chat = createChat({ shop: createFakeShop(coffee()) })
    expect(
      bodyOf(await chat.send({ type: 'template_button', payload: 'nav:status', text: 'x' })),
    ).toBe(en.noOrders)
    expect(
      bodyOf(await chat.send({ type: 'template_button', payload: 'Menu', text: 'Menu' })),
    ).toBe(en.welcome('Café Sol'))
  })

  test('no text and no id makes it throw, and nothing personal stands in its trace', async () => {
    const shop = createFakeShop(coffee())
    const anything = fc.string({ unit: 'binary', maxLength: 80 })
    const ids = fc.oneof(
      anything.map((rest) => `nav:${rest}`),
      anything.map((rest) => `act:${rest}`),
      fc.constantFrom(
        'nav:add:__proto__:1',
        `nav:add:${variantOf(0)}:0`,
        `nav:add:${variantOf(0)}:100`,
        'nav:browse:-1',
        'nav:item:1',
      ),
    )
    const content = fc.oneof(
      anything.map((body): MessageContent => ({ type: 'text', body })),
      fc
        .tuple(ids, anything)
        .map(([id, title]): MessageContent => ({ type: 'list_reply', id, title })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 6 }), async (contents) => {
        const chat = createChat({ shop })
        for (const one of contents) {
          const reply = await chat.send(one)
          for (const { outcome } of reply.trace) expect(outcome).toMatch(/^[a-z_]+$/)
        }
        expect(shop.evidence).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
