import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('a newcomer greets, browses, orders and gets an order number in at most six taps', async () => {
  const ana = shop.customer({ name: 'Ana Prueba' })
  ana.say('hello')
  await ana.hears(/Welcome to Aurora Coffee/)
  ana.tap(/Browse/)
  await ana.hears(/Choose an item/)
  ana.choose(/Flat white/)
  await ana.hears(/Flat white.*€3\.50/s)
  ana.tap(/Order 1/)
  await ana.hears(/1 × Flat white.*Total: €3\.50/s)
  ana.tap(/Confirm/)
  const answer = await ana.hears(/confirmed/)
  expect(answer).toMatch(/ORD-\d{4}-000001/)
  expect(ana.taps()).toBeLessThanOrEqual(6)

  const orders = await shop.desk.orders()
  expect(orders).toMatchObject([
    { status: 'confirmed', customer: 'Ana Prueba', lines: ['1 × Flat white'], total: '€3.50' },
  ])
})

test('the desk shows the thread, what happened to each message, and how far each answer came', async () => {
  const ben = shop.customer({ name: 'Ben Test' })
  shop.simulator.customers.openChat(ben.customer.id)
  ben.say('hello')
  await ben.hears(/Welcome/)
  const thread = await eventually(async () => {
    const conversation = (await shop.desk.conversations()).find(({ name }) => name === 'Ben Test')
    const found = conversation && (await shop.desk.thread(conversation.id))
    return found?.messages.at(-1)?.sending?.delivery === 'read' ? found : undefined
  }, 'an answer that was read')
  const [first, second] = thread.messages
  expect(first).toMatchObject({ direction: 'in', author: 'customer', bubble: { text: 'hello' } })
  expect(first?.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['contact', 'conversation', 'outbox']),
  )
  expect(second).toMatchObject({ direction: 'out', author: 'menu' })
  expect(thread.conversation.windowExpiresAt).toBeDefined()
})

test('a second tap on Confirm answers with the same number and orders nothing more', async () => {
  const cleo = shop.customer({ name: 'Cleo' })
  cleo.say('espresso')
  await cleo.hears(/Espresso/)
  cleo.tap(/Order 1/)
  await cleo.hears(/1 × Espresso/)
  cleo.tap(/Confirm/)
  const first = await cleo.hears(/confirmed/)
  cleo.tap(/Confirm/)
  const again = await cleo.hears(/confirmed/)
  const number = /ORD-\d{4}-\d{6}/.exec(first)?.[0] ?? 'none'
  expect(again).toContain(number)
  expect((await shop.desk.orders()).filter(({ customer }) => customer === 'Cleo')).toHaveLength(1)
})

test('a cancelled proposal is gone and its stock is free again', async () => {
  const dan = shop.customer({ name: 'Dan' })
  dan.say('1 kg')
  await dan.hears(/1 kg/)
  dan.tap(/Order 1/)
  await dan.hears(/1 × House beans, 1 kg/)
  const eve = shop.customer({ name: 'Eve' })
  eve.say('1 kg')
  await eve.hears(/sold out/)
  dan.tap(/Cancel/)
  await dan.hears(/is cancelled/)
  eve.say('1 kg')
  await eve.hears(/1 kg.*€32\.00/s)
})

test('a customer without a phone number orders as well', async () => {
  const noa = shop.customer({ name: 'Noa', username: 'noa.test' })
  expect(noa.customer.phone).toBeUndefined()
  noa.say('croissant')
  await noa.hears(/Croissant/)
  noa.tap(/Order 1/)
  await noa.hears(/1 × Croissant/)
  noa.tap(/Confirm/)
  await noa.hears(/ORD-/)
  const conversation = (await shop.desk.conversations()).find(({ name }) => name === 'Noa')
  expect(conversation?.handle).toBe('@noa.test')
})

test('the page behind the link shows the proposal and confirms it by its button', async () => {
  const fay = shop.customer({ name: 'Fay' })
  fay.say('cappuccino')
  await fay.hears(/Cappuccino/)
  fay.tap(/Order 1/)
  const proposal = await fay.hears(/1 × Cappuccino/)
  const link = /http:\/\/localhost:\d+\/a\/\S{22}/.exec(proposal)?.[0] ?? ''
  const { cookie } = shop
  const page = await fetch(link, { headers: { cookie } })
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toMatch(/1 × <bdi>Cappuccino<\/bdi>.*€3\.20.*Confirm order/s)
  const post = (choice: string) =>
    fetch(link, {
      method: 'POST',
      headers: { cookie, origin: shop.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: `choice=${choice}`,
    })
  const confirmed = await post('confirm')
  expect(await confirmed.text()).toMatch(/confirmed\. ORD-\d{4}-\d{6}/)
  expect(await (await post('cancel')).text()).toMatch(/confirmed\. ORD-\d{4}-\d{6}/)
  expect((await fetch(`${shop.url}/a/${'x'.repeat(22)}`, { headers: { cookie } })).status).toBe(404)
})

describe.each([
  ['es', 'hola', /Café Aurora/, /pedido/i],
  ['pt', 'olá', /Café Aurora/, /pedido/i],
  ['ar', 'مرحبا', /مقهى أورورا/, /طلب/],
])('in %s', (locale, greeting, name, ordered) => {
  let local: TestShop
  beforeAll(async () => {
    local = await openShop({ AURONX_LOCALE: locale })
  })
  afterAll(() => local.close())

  test('the same six taps lead to an order number', async () => {
    const customer = local.customer({ name: 'Cliente' })
    customer.say(greeting)
    await customer.hears(name)
    const first = (kind: 'button' | 'row') => local.firstChoice(customer, kind)
    customer.tap(first('button'))
    await eventually(() => local.hasChoice(customer, 'row'), 'a list')
    customer.choose(first('row'))
    await customer.hears(/1[.,]80/)
    await eventually(() => local.hasChoice(customer, 'button'), 'an item')
    customer.tap(first('button'))
    await customer.hears(/1 ×/)
    customer.tap(first('button'))
    const answer = await customer.hears(/ORD-\d{4}-000001/)
    expect(answer).toMatch(ordered)
    expect(customer.taps()).toBeLessThanOrEqual(6)
  })
})
