import type { AccountStore } from './accounts/index.ts'
import type { ContactLists, ContactStore } from './contacts/index.ts'
import type { Conversation, ConversationStore } from './conversations/index.ts'
import type { ChannelId, ContactId, TenantId, Within } from './kernel/index.ts'
import { asId, randomHex } from './kernel/index.ts'
import type { Order, OrderStore } from './orders/index.ts'
import type { OutboxEntry, OutboxStore } from './outbox/index.ts'
import type { ContractCase, StoreSubject } from './testing/contract.ts'

/** What the contract of narrowed lists is run against; numbers of a tenant are used where there are any. */
export type ReachSubject = StoreSubject<{
  readonly accounts: AccountStore
  readonly contacts: ContactStore
  readonly contactLists: ContactLists
  readonly conversations: ConversationStore
  readonly orders: OrderStore
  readonly outbox: OutboxStore
}>

const member = '00000000-0000-7000-8000-0000000000a1'
const anyChannel: ChannelId = asId('ChannelId', '00000000-0000-7000-8000-0000000000c1')
const assigned: Within = { assigneeId: member, withQueue: false }
const withQueue: Within = { assigneeId: member, withQueue: true }

/** Promises of every list that takes `within`. */
export const reachContract: readonly ContractCase<ReachSubject>[] = [
  {
    name: 'narrows lists to the customers of one member, or also to those who wait, before they are cut to a page',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const mine = await customer(subject, tenantId, { owner: 'human', assigneeId: member })
      const again = await customer(subject, tenantId, { owner: 'human', assigneeId: member })
      const waiting = await customer(subject, tenantId, { owner: 'queue' })
      await customer(subject, tenantId, { owner: 'ai' })
      await customer(subject, tenantId, { owner: 'human', assigneeId: 'somebody else' })
      await customer(subject, other, { owner: 'human', assigneeId: member })
      const list = (within: Within, limit: number) =>
        subject.work.run(tenantId, async (stores) => {
          const query = { within, limit }
          const conversations = (await stores.conversations.list(query)).items
          const [contacts, orders, sends] = [
            await stores.contactLists.list(query),
            await stores.orders.list(query),
            await stores.outbox.list(query),
          ]
          return [
            conversations.map(({ contactId }) => contactId),
            contacts.map(({ id }) => id),
            orders.map(({ contactId }) => contactId),
            sends.map(({ contactId }) => contactId),
          ]
        })
      const four = (...ids: readonly ContactId[]) => [ids, ids, ids, ids]
      assert.deepEqual(await list(assigned, 10), four(again, mine))
      assert.deepEqual(await list(assigned, 1), four(again))
      assert.deepEqual(await list(withQueue, 10), four(waiting, again, mine))
      assert.deepEqual(await list({ ...assigned, assigneeId: 'nobody' }, 10), four())
    },
  },
  {
    name: 'finds the conversations of one customer, and the messages of a thread that are in reach, a page full',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await customer(subject, tenantId, { owner: 'human', assigneeId: member })
      await customer(subject, tenantId, { owner: 'human', assigneeId: member })
      await subject.work.run(tenantId, async ({ conversations }) => {
        const [seen] = (await conversations.list({ contactId, limit: 10 })).items
        if (seen === undefined) throw new Error('no conversation')
        const { assigneeId: _member, ...rest } = seen
        const closed: Conversation = {
          ...rest,
          id: subject.ids.next('ConversationId'),
          owner: 'ai',
          status: 'resolved',
          resolvedAt: seen.createdAt,
          version: 1,
        }
        await conversations.save(closed)
        const ids: string[] = []
        for (const conversationId of [seen.id, seen.id, closed.id, closed.id, seen.id]) {
          const id = subject.ids.next('MessageId')
          if (conversationId === seen.id) ids.unshift(id)
          await conversations.append([
            {
              id,
              conversationId,
              direction: 'in',
              author: 'customer',
              content: { kind: 'inbound', content: { type: 'text', body: 'hello' } },
              at: subject.clock.now(),
            },
          ])
        }
        const thread = { contactId, channelId: seen.channelId, within: assigned }
        const first = await conversations.thread({ ...thread, limit: 2 })
        const rest2 = await conversations.thread({
          ...thread,
          limit: 2,
          ...(first.cursor === undefined ? {} : { cursor: first.cursor }),
        })
        assert.deepEqual(
          [first, rest2].map(({ items }) => items.map((message) => message.id)),
          [ids.slice(0, 2), ids.slice(2)],
        )
        const all = await conversations.list({ contactId, limit: 10 })
        assert.equal(all.items.length, 2)
        const reached = await conversations.list({ contactId, limit: 10, within: withQueue })
        assert.deepEqual(
          reached.items.map(({ id }) => id),
          [seen.id],
        )
      })
    },
  },
]

async function customer(
  subject: ReachSubject,
  tenantId: TenantId,
  held: Pick<Conversation, 'owner' | 'assigneeId'>,
): Promise<ContactId> {
  const { clock, ids, random } = subject
  clock.advance(1_000)
  const now = clock.now()
  const contactId = ids.next('ContactId')
  const channelId = await channelOf(subject, tenantId)
  const conversation = { ...conversationOf(subject, contactId, held), channelId }
  const none = 0n
  const order: Order = {
    id: ids.next('OrderId'),
    ref: randomHex(random, 4).toUpperCase().replaceAll(/[01]/g, '2'),
    contactId,
    status: 'draft',
    revision: 0,
    currency: 'EUR',
    taxRounding: 'rate-group',
    lines: [],
    totals: {
      subtotal: none,
      discountTotal: none,
      baseTotal: none,
      taxTotal: none,
      total: none,
      cashRounding: none,
      payable: none,
    },
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
  const entry: OutboxEntry = {
    id: ids.next('OutboxId'),
    conversationId: conversation.id,
    contactId,
    channelId,
    sequence: 1,
    to: { phone: '15550100001' },
    message: { kind: 'text', body: 'Hello' },
    opaque: randomHex(random, 16),
    state: 'parked',
    deliveryAt: {},
    dueAt: now,
    attempts: 1,
    createdAt: now,
    updatedAt: now,
  }
  await subject.work.run(tenantId, async ({ contacts, conversations, orders, outbox }) => {
    await contacts.insert({ id: contactId, createdAt: now, updatedAt: now, version: 1 }, [])
    await conversations.save(conversation)
    await orders.save(order)
    await outbox.insert([entry])
  })
  return contactId
}

async function channelOf({ work }: ReachSubject, tenantId: TenantId): Promise<ChannelId> {
  const [channel] = await work.run(tenantId, ({ accounts }) => accounts.channels())
  return channel?.id ?? anyChannel
}

function conversationOf(
  { clock, ids }: ReachSubject,
  contactId: ContactId,
  held: Pick<Conversation, 'owner' | 'assigneeId'>,
): Conversation {
  const now = clock.now()
  return {
    id: ids.next('ConversationId'),
    contactId,
    channelId: anyChannel,
    ...held,
    ownerEpoch: 1,
    status: 'open',
    lastInteractionAt: now,
    lastMessageAt: now,
    preview: '',
    unreadCount: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
}
