import { describe, expect, test } from 'vitest'
import { createMemoryContactStore } from '../contacts/index.ts'
import {
  createIds,
  createMemoryDatabase,
  createMemoryEventStore,
  createMemoryWork,
  isAuronxError,
  rolePermissions,
  systemActor,
} from '../kernel/index.ts'
import { createMemoryOutboxStore } from '../outbox/index.ts'
import { createFakeClock, createSeededRandom } from '../testing/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import type { ArrivedMessage } from './service.ts'
import { createConversations } from './service.ts'
import { createMemoryConversationStore } from './store.memory.ts'

function setUp() {
  const clock = createFakeClock()
  const ids = createIds(clock, createSeededRandom())
  const tenantId = ids.next('TenantId')
  const contactId = ids.next('ContactId')
  const channelId = ids.next('ChannelId')
  const work = createMemoryWork(createMemoryDatabase(), (database, tenant) => ({
    contacts: createMemoryContactStore(database, tenant),
    conversations: createMemoryConversationStore(database, tenant),
    events: createMemoryEventStore(database, tenant),
    outbox: createMemoryOutboxStore(database, tenant),
  }))
  const conversations = createConversations({ work, clock, ids })
  const actor = systemActor(tenantId, 'whatsapp')
  const staff = {
    tenantId,
    kind: 'staff',
    id: 'ann',
    via: 'dashboard',
    permissions: rolePermissions.owner,
  } as const
  const arrived = (content: MessageContent, providerMessageId: string): ArrivedMessage => ({
    contactId,
    channelId,
    content,
    providerMessageId,
    timestampMs: clock.now().getTime(),
    eventId: ids.next('InboxEventId'),
  })
  const say = async (body: string, providerMessageId: string) => {
    clock.advance(1000)
    const outcome = await conversations.receive(
      actor,
      arrived({ type: 'text', body }, providerMessageId),
    )
    if (outcome.kind !== 'received') throw new Error(outcome.kind)
    return outcome
  }
  const bodies = async () => {
    const { items } = await conversations.thread(actor, { contactId, channelId, limit: 50 })
    return items.map(({ content }) => content)
  }
  return {
    clock,
    ids,
    work,
    conversations,
    actor,
    staff,
    arrived,
    say,
    bodies,
    tenantId,
    contactId,
    channelId,
  }
}

const text = (body: string) => ({ kind: 'text', body }) as const

describe('receive', () => {
  test('stores a message once, however often it comes', async () => {
    const { conversations, actor, arrived, say, bodies } = setUp()
    const { conversation } = await say('hi', 'w1')
    expect(await conversations.receive(actor, arrived({ type: 'text', body: 'hi' }, 'w1'))).toEqual(
      { kind: 'duplicate' },
    )
    expect((await conversations.get(actor, conversation.id))?.unreadCount).toBe(1)
    expect(await bodies()).toHaveLength(1)
  })

  test('replaces an edited message and its preview', async () => {
    const { conversations, actor, arrived, say, bodies } = setUp()
    const { conversation } = await say('two coffes', 'w1')
    const edited = { type: 'text', body: 'two coffees' } as const
    const edit: MessageContent = { type: 'edit', originalMessageId: 'w1', content: edited }
    expect(await conversations.receive(actor, arrived(edit, 'w2'))).toMatchObject({
      kind: 'revised',
    })
    expect(await bodies()).toEqual([{ kind: 'inbound', content: edited }])
    expect((await conversations.get(actor, conversation.id))?.preview).toBe('two coffees')
  })

  test('keeps nothing of a message the customer deleted, and deleting does not lengthen retention', async () => {
    const { clock, conversations, actor, arrived, say, bodies } = setUp()
    const { conversation } = await say('my secret', 'w1')
    clock.advance(60_000)
    await conversations.receive(actor, arrived({ type: 'revoke', originalMessageId: 'w1' }, 'w2'))
    expect(
      JSON.stringify([await bodies(), await conversations.get(actor, conversation.id)]),
    ).not.toContain('secret')
    const after = await conversations.get(actor, conversation.id)
    expect(after?.lastInteractionAt).toEqual(conversation.lastInteractionAt)
  })

  test('takes an edit of an unknown message for a new one and ignores other strays', async () => {
    const { conversations, actor, arrived } = setUp()
    const stray = { kind: 'ignored', reason: 'nothing_to_attach' }
    expect(
      await conversations.receive(
        actor,
        arrived({ type: 'revoke', originalMessageId: 'w0' }, 'w1'),
      ),
    ).toEqual(stray)
    expect(
      await conversations.receive(actor, arrived({ type: 'reaction', messageId: 'w0' }, 'w2')),
    ).toEqual(stray)
    const edit: MessageContent = {
      type: 'edit',
      originalMessageId: 'w0',
      content: { type: 'text', body: 'new' },
    }
    expect(await conversations.receive(actor, arrived(edit, 'w3'))).toMatchObject({
      kind: 'received',
      message: { content: { content: { body: 'new' } } },
    })
  })

  test('stores hostile text without failing', async () => {
    const { say } = setUp()
    const { conversation } = await say('nul \u0000 half \ud83d', 'w\u0000')
    expect(conversation.preview).toBe('nul half')
  })

  test('starts a new conversation after the tenant’s time to reopen', async () => {
    const { clock, conversations, actor, staff, arrived, say } = setUp()
    const { conversation } = await say('hi', 'w1')
    await conversations.resolve(staff, conversation.id)
    clock.advance(7_200_000)
    const again = { ...arrived({ type: 'text', body: 'hi' }, 'w2'), reopenWithinMs: 3_600_000 }
    const outcome = await conversations.receive(actor, again)
    expect(outcome.kind === 'received' && outcome.conversation.id).not.toBe(conversation.id)
  })
})

test('an answer stands behind what it answers, also when WhatsApp’s clock is ahead of ours', async () => {
  const { clock, conversations, actor, arrived, contactId, channelId, ids } = setUp()
  const ahead = { timestampMs: clock.now().getTime() + 60_000 }
  const said = { ...arrived({ type: 'text', body: 'hi' }, 'w1'), ...ahead }
  const outcome = await conversations.receive(actor, said)
  if (outcome.kind !== 'received') throw new Error(outcome.kind)
  await conversations.noteReplies(actor, {
    conversationId: outcome.conversation.id,
    author: 'menu',
    replies: [{ outboxId: ids.next('OutboxId'), message: { kind: 'text', body: 'hello' } }],
  })
  const thread = await conversations.thread(actor, { contactId, channelId, limit: 10 })
  expect(thread.items.map(({ direction }) => direction)).toEqual(['out', 'in'])
})

describe('owners', () => {
  test('an echo from the phone makes a person own the thread, and an edit there changes that message', async () => {
    const { conversations, actor, arrived, say, bodies } = setUp()
    const { conversation } = await say('hi', 'w1')
    const echo = await conversations.noteEcho(
      actor,
      arrived({ type: 'text', body: 'hello, Ann here' }, 'w2'),
    )
    expect(echo).toMatchObject({
      kind: 'received',
      conversation: { id: conversation.id, owner: 'human', assigneeId: 'phone' },
      message: { direction: 'out', author: 'phone' },
    })
    const edit: MessageContent = {
      type: 'edit',
      originalMessageId: 'w2',
      content: { type: 'text', body: 'hello' },
    }
    expect(await conversations.receive(actor, arrived(edit, 'w3'))).toMatchObject({
      kind: 'received',
    })
    expect(await conversations.noteEcho(actor, arrived(edit, 'w4'))).toMatchObject({
      kind: 'revised',
    })
    expect(await bodies()).toHaveLength(3)
  })

  test('take over, give back, hand off and resolve each say whether they changed anything', async () => {
    const { conversations, actor, staff, say, ids, work, tenantId } = setUp()
    const { conversation } = await say('hi', 'w1')
    const { id } = conversation
    expect(await conversations.handOff(actor, id, 'customer_asked')).toMatchObject({
      kind: 'changed',
      conversation: { owner: 'queue' },
    })
    expect(await conversations.handOff(actor, id, 'customer_asked')).toMatchObject({
      kind: 'unchanged',
    })
    expect(await conversations.takeOver(staff, id)).toMatchObject({
      kind: 'changed',
      conversation: { owner: 'human' },
    })
    expect(await conversations.handOff(actor, id, 'customer_asked')).toEqual({
      kind: 'refused',
      reason: 'human_owns',
    })
    expect(await conversations.giveBack(staff, id)).toMatchObject({
      kind: 'changed',
      conversation: { owner: 'ai', ownerEpoch: 4 },
    })
    expect(await conversations.markRead(staff, id)).toMatchObject({
      kind: 'changed',
      conversation: { unreadCount: 0 },
    })
    expect(await conversations.markRead(staff, id)).toMatchObject({ kind: 'unchanged' })
    expect(await conversations.resolve(staff, id)).toMatchObject({
      kind: 'changed',
      conversation: { status: 'resolved' },
    })
    expect(await conversations.resolve(staff, id)).toMatchObject({ kind: 'unchanged' })
    expect(await conversations.takeOver(staff, id)).toEqual({ kind: 'refused', reason: 'resolved' })
    expect(await conversations.takeOver(staff, ids.next('ConversationId'))).toEqual({
      kind: 'refused',
      reason: 'not_found',
    })
    const log = await work.run(tenantId, ({ events }) => events.ofAggregate('conversation', id))
    expect(log.map(({ type }) => type)).toEqual([
      'conversation.started',
      'conversation.handed_off',
      'conversation.taken_over',
      'conversation.given_back',
      'conversation.resolved',
    ])
    expect(JSON.stringify(log)).not.toContain('w1')
  })

  test('refuses a reason that is a text', async () => {
    const { conversations, actor, say } = setUp()
    const { conversation } = await say('hi', 'w1')
    const outcome = await conversations
      .handOff(actor, conversation.id, 'Ada is angry')
      .catch((error: unknown) => error)
    expect(isAuronxError(outcome, 'invalid_input')).toBe(true)
  })
})

describe('noteReplies', () => {
  test('drops a reply that was prepared before somebody took over or the customer wrote again', async () => {
    const { conversations, actor, staff, say, ids } = setUp()
    const { conversation, message } = await say('hi', 'w1')
    const fence = { ownerEpoch: conversation.ownerEpoch, lastInboundMessageId: message.id }
    const noted = {
      conversationId: conversation.id,
      author: 'menu',
      replies: [{ outboxId: ids.next('OutboxId'), message: text('hello') }],
    } as const
    expect(await conversations.noteReplies(actor, { ...noted, fence })).toMatchObject({
      kind: 'noted',
      conversation: { preview: 'hello', owner: 'ai' },
      messages: [{ direction: 'out', author: 'menu' }],
    })
    await say('and?', 'w2')
    expect(await conversations.noteReplies(actor, { ...noted, fence })).toEqual({
      kind: 'refused',
      reason: 'stale',
    })
    await conversations.takeOver(staff, conversation.id)
    const epochOnly = { ownerEpoch: conversation.ownerEpoch }
    expect(await conversations.noteReplies(actor, { ...noted, fence: epochOnly })).toEqual({
      kind: 'refused',
      reason: 'stale',
    })
  })

  test('makes a member who answers the owner, and nobody else may answer as staff', async () => {
    const { conversations, actor, staff, say, ids } = setUp()
    const { conversation } = await say('hi', 'w1')
    const noted = {
      conversationId: conversation.id,
      author: 'staff',
      replies: [{ outboxId: ids.next('OutboxId'), message: text('Ann here') }],
    } as const
    expect(await conversations.noteReplies(actor, noted)).toEqual({
      kind: 'refused',
      reason: 'not_permitted',
    })
    expect(await conversations.noteReplies(staff, noted)).toMatchObject({
      kind: 'noted',
      conversation: { owner: 'human', assigneeId: 'ann' },
    })
  })
})
