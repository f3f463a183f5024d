import type { ContactStore } from '../contacts/index.ts'
import { asId } from '../kernel/index.ts'
import type { ConversationId, MemberId, TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { createMemoryAssignmentStore } from './assignments.memory.ts'
import type { Conversation, ConversationStore } from './store.ts'

/** What the contract of held conversations is run against. */
export type AssignmentSubject = StoreSubject<{
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
  readonly assignments: ReturnType<typeof createMemoryAssignmentStore>
}>

const channelId = asId('ChannelId', '00000000-0000-7000-8000-0000000000c1')

/** Promises about who holds conversations. */
export const assignmentContract: readonly ContractCase<AssignmentSubject>[] = [
  {
    name: 'lists what is assigned to a member, with or without what waits in the queue',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const { mine, queued } = await fill(subject, tenantId)
      const { work } = subject
      const list = (withQueue: boolean, status?: 'open'): Promise<readonly ConversationId[]> =>
        work.run(tenantId, async ({ conversations }) => {
          const within = { assigneeId: mine.assigneeId, withQueue }
          const narrowed = status === undefined ? {} : { status }
          const { items } = await conversations.list({ limit: 100, within, ...narrowed })
          return items.map(({ id }) => id)
        })
      assert.deepEqual(await list(false), [mine.resolved, mine.open])
      assert.deepEqual(await list(false, 'open'), [mine.open])
      assert.deepEqual(await list(true), [queued, mine.resolved, mine.open])
      assert.deepEqual(await list(true, 'open'), [queued, mine.open])
    },
  },
  {
    name: 'gives open conversations of one member back to the queue, once',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const { mine, theirs } = await fill(subject, tenantId)
      const at = subject.clock.now()
      const release = (of: TenantId) =>
        subject.work.run(of, ({ assignments }) => assignments.release(mine.assigneeId, at))
      assert.deepEqual(await release(other), [])
      assert.deepEqual(await release(tenantId), [
        { conversationId: mine.open, ownerEpoch: 2, version: 2 },
      ])
      assert.deepEqual(await release(tenantId), [])
      await subject.work.run(tenantId, async ({ conversations }) => {
        const open = await conversations.get(mine.open)
        assert.equal(open?.owner, 'queue')
        assert.equal(open?.assigneeId, undefined)
        assert.equal(open?.version, 2)
        assert.deepEqual(open?.updatedAt, at)
        assert.equal((await conversations.get(mine.resolved))?.assigneeId, mine.assigneeId)
        assert.equal((await conversations.get(theirs))?.owner, 'human')
      })
    },
  },
]

interface Filled {
  readonly mine: {
    readonly assigneeId: MemberId
    readonly open: ConversationId
    readonly resolved: ConversationId
  }
  readonly theirs: ConversationId
  readonly queued: ConversationId
}

/** Conversations of two members, of the queue and of the assistant; each newer than the one before. */
async function fill(subject: AssignmentSubject, tenantId: TenantId): Promise<Filled> {
  const { ids, clock } = subject
  const [assigneeId, another] = [ids.next('MemberId'), ids.next('MemberId')]
  const save = async (given: Partial<Conversation>): Promise<ConversationId> => {
    clock.advance(1_000)
    const now = clock.now()
    const contact = { id: ids.next('ContactId'), createdAt: now, updatedAt: now, version: 1 }
    const conversation: Conversation = {
      id: ids.next('ConversationId'),
      contactId: contact.id,
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
    await subject.work.run(tenantId, async ({ contacts, conversations }) => {
      await contacts.insert(contact, [])
      await conversations.save(conversation)
    })
    return conversation.id
  }
  const open = await save({ owner: 'human', assigneeId })
  const resolved = await save({
    owner: 'human',
    assigneeId,
    status: 'resolved',
    resolvedAt: clock.now(),
  })
  const theirs = await save({ owner: 'human', assigneeId: another })
  const queued = await save({ owner: 'queue' })
  await save({})
  return { mine: { assigneeId, open, resolved }, theirs, queued }
}
