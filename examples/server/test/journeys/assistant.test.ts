import { channel } from 'node:diagnostics_channel'
import type { Model, ModelReply, ModelRequest } from '@auronx/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestCustomer, TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

const usage = { input: 900, cachedInput: 600, output: 30 }

/** Heard by the recorder that looks at everything the tests send to models. */
const modelRequests = channel('auronx.test.model-request')

/** A model that each test gives its answers; it waits for `answer`, or until it is stopped. */
const requests: ModelRequest[] = []
let stops = 0
let answer: (request: ModelRequest) => Promise<ModelReply> = async () => say('Of course.')
const model: Model = {
  name: 'scripted',
  async respond(request, { signal }) {
    requests.push(request)
    modelRequests.publish({ request })
    const stopped = new Promise<ModelReply>((resolve) => {
      signal.addEventListener('abort', () => {
        stops += 1
        resolve({ kind: 'failed', reason: 'aborted' })
      })
    })
    return Promise.race([answer(request), stopped])
  },
}

const say = (text: string): ModelReply => ({
  kind: 'answered',
  text,
  toolCalls: [],
  continuation: [],
  usage,
})

function call(name: string, args: object): ModelReply {
  const toolCall = { callId: `call-${name}`, name, arguments: JSON.stringify(args) }
  const continuation = [{ kind: 'tool_call', ...toolCall }] as const
  return { kind: 'answered', text: '', toolCalls: [toolCall], continuation, usage }
}

const asked = ({ input }: ModelRequest): string => {
  const last = input.findLastIndex(({ kind }) => kind === 'business')
  return input
    .slice(last + 1)
    .flatMap((item) => (item.kind === 'customer' ? [item.text.replaceAll('| ', '')] : []))
    .join(' and ')
}

let shop: TestShop
beforeAll(async () => {
  shop = await openShop({}, { model })
})
afterAll(() => shop.close())

const conversationOf = (customer: TestCustomer) =>
  eventually(
    async () =>
      (await shop.desk.conversations()).find(({ name }) => name === customer.customer.name),
    'the conversation',
  )

const outcomeOf = async (conversationId: string) => {
  const rows = await shop.sql(
    `select outcome from auronx.assistant_turns where conversation_id = '${conversationId}' and state = 'done'`,
  )
  return rows[0]?.['outcome']
}

test('five messages in a row get one answer to all of them, and the desk shows why', async () => {
  const ana = shop.customer({ name: 'Ana Assistant' })
  answer = async (request) => say(`You asked: ${asked(request)}`)
  const questions = ['is there oat milk', 'and soya', 'and almond', 'or rice', 'or none at all']
  for (const question of questions) ana.say(question)
  const heard = await ana.hears(/You asked/)
  expect(heard).toMatch(/automated assistant of Aurora Coffee/)
  for (const question of questions) expect(heard).toContain(question)
  expect(ana.heard()).toHaveLength(1)

  const { id } = await conversationOf(ana)
  const { messages } = await shop.desk.thread(id)
  expect(messages.at(-1)).toMatchObject({ direction: 'out', author: 'ai' })
  const steps = messages.findLast(({ direction }) => direction === 'in')?.steps ?? []
  expect(steps.map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['scheduled', 'answered']),
  )
})

test('an order through the model is confirmed by a button and nothing else', async () => {
  const ben = shop.customer({ name: 'Ben Assistant' })
  answer = async ({ input }) => {
    const results = input.filter(({ kind }) => kind === 'tool_result')
    const item = /\bv\d+\b/.exec(JSON.stringify(results))?.[0] ?? ''
    const steps = [
      call('search_catalog', { query: 'flat white' }),
      call('update_cart', { lines: [{ item, quantity: 2 }] }),
      call('propose_order', {}),
    ]
    return steps[results.length] ?? say('Please look at the summary and tap a button.')
  }
  ben.say('two flat whites for my sister and me')
  await ben.hears(/2 × Flat white.*Total: €7\.00/s)
  expect((await shop.desk.orders()).map(({ status }) => status)).not.toContain('confirmed')
  ben.tap(/Confirm/)
  await ben.hears(/confirmed/)
  const [order] = await shop.desk.orders()
  expect(order).toMatchObject({ status: 'confirmed', lines: ['2 × Flat white'], total: '€7.00' })
})

test('a message that arrives while the model thinks is answered together with the first', async () => {
  const cleo = shop.customer({ name: 'Cleo Assistant' })
  const before = requests.length
  answer = (request) =>
    requests.length === before + 1
      ? new Promise(() => undefined)
      : Promise.resolve(say(`You asked: ${asked(request)}`))
  cleo.say('do you deliver')
  await eventually(() => requests.length === before + 1, 'the model being asked')
  cleo.say('to the harbour')
  const heard = await cleo.hears(/You asked/)
  expect(heard).toContain('do you deliver and to the harbour')
  expect(cleo.heard()).toHaveLength(1)
})

test('a colleague on the phone silences a model that thinks', async () => {
  const dan = shop.customer({ name: 'Dan Assistant' })
  const before = requests.length
  let finish: (reply: ModelReply) => void = () => undefined
  answer = () =>
    new Promise((resolve) => {
      finish = resolve
    })
  dan.say('is anybody there')
  await eventually(() => requests.length === before + 1, 'the model being asked')
  shop.simulator.echo(dan.customer.id, 'Hi, this is the owner.')
  const { id } = await eventually(async () => {
    const found = await conversationOf(dan)
    return found.owner === 'human' ? found : undefined
  }, 'a human owner')
  finish(say('I talk over people.'))
  await eventually(async () => (await outcomeOf(id)) === 'person_owns', 'the end of the turn')
  expect(dan.heard().filter((text) => text.includes('talk over'))).toEqual([])
})

test('a colleague at the dashboard stops a model that thinks, and theirs is the only voice', async () => {
  const finn = shop.customer({ name: 'Finn Assistant' })
  const before = requests.length
  const stopsBefore = stops
  answer = () => new Promise(() => undefined)
  finn.say('is anybody there')
  await eventually(() => requests.length === before + 1, 'the model being asked')
  const { id } = await conversationOf(finn)
  expect(await shop.desk.command(`/conversations/${id}/take-over`)).toMatchObject({ status: 200 })
  // Long before its own time is over.
  await eventually(() => stops === stopsBefore + 1, 'the call being stopped', 2_000)
  await eventually(async () => (await outcomeOf(id)) === 'person_owns', 'the end of the turn')
  finn.say('hello?')
  const reply = { text: { body: 'Yes, Sam here.' } }
  expect(await shop.desk.command(`/conversations/${id}/messages`, reply)).toMatchObject({
    status: 201,
  })
  await finn.hears(/Sam here/)
  expect(finn.heard()).toEqual(['Yes, Sam here.'])
  expect(requests).toHaveLength(before + 1)

  answer = async (request) => say(`You asked: ${asked(request)}`)
  expect(await shop.desk.command(`/conversations/${id}/return-to-ai`)).toMatchObject({
    status: 200,
  })
  finn.say('do you have oat milk')
  expect(await finn.hears(/You asked/)).toContain('oat milk')
  expect(finn.heard()).toHaveLength(2)
})

test('a colleague who answers at the dashboard while the model thinks is not talked over', async () => {
  const gala = shop.customer({ name: 'Gala Assistant' })
  const before = requests.length
  let finish: (reply: ModelReply) => void = () => undefined
  answer = () =>
    new Promise((resolve) => {
      finish = resolve
    })
  gala.say('is anybody there')
  await eventually(() => requests.length === before + 1, 'the model being asked')
  const { id } = await conversationOf(gala)
  // The model answers in the very moment in which the colleague does.
  const replied = shop.desk.command(`/conversations/${id}/messages`, {
    text: { body: 'Sam here.' },
  })
  finish(say('I talk over people.'))
  expect(await replied).toMatchObject({ status: 201 })
  await gala.hears(/Sam here/)
  await eventually(async () => (await outcomeOf(id)) !== undefined, 'the end of the turn')
  const heard = gala.heard()
  // Whoever commits first speaks; after the colleague has spoken, the model does not.
  expect(heard.slice(heard.indexOf('Sam here.'))).toEqual(['Sam here.'])
})

test('when the provider is down the menus answer within the promised time', async () => {
  const eve = shop.customer({ name: 'Eve Assistant' })
  answer = async () => ({ kind: 'failed', reason: 'unavailable' })
  eve.say('would you have a flat white today')
  await eve.hears(/Flat white/)
  expect(eve.heard()).toHaveLength(1)
})

test('no request carried a phone number, an id of ours or a user id', () => {
  expect(requests.length).toBeGreaterThan(5)
  const sent = JSON.stringify(requests.map(({ input, instructions }) => [input, instructions]))
  expect(sent).not.toMatch(/15550100|[0-9a-f]{8}-[0-9a-f]{4}-7|US\.\d/)
})
