import { describe, expect, test } from 'vitest'
import { openAuth } from './auth/auth.fixture.ts'
import type { AuthFloor, Business } from './auth/auth.fixture.ts'
import { createAuronx } from './auronx.ts'
import { evolve } from './conversations/index.ts'
import type { Conversation, FoldedConversation } from './conversations/index.ts'
import { actorOf } from './auth/index.ts'
import type { SignedIn } from './auth/index.ts'
import { asId, createIds, systemActor } from './kernel/index.ts'
import type { Actor, ConversationId } from './kernel/index.ts'
import { nodeAssert } from './conversations/node-assert.fixture.ts'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
  reachContract,
  runContract,
} from './testing/index.ts'

const channelId = asId('ChannelId', '00000000-0000-7000-8000-0000000000c1')

async function openDesk() {
  const floor = openAuth()
  const { storage, clock, ids, random, auth } = floor
  const messenger = createFakeMessenger()
  const auronx = createAuronx({ storage, messenger, clock, ids, random })
  const business = await floor.signUp('ann@example.test')
  const { tenantId } = business
  const system = systemActor(tenantId)
  const chat = async (): Promise<ConversationId> => {
    clock.advance(1_000)
    const now = clock.now()
    const contactId = ids.next('ContactId')
    await storage.work.run(tenantId, ({ contacts }) =>
      contacts.insert({ id: contactId, createdAt: now, updatedAt: now, version: 1 }, [
        { kind: 'wa_phone', scope: '', value: `1555010${String(now.getTime()).slice(-7)}` },
      ]),
    )
    const arrived = await auronx.conversations.receive(system, {
      contactId,
      channelId,
      content: { type: 'text', body: 'hello' },
      providerMessageId: `wamid.${contactId}`,
      timestampMs: now.getTime(),
      eventId: ids.next('InboxEventId'),
    })
    if (arrived.kind !== 'received') throw new Error(arrived.kind)
    return arrived.conversation.id
  }
  const who = async ({ accessToken }: SignedIn): Promise<Actor> => {
    const principal = await auth.provider.authenticate({ sessionToken: accessToken })
    if (principal?.kind !== 'member') throw new Error('nobody')
    return actorOf(principal)
  }
  const limit = async (agentsReach: 'all' | 'queue' | 'assigned'): Promise<void> => {
    const tenant = await auronx.accounts.tenant(system)
    const settings = { ...tenant.settings, agentsReach }
    await auronx.accounts.saveTenant(business.actor, {
      ...tenant,
      settings,
      version: tenant.version + 1,
    })
  }
  return { ...floor, auronx, business, tenantId, chat, who, limit }
}

type Desk = Awaited<ReturnType<typeof openDesk>>

async function idsOf({ auronx }: Desk, actor: Actor): Promise<readonly string[]> {
  const { items } = await auronx.conversations.list(actor, { limit: 100 })
  return items.map(({ id }) => id)
}

describe('an agent who is limited', () => {
  test.each(['assigned', 'queue'] as const)(
    'to %s finds nothing else: not in lists, not by id, not by acting',
    async (reach) => {
      const desk = await openDesk()
      const { auronx, business, join, who, chat, limit, ids } = desk
      const agent = await join(business, 'ben@example.test', 'agent')
      const [mine, queued, ofAi, theirs] = [await chat(), await chat(), await chat(), await chat()]
      await auronx.conversations.takeOver(await who(agent), mine)
      await auronx.conversations.takeOver(business.actor, theirs)
      await auronx.conversations.handOff(business.actor, queued, 'asked')
      await limit(reach)
      const actor = await who(agent)
      expect(actor.reach).toBe(reach)
      const seen = reach === 'queue' ? [queued, mine] : [mine]
      expect(await idsOf(desk, actor)).toEqual(seen)
      const hidden = [ofAi, theirs, ...(reach === 'queue' ? [] : [queued])]
      const absent = ids.next('ConversationId')
      for (const id of hidden) {
        expect(await auronx.conversations.get(actor, id)).toBe(undefined)
        for (const act of ['takeOver', 'giveBack', 'resolve', 'markRead'] as const) {
          const outcome = await auronx.conversations[act](actor, id)
          expect(outcome).toEqual(await auronx.conversations[act](actor, absent))
          expect(outcome).toEqual({ kind: 'refused', reason: 'not_found' })
        }
        const reply = await auronx.replies.send(actor, id, { kind: 'text', body: 'hi' })
        expect(reply).toMatchObject({ kind: 'refused', reason: 'not_found' })
        const conversation = await auronx.conversations.get(business.actor, id)
        const thread = await threadOf(desk, actor, conversation)
        expect(thread).toEqual([])
      }
      const own = await auronx.conversations.get(business.actor, mine)
      expect(await threadOf(desk, actor, own)).toHaveLength(1)
      expect(await auronx.replies.send(actor, mine, { kind: 'text', body: 'hi' })).toMatchObject({
        kind: 'stored',
      })
      expect(await auronx.traces.dead(actor, 10)).toEqual([])
    },
  )

  test('sees and resends sends of what it reaches only', async () => {
    const desk = await openDesk()
    const { auronx, business, join, who, chat, limit } = desk
    const agent = await join(business, 'ben@example.test', 'agent')
    const theirs = await chat()
    const sent = await auronx.replies.send(business.actor, theirs, { kind: 'text', body: 'hi' })
    if (sent.kind === 'refused') throw new Error(sent.reason)
    await limit('assigned')
    const actor = await who(agent)
    const query = { conversationId: theirs, limit: 10 }
    expect(await auronx.outbox.list(business.actor, query)).toHaveLength(1)
    expect(await auronx.outbox.list(actor, query)).toEqual([])
    expect(await auronx.sends.discard(actor, sent.entry.id)).toEqual({
      kind: 'refused',
      reason: 'not_found',
    })
  })

  test('is so with the next request, and everybody else is not', async () => {
    const desk = await openDesk()
    const { business, join, who, chat, limit } = desk
    const agent = await join(business, 'ben@example.test', 'agent')
    const viewer = await join(business, 'eva@example.test', 'viewer')
    const id = await chat()
    expect(await idsOf(desk, await who(agent))).toEqual([id])
    await limit('assigned')
    expect(await idsOf(desk, await who(agent))).toEqual([])
    expect(await idsOf(desk, await who(viewer))).toEqual([id])
    expect(await idsOf(desk, business.actor)).toEqual([id])
    await limit('all')
    expect(await idsOf(desk, await who(agent))).toEqual([id])
  })
})

async function threadOf({ auronx }: Desk, actor: Actor, of: Conversation | undefined) {
  if (of === undefined) throw new Error('no conversation')
  const { contactId } = of
  return (await auronx.conversations.thread(actor, { contactId, channelId, limit: 10 })).items
}

describe('conversations of a member who cannot answer any more', () => {
  const endings: readonly [
    string,
    (floor: AuthFloor, business: Business, id: Business['owner']['id']) => Promise<unknown>,
  ][] = [
    ['is removed', ({ auth }, { actor }, id) => auth.team.act(actor, id, 'remove')],
    ['is suspended', ({ auth }, { actor }, id) => auth.team.act(actor, id, 'suspend')],
    ['becomes a viewer', ({ auth }, { actor }, id) => auth.team.changeRole(actor, id, 'viewer')],
  ]

  test.each(endings)('wait in the queue when it %s, in the same transaction', async (_how, end) => {
    const desk = await openDesk()
    const { auronx, business, join, who, chat, storage, tenantId, member } = desk
    const agent = await join(business, 'ben@example.test', 'agent')
    const { id: memberId } = await member(tenantId, 'ben@example.test')
    const [held, resolved, theirs] = [await chat(), await chat(), await chat()]
    for (const id of [held, resolved]) await auronx.conversations.takeOver(await who(agent), id)
    await auronx.conversations.resolve(await who(agent), resolved)
    await auronx.conversations.takeOver(business.actor, theirs)
    expect(await end(desk, business, memberId)).toMatchObject({ kind: 'changed' })
    const after = await auronx.conversations.get(business.actor, held)
    expect(after).toMatchObject({ owner: 'queue', status: 'open', ownerEpoch: 3 })
    expect(after?.assigneeId).toBe(undefined)
    expect((await auronx.conversations.get(business.actor, theirs))?.owner).toBe('human')
    const events = await storage.work.run(tenantId, (stores) =>
      stores.events.ofAggregate('conversation', held),
    )
    const folded = events.reduce<FoldedConversation | undefined>(evolve, undefined)
    expect(folded).toEqual({ owner: 'queue', ownerEpoch: 3, status: 'open' })
    expect(events.at(-1)).toMatchObject({
      type: 'conversation.handed_off',
      aggregateVersion: after?.version,
      data: { reason: 'member_left' },
    })
  })

  test('stay where they are when it only gets another role that answers', async () => {
    const { auronx, business, join, who, chat, auth, tenantId, member } = await openDesk()
    const agent = await join(business, 'ben@example.test', 'agent')
    const { id: memberId } = await member(tenantId, 'ben@example.test')
    const held = await chat()
    await auronx.conversations.takeOver(await who(agent), held)
    await auth.team.changeRole(business.actor, memberId, 'admin')
    expect(await auronx.conversations.get(business.actor, held)).toMatchObject({
      owner: 'human',
      assigneeId: memberId,
    })
  })
})

describe('narrowed lists in memory', () => {
  const open = async () => {
    const clock = createFakeClock()
    const random = createSeededRandom()
    const ids = createIds(clock, random)
    const { work } = createMemoryStorage()
    const tenants = [ids.next('TenantId'), ids.next('TenantId')] as const
    return { work, tenants, clock, ids, random }
  }
  runContract({ test, assert: nodeAssert, open }, reachContract)
})
