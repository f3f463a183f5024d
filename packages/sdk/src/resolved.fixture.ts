import type { AssistantSettings } from './accounts/index.ts'
import { openDesk } from './assistant.fixture.ts'
import type { Desk } from './assistant.fixture.ts'
import { scriptedCalls, scriptedText } from './responder/model.scripted.ts'
import { createRecordedModel } from './responder/recorded.fixture.ts'
import type { ModelReply, ModelRequest } from './responder/index.ts'

/** What a scripted conversation asked of the model, and what the model said. */
export interface Resolved {
  readonly requests: readonly ModelRequest[]
  /** The reply to each request. */
  readonly replies: readonly ModelReply[]
}

/**
 * Five turns from a first question to a confirmed order, four calls of a tool: nine calls of the model through the real
 * prompt, tools and transcript. Handles live for one turn, so the second turn searches again. Throws when the order was
 * not confirmed.
 */
export async function playResolvedConversation(assistant?: AssistantSettings): Promise<Resolved> {
  const replies: ModelReply[] = []
  const model = createRecordedModel((request, index) => {
    const reply = script[index]?.(handleIn(request)) ?? scriptedText('You are welcome!')
    replies.push(reply)
    return reply
  })
  const desk = await openDesk({ model, wait: async () => undefined }, { quietMs: 0 })
  if (assistant !== undefined) await addAbout(desk, assistant)
  for (const text of beforeTap) {
    await desk.write(text)
    await desk.pass(30_000)
  }
  await desk.tap(/confirm/i)
  await desk.write('thank you, my sister will be happy about hers')
  await desk.pass(30_000)
  const [order] = await desk.auronx.orders.list(desk.system)
  if (order?.status !== 'confirmed') throw new Error('The order was not confirmed')
  return { requests: model.requests, replies }
}

const beforeTap = [
  'Hi! Do you have flat white?',
  'two please, one of them for my sister',
  'can I pick it up on my way to work?',
  'great, that is all',
] as const

const search = (): ModelReply =>
  scriptedCalls([{ name: 'search_catalog', args: { query: 'flat white' } }])

const script: readonly ((item: string) => ModelReply)[] = [
  search,
  () => scriptedText('Yes, we have it. Shall I add one to your order?'),
  search,
  (item) => scriptedCalls([{ name: 'update_cart', args: { lines: [{ item, quantity: 2 }] } }]),
  () => scriptedText('Both are in your draft. Would you like anything else?'),
  () => scriptedText('Yes, you can pick it up at the counter. Anything else?'),
  () => scriptedCalls([{ name: 'propose_order', args: {} }]),
  () => scriptedText('Here is your order. Please tap Confirm if it is right.'),
  () => scriptedText('You are welcome! Enjoy your coffee.'),
]

function handleIn({ input }: ModelRequest): string {
  const results = JSON.stringify(input.filter(({ kind }) => kind === 'tool_result'))
  return results.match(/\bv\d+\b/)?.[0] ?? ''
}

async function addAbout({ auronx, system }: Desk, assistant: AssistantSettings): Promise<void> {
  const tenant = await auronx.accounts.tenant(system)
  const settings = { ...tenant.settings, assistant }
  await auronx.accounts.saveTenant(system, { ...tenant, settings, version: tenant.version + 1 })
}
