import type { ContactStore } from '../contacts/index.ts'
import type { Conversation, ConversationStore } from '../conversations/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import { end, wait } from './decide.ts'
import type { AssistantTurn, TurnRecord, TurnStore } from './store.ts'

/** What the contract of turns is run against. */
export type TurnSubject = StoreSubject<{
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
  readonly turns: TurnStore
}>

const stale = (error: unknown): boolean => isAuronxError(error, 'version_conflict')

/** Promises of `TurnStore`. */
export const turnContract: readonly ContractCase<TurnSubject>[] = [
  {
    name: 'returns a turn as it was stored, to its tenant only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const turn = await addTurn(subject, tenantId)
      const { id, conversationId, eventId } = turn
      if (eventId === undefined) throw new Error('The turn has no event')
      const read = (tenant: TenantId) =>
        subject.work.run(tenant, async ({ turns }) => [
          await turns.lockOpen(conversationId),
          ...(await turns.list({ conversationId, limit: 5 })),
          ...(await turns.list({ eventIds: [eventId], limit: 5 })),
          ...(await turns.list({ ids: [id], limit: 5 })),
        ])
      assert.deepEqual(await read(tenantId), [turn, turn, turn, turn])
      assert.deepEqual(await read(other), [undefined])
    },
  },
  {
    name: 'keeps the outcome and record of a turn that ended, which is then open no more',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const turn = await addTurn(subject, tenantId)
      const now = subject.clock.now()
      const record = recordOf(subject)
      const done = { ...end(turn, 'answered', now), disclosed: true, record }
      await subject.work.run(tenantId, ({ turns }) => turns.save(done))
      const { conversationId } = turn
      await subject.work.run(tenantId, async ({ turns }) => {
        assert.equal(await turns.lockOpen(conversationId), undefined)
        assert.deepEqual(await turns.list({ conversationId, limit: 1 }), [done])
      })
    },
  },
  {
    name: 'replaces a turn by its next version only, and keeps one open turn per conversation',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const turn = await addTurn(subject, tenantId)
      const save = (next: AssistantTurn) =>
        subject.work.run(tenantId, ({ turns }) => turns.save(next))
      await assert.rejects(save(turn), stale)
      await assert.rejects(save({ ...turn, version: 3 }), stale)
      const rival = { ...turn, id: subject.ids.next('TurnId') }
      await assert.rejects(save(rival), stale)
      await save(end(turn, 'superseded', subject.clock.now()))
      await save(rival)
      const { conversationId } = turn
      await subject.work.run(tenantId, async ({ turns }) => {
        assert.deepEqual(await turns.lockOpen(conversationId), rival)
        assert.deepEqual(
          (await turns.list({ conversationId, limit: 5 })).map(({ id }) => id),
          [rival.id, turn.id],
        )
      })
    },
  },
  {
    name: 'says until when another turn of the contact thinks, over all its conversations',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = await addTurn(subject, tenantId)
      const second = await addTurn(subject, tenantId, first)
      const now = subject.clock.now()
      const leaseUntil = new Date(now.getTime() + 5_000)
      const busy = (except: AssistantTurn, at: Date) =>
        subject.work.run(tenantId, ({ turns }) => turns.busyUntil(first.contactId, except.id, at))
      assert.equal(await busy(second, now), undefined)
      const thinking = { ...first, state: 'thinking', leaseUntil, version: 2 } as const
      await subject.work.run(tenantId, ({ turns }) => turns.save(thinking))
      assert.deepEqual(await busy(second, now), leaseUntil)
      assert.equal(await busy(first, now), undefined)
      assert.equal(await busy(second, leaseUntil), undefined)
      await subject.work.run(tenantId, ({ turns }) => turns.save(wait(thinking, now)))
      assert.equal(await busy(second, now), undefined)
    },
  },
  {
    name: 'remembers that the customer of a conversation was told who writes',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const turn = await addTurn(subject, tenantId)
      const other = await addTurn(subject, tenantId, turn)
      const told = () =>
        subject.work.run(tenantId, async ({ turns }) => [
          await turns.isDisclosed(turn.conversationId),
          await turns.isDisclosed(other.conversationId),
        ])
      assert.deepEqual(await told(), [false, false])
      await subject.work.run(tenantId, ({ turns }) =>
        turns.save({ ...end(turn, 'answered', subject.clock.now()), disclosed: true }),
      )
      assert.deepEqual(await told(), [true, false])
    },
  },
  {
    name: 'counts what is spent per contact and day and per tenant and month',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const contactId = subject.ids.next('ContactId')
      const second = subject.ids.next('ContactId')
      const at = new Date('2026-11-30T23:59:59.999Z')
      const nextMonth = new Date('2026-12-01T00:00:00Z')
      const spend = { turns: 1, tokens: 1_000, costMicros: 7 }
      const nothing = { turns: 0, tokens: 0, costMicros: 0 }
      const twice = { turns: 2, tokens: 2_000, costMicros: 14 }
      await subject.work.run(tenantId, async ({ turns }) => {
        await turns.spend(contactId, at, spend)
        await turns.spend(second, at, spend)
        await turns.spend(second, new Date('2026-11-01T00:00:00Z'), nothing)
      })
      const spent = (tenant: TenantId, when: Date) =>
        subject.work.run(tenant, ({ turns }) => turns.spent(contactId, when))
      assert.deepEqual(await spent(tenantId, at), { contact: spend, tenant: twice })
      assert.deepEqual(await spent(tenantId, new Date('2026-11-30T00:00:00Z')), {
        contact: spend,
        tenant: twice,
      })
      assert.deepEqual(await spent(tenantId, new Date('2026-11-29T12:00:00Z')), {
        contact: nothing,
        tenant: twice,
      })
      assert.deepEqual(await spent(tenantId, nextMonth), { contact: nothing, tenant: nothing })
      assert.deepEqual(await spent(other, at), { contact: nothing, tenant: nothing })
    },
  },
  {
    name: 'forgets with time what was spent on a contact after two days, and by the tenant after thirteen months',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const [contactId, second] = [subject.ids.next('ContactId'), subject.ids.next('ContactId')]
      const spend = { turns: 1, tokens: 10, costMicros: 1 }
      const add = (tenant: TenantId, contact: typeof contactId, day: string) =>
        subject.work.run(tenant, ({ turns }) => turns.spend(contact, new Date(day), spend))
      const knows = async (tenant: TenantId, day: string) => {
        const spent = await subject.work.run(tenant, ({ turns }) =>
          turns.spent(contactId, new Date(day)),
        )
        return [spent.contact.turns, spent.tenant.turns]
      }
      await add(tenantId, contactId, '2025-10-31T12:00:00Z')
      await add(other, contactId, '2025-10-31T12:00:00Z')
      await add(tenantId, contactId, '2026-11-29T12:00:00Z')
      await add(tenantId, second, '2026-11-30T12:00:00Z')
      assert.deepEqual(await knows(tenantId, '2026-11-29T12:00:00Z'), [1, 2])
      assert.deepEqual(await knows(tenantId, '2025-10-31T12:00:00Z'), [0, 1])
      await add(tenantId, second, '2026-12-01T12:00:00Z')
      assert.deepEqual(await knows(tenantId, '2026-11-29T12:00:00Z'), [0, 2])
      assert.deepEqual(await knows(tenantId, '2025-10-31T12:00:00Z'), [0, 0])
      assert.deepEqual(await knows(other, '2025-10-31T12:00:00Z'), [1, 1])
    },
  },
]

/** Stores a waiting turn in a conversation of its own, of a new contact or the one of another turn. */
async function addTurn(
  { work, ids, clock }: TurnSubject,
  tenantId: TenantId,
  of?: Pick<AssistantTurn, 'contactId'>,
): Promise<AssistantTurn> {
  const now = clock.now()
  const contactId = of?.contactId ?? ids.next('ContactId')
  const conversation: Conversation = {
    id: ids.next('ConversationId'),
    contactId,
    channelId: ids.next('ChannelId'),
    owner: 'ai',
    ownerEpoch: 1,
    status: 'open',
    lastInteractionAt: now,
    lastMessageAt: now,
    preview: '',
    unreadCount: 1,
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
  const turn: AssistantTurn = {
    id: ids.next('TurnId'),
    conversationId: conversation.id,
    contactId,
    channelId: conversation.channelId,
    state: 'waiting',
    messageIds: [ids.next('MessageId'), ids.next('MessageId')],
    firstAt: now,
    eventId: ids.next('InboxEventId'),
    dueAt: new Date(now.getTime() + 1_500),
    disclosed: false,
    version: 1,
  }
  await work.run(tenantId, async ({ contacts, conversations, turns }) => {
    if (of === undefined) {
      await contacts.insert({ id: contactId, createdAt: now, updatedAt: now, version: 1 }, [])
    }
    await conversations.save(conversation)
    await turns.save(turn)
  })
  return turn
}

function recordOf({ ids }: TurnSubject): TurnRecord {
  return {
    model: 'scripted',
    promptVersion: '1',
    promptHash: 'a'.repeat(64),
    modelCalls: 2,
    calls: [
      {
        name: 'get_cart',
        digest: 'b'.repeat(64),
        handles: ['v1'],
        outcome: 'ok',
        cached: false,
      },
    ],
    tokens: { input: 900, cachedInput: 500, output: 40 },
    costMicros: 12,
    latencyMs: 2_100,
    steps: [{ step: 'assistant', outcome: 'answered', detail: { tool: 'get_cart' } }],
    replies: [ids.next('OutboxId')],
  }
}
