import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestCustomer, TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const conversationOf = (customer: TestCustomer) =>
  eventually(
    async () =>
      (await shop.desk.conversations()).find(({ name }) => name === customer.customer.name),
    'the conversation',
  )

test('a person takes over, answers, and gives back to the menu', async () => {
  const ana = shop.customer({ name: 'Ana Takeover' })
  ana.say('hello')
  await ana.hears(/Welcome/)
  const { id } = await conversationOf(ana)
  expect(await shop.desk.command(`/conversations/${id}/take-over`)).toMatchObject({ status: 200 })
  ana.say('is anybody there?')
  await eventually(
    async () => (await shop.desk.thread(id)).messages.at(-1)?.bubble.text === 'is anybody there?',
    'the message in the thread',
  )
  const before = ana.heard().length
  expect(
    await shop.desk.command(`/conversations/${id}/messages`, { text: { body: 'Yes, Sam here.' } }),
  ).toMatchObject({ status: 201 })
  expect(await ana.hears(/Sam here/)).toBe('Yes, Sam here.')
  expect(ana.heard()).toHaveLength(before + 1)
  expect(await shop.desk.command(`/conversations/${id}/return-to-ai`)).toMatchObject({
    status: 200,
  })
  ana.say('menu')
  await ana.hears(/Browse and order/)
})

test('who asks for a person waits in the queue, and the menu stays silent once a person has it', async () => {
  const ben = shop.customer({ name: 'Ben Queue' })
  ben.say('I want to talk to a person')
  await ben.hears(/A person from our team/)
  const conversation = await conversationOf(ben)
  expect(conversation.owner).toBe('queue')
  await shop.desk.command(`/conversations/${conversation.id}/take-over`)
  const count = ben.heard().length
  ben.say('hello')
  await eventually(
    async () =>
      (await shop.desk.thread(conversation.id)).messages.some(
        ({ bubble, steps }) =>
          bubble.text === 'hello' && steps.some(({ outcome }) => outcome === 'human owns'),
      ),
    'the step that says a person has it',
  )
  expect(ben.heard()).toHaveLength(count)
})

test('an answer from the business’ own phone counts as a person', async () => {
  const cleo = shop.customer({ name: 'Cleo Phone' })
  cleo.say('hello')
  await cleo.hears(/Welcome/)
  shop.simulator.echo(cleo.customer.id, 'Hi, this is the owner.')
  const conversation = await eventually(async () => {
    const found = await conversationOf(cleo)
    return found.owner === 'human' ? found : undefined
  }, 'a human owner')
  expect(conversation.assignee).toBe('phone')
  const thread = await shop.desk.thread(conversation.id)
  expect(thread.messages.at(-1)).toMatchObject({
    author: 'phone',
    bubble: { text: 'Hi, this is the owner.' },
  })
})

test('an answer to a conversation that does not exist gets 404, an empty one 422', async () => {
  const nobody = '019aae60-0000-7000-8000-00000000ffff'
  expect(
    await shop.desk.command(`/conversations/${nobody}/messages`, { text: { body: 'x' } }),
  ).toMatchObject({
    status: 404,
  })
  expect(
    await shop.desk.command(`/conversations/${nobody}/messages`, { text: { body: '  ' } }),
  ).toMatchObject({ status: 422 })
  expect(await shop.desk.command('/conversations/not-an-id/take-over')).toMatchObject({
    status: 404,
  })
})
