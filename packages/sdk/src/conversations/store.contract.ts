import type { ContactStore } from '../contacts/index.ts'
import { asId, isAuronxError } from '../kernel/index.ts'
import type { ContactId, TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { Conversation, ConversationStore, Message, Page } from './store.ts'

/** What the conversation contract is run against; conversations belong to contacts. */
export type ConversationSubject = StoreSubject<{
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
}>

const channelId = asId('ChannelId', '00000000-0000-7000-8000-0000000000c1')
const otherChannel = asId('ChannelId', '00000000-0000-7000-8000-0000000000c2')

/** Promises of {@link ConversationStore}. */
export const conversationContract: readonly ContractCase<ConversationSubject>[] = [
  {
    name: 'gives back what was saved, member by member',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const now = subject.clock.now()
      const bare = conversationOf(subject, contactId)
      const full = conversationOf(subject, contactId, {
        channelId: otherChannel,
        owner: 'human',
        assigneeId: 'phone',
        status: 'resolved',
        resolvedAt: now,
        lastInboundAt: now,
        lastInboundMessageId: subject.ids.next('MessageId'),
        windowExpiresAt: new Date(now.getTime() + 1),
        unreadCount: 3,
        preview: 'é 🛒',
      })
      await subject.work.run(tenantId, async ({ conversations }) => {
        await conversations.save(bare)
        await conversations.save(full)
        assert.deepEqual(await conversations.get(bare.id), bare)
        assert.deepEqual(await conversations.lock(full.id), full)
        const { resolvedAt: _resolved, assigneeId: _assignee, ...rest } = full
        const next: Conversation = {
          ...rest,
          status: 'open',
          owner: 'ai',
          ownerEpoch: 2,
          version: 2,
        }
        await conversations.save(next)
        assert.deepEqual(await conversations.get(full.id), next)
        assert.equal(await conversations.get(subject.ids.next('ConversationId')), undefined)
      })
    },
  },
  {
    name: 'replaces a conversation only by its next version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const conversation = conversationOf(subject, await addContact(subject, tenantId))
      const save = (saved: Conversation): Promise<void> =>
        subject.work.run(tenantId, ({ conversations }) => conversations.save(saved))
      await save(conversation)
      for (const version of [1, 3]) {
        await assert.rejects(save({ ...conversation, version }), (error) =>
          isAuronxError(error, 'version_conflict'),
        )
      }
      const missing = {
        ...conversation,
        id: subject.ids.next('ConversationId'),
        channelId: otherChannel,
        version: 2,
      }
      await assert.rejects(save(missing), (error) => isAuronxError(error, 'version_conflict'))
    },
  },
  {
    name: 'keeps one open conversation per contact and number',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const first = conversationOf(subject, contactId)
      const save = (saved: Conversation): Promise<void> =>
        subject.work.run(tenantId, ({ conversations }) => conversations.save(saved))
      await save(first)
      await save(conversationOf(subject, contactId, { channelId: otherChannel }))
      const second = conversationOf(subject, contactId)
      await assert.rejects(
        save(second),
        (error) => isAuronxError(error, 'conflict') && error.retryable,
      )
      await save({ ...first, status: 'resolved', resolvedAt: subject.clock.now(), version: 2 })
      await save(second)
      await assert.rejects(save({ ...first, version: 3 }), (error) =>
        isAuronxError(error, 'conflict'),
      )
    },
  },
  {
    name: 'finds the open conversation of a contact on a number, else the newest',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const resolved = { status: 'resolved', resolvedAt: subject.clock.now() } as const
      const open = conversationOf(subject, contactId)
      subject.clock.advance(1000)
      const older = conversationOf(subject, contactId, resolved)
      subject.clock.advance(1000)
      const newer = conversationOf(subject, contactId, resolved)
      await subject.work.run(tenantId, async ({ conversations }) => {
        assert.equal(await conversations.lockLatest(contactId, channelId), undefined)
        await conversations.save(newer)
        await conversations.save(older)
        assert.deepEqual(await conversations.lockLatest(contactId, channelId), newer)
        await conversations.save(open)
        assert.deepEqual(await conversations.lockLatest(contactId, channelId), open)
        assert.equal(await conversations.lockLatest(contactId, otherChannel), undefined)
      })
    },
  },
  {
    name: 'lists conversations by newest message in pages without gaps or repeats',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const saved: Conversation[] = []
      for (let index = 0; index < 7; index += 1) {
        // Pairs share a millisecond, so that the id has to decide.
        if (index % 2 === 0) subject.clock.advance(1000)
        const status =
          index === 3 ? ({ status: 'resolved', resolvedAt: subject.clock.now() } as const) : {}
        saved.push(conversationOf(subject, await addContact(subject, tenantId), status))
      }
      await subject.work.run(tenantId, async ({ conversations }) => {
        for (const conversation of saved) await conversations.save(conversation)
        const all = await pages((cursor) => conversations.list({ limit: 2, ...cursor }))
        assert.deepEqual(
          all.map(({ id }) => id),
          saved.map(({ id }) => id).toReversed(),
        )
        const open = await pages((cursor) =>
          conversations.list({ status: 'open', limit: 3, ...cursor }),
        )
        assert.equal(open.length, 6)
        const resolved = await conversations.list({ status: 'resolved', limit: 3 })
        assert.deepEqual(resolved, { items: [saved[3]] })
      })
      for (const query of [{ limit: 2, cursor: 'nonsense' }, { limit: 0 }, { limit: 101 }]) {
        await assert.rejects(
          subject.work.run(tenantId, ({ conversations }) => conversations.list(query)),
          (error) => isAuronxError(error, 'invalid_input'),
        )
      }
    },
  },
  {
    name: 'stores a provider message once per number and gives it new content under its own ids',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const here = conversationOf(subject, contactId)
      const there = conversationOf(subject, contactId, { channelId: otherChannel })
      const first = messageOf(subject, here, {
        providerMessageId: 'wamid.1',
        eventId: subject.ids.next('InboxEventId'),
      })
      const again = messageOf(subject, here, { providerMessageId: 'wamid.1' })
      const elsewhere = messageOf(subject, there, { providerMessageId: 'wamid.1' })
      const ours: Message = {
        ...messageOf(subject, here, { outboxId: subject.ids.next('OutboxId') }),
        direction: 'out',
        author: 'menu',
        content: { kind: 'outbound', message: { kind: 'text', body: 'hello' } },
      }
      const edited = { ...first, content: textContent('nul \u0000 and half \ud83d characters') }
      await subject.work.run(tenantId, async ({ conversations }) => {
        await conversations.save(here)
        await conversations.save(there)
        await conversations.append([])
        await conversations.append([first, again, ours])
        await conversations.append([elsewhere])
        await conversations.append([edited])
        const query = { contactId, channelId, limit: 10 }
        assert.deepEqual((await conversations.thread(query)).items, [ours, edited])
        const found = await conversations.thread({ ...query, providerMessageId: 'wamid.1' })
        assert.deepEqual(found, { items: [edited] })
        assert.deepEqual(await conversations.thread({ ...query, providerMessageId: 'wamid.2' }), {
          items: [],
        })
      })
      await assert.rejects(
        subject.work.run(tenantId, ({ conversations }) => conversations.append([again])),
        (error) => isAuronxError(error, 'conflict'),
      )
    },
  },
  {
    name: 'reads a thread over all conversations of a contact on a number, newest first, in pages',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const earlier = conversationOf(subject, contactId, {
        status: 'resolved',
        resolvedAt: subject.clock.now(),
      })
      const current = conversationOf(subject, contactId)
      const messages = [earlier, earlier, current, current, current].map((conversation, index) => {
        if (index !== 1) subject.clock.advance(1000)
        return messageOf(subject, conversation)
      })
      await subject.work.run(tenantId, async ({ conversations }) => {
        await conversations.save(earlier)
        await conversations.save(current)
        await conversations.append(messages)
        const all = await pages((cursor) =>
          conversations.thread({ contactId, channelId, limit: 2, ...cursor }),
        )
        assert.deepEqual(all, messages.toReversed())
      })
      await assert.rejects(
        subject.work.run(tenantId, ({ conversations }) =>
          conversations.thread({ contactId, channelId, limit: 201 }),
        ),
        (error) => isAuronxError(error, 'invalid_input'),
      )
    },
  },
  {
    name: 'keeps a thread in the order of whole seconds, and within one in the order in which it was stored',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const conversation = conversationOf(subject, contactId)
      // WhatsApp's times are whole seconds and ours are not; ids are made so that they say the opposite.
      const second = Math.ceil(subject.clock.now().getTime() / 1_000) * 1_000
      const ids = Array.from({ length: 7 }, () => subject.ids.next('MessageId')).toReversed()
      const ours = (given: Partial<Message>): Message => ({
        ...messageOf(subject, conversation, given),
        direction: 'out',
        author: 'menu',
      })
      const at = (ms: number) => ({ at: new Date(second + ms) })
      const [a, b, c, d, e, f, g] = ids.map((id) => ({ id }))
      const hello = messageOf(subject, conversation, { ...a, ...at(0) })
      const welcome = ours({ ...b, ...at(400) })
      const menu = ours({ ...c, ...at(400) })
      const tapped = messageOf(subject, conversation, { ...d, ...at(0) })
      const answer = ours({ ...e, ...at(900) })
      const late = messageOf(subject, conversation, { ...f, ...at(-1_000) })
      const next = messageOf(subject, conversation, { ...g, ...at(1_000) })
      await subject.work.run(tenantId, async ({ conversations }) => {
        await conversations.save(conversation)
        await conversations.append([hello])
        await conversations.append([welcome, menu])
        await conversations.append([next])
        await conversations.append([tapped])
        await conversations.append([answer, late])
        const all = await pages((cursor) =>
          conversations.thread({ contactId, channelId, limit: 2, ...cursor }),
        )
        assert.deepEqual(
          all.map(({ id }) => id),
          [next, answer, tapped, menu, welcome, hello, late].map(({ id }) => id),
        )
      })
      const foreign = `1.${ids[0] ?? ''}`
      await assert.rejects(
        subject.work.run(tenantId, ({ conversations }) =>
          conversations.thread({ contactId, channelId, limit: 2, cursor: foreign }),
        ),
        (error) => isAuronxError(error, 'invalid_input'),
      )
    },
  },
  {
    name: 'shows nothing of another tenant and takes no message for its conversations',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const contactId = await addContact(subject, tenantId)
      const conversation = conversationOf(subject, contactId)
      await subject.work.run(tenantId, async ({ conversations }) => {
        await conversations.save(conversation)
        await conversations.append([
          messageOf(subject, conversation, { providerMessageId: 'wamid.1' }),
        ])
      })
      await subject.work.run(other, async ({ conversations }) => {
        assert.equal(await conversations.get(conversation.id), undefined)
        assert.equal(await conversations.lock(conversation.id), undefined)
        assert.equal(await conversations.lockLatest(contactId, channelId), undefined)
        assert.deepEqual(await conversations.list({ limit: 10 }), { items: [] })
        assert.deepEqual(await conversations.thread({ contactId, channelId, limit: 10 }), {
          items: [],
        })
      })
      await assert.rejects(
        subject.work.run(other, ({ conversations }) =>
          conversations.save({ ...conversation, version: 2 }),
        ),
        (error) => isAuronxError(error, 'version_conflict'),
      )
      await assert.rejects(
        subject.work.run(other, ({ conversations }) =>
          conversations.append([messageOf(subject, conversation)]),
        ),
        (error) => isAuronxError(error, 'storage_constraint'),
      )
    },
  },
]

async function addContact(subject: ConversationSubject, tenantId: TenantId): Promise<ContactId> {
  const now = subject.clock.now()
  const contact = { id: subject.ids.next('ContactId'), createdAt: now, updatedAt: now, version: 1 }
  await subject.work.run(tenantId, ({ contacts }) => contacts.insert(contact, []))
  return contact.id
}

function conversationOf(
  subject: ConversationSubject,
  contactId: ContactId,
  given: Partial<Conversation> = {},
): Conversation {
  const now = subject.clock.now()
  return {
    id: subject.ids.next('ConversationId'),
    contactId,
    channelId,
    owner: 'ai',
    ownerEpoch: 1,
    status: 'open',
    lastInteractionAt: now,
    lastMessageAt: now,
    preview: 'hi',
    unreadCount: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...given,
  }
}

function messageOf(
  subject: ConversationSubject,
  conversation: Conversation,
  given: Partial<Message> = {},
): Message {
  return {
    id: subject.ids.next('MessageId'),
    conversationId: conversation.id,
    direction: 'in',
    author: 'customer',
    content: textContent('hi'),
    at: subject.clock.now(),
    ...given,
  }
}

function textContent(body: string): Message['content'] {
  return { kind: 'inbound', content: { type: 'text', body } }
}

async function pages<Item>(
  read: (cursor: { readonly cursor?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let cursor: { readonly cursor?: string } | undefined = {}
  while (cursor !== undefined) {
    const page: Page<Item> = await read(cursor)
    items.push(...page.items)
    cursor = page.cursor === undefined ? undefined : { cursor: page.cursor }
  }
  return items
}
