import { expect, test } from 'vitest'
import { createShop } from './orders/shop.ts'
import { openShopFloor } from './orders/shop-floor.fixture.ts'
import type { ShopFloor } from './orders/shop-floor.fixture.ts'
import { createChat } from './responder/chat.fixture.ts'
import type { Chat } from './responder/chat.fixture.ts'
import { en } from './responder/texts.en.ts'
import { asId } from './kernel/index.ts'
import type { VariantId } from './kernel/index.ts'

/** A customer whose draft holds tea and milk, and what happened to the tea since. */
async function openBasket(): Promise<{
  readonly floor: ShopFloor
  readonly chat: Chat
  readonly tea: VariantId
  readonly cake: VariantId
}> {
  const floor = await openShopFloor()
  const tea = await floor.sell('tea', 300, 1)
  const milk = await floor.sell('milk', 100)
  const cake = await floor.sell('cake', 400)
  const contact = floor.ids.next('ContactId')
  const chat = createChat({ shop: createShop({ ...floor, locale: 'en' }) }, { contact })
  await chat.tapId(`nav:add:${tea}:1`)
  await chat.tapId(`nav:add:${milk}:1`)
  await chat.tap(en.change)
  return { floor, chat, tea, cake }
}

function bodyOf({ messages }: { readonly messages: readonly object[] }): string {
  const [message] = messages
  return message !== undefined && 'body' in message ? String(message.body) : ''
}

test('an item that somebody else bought can be taken out, and the rest ordered', async () => {
  const { floor, chat, tea, cake } = await openBasket()
  const other = asId('ContactId', '019aae60-0000-7000-8000-00000000bbbb')
  const rival = createChat({ shop: createShop({ ...floor, locale: 'en' }) }, { contact: other })
  await rival.tapId(`nav:add:${tea}:1`)

  const blocked = await chat.tapId(`nav:add:${cake}:1`)
  expect(bodyOf(blocked)).toContain(en.soldOut('Product tea'))
  await chat.tap(/tea/)
  expect(bodyOf(await chat.tap(en.checkOut))).toContain('1 × Product cake')
})

test('what is not sold any more leaves the basket with a word, and stands in nobody’s way', async () => {
  const { floor, chat, cake } = await openBasket()
  await floor.catalog.saveProduct(floor.staff, {
    title: 'Product tea',
    status: 'archived',
    variants: [{ sku: 'tea', taxCode: 'standard' }],
  })
  const body = bodyOf(await chat.tapId(`nav:add:${cake}:1`))
  expect(body).toContain('1 × Product milk')
  expect(body).toContain('1 × Product cake')
  expect(body).not.toContain('1 × Product tea')
  expect(body).toContain(en.notices.not_available('Product tea'))
})
