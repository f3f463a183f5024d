import type { Conversation, ConversationStore } from '../conversations/index.ts'
import { asId, isAuronxError } from '../kernel/index.ts'
import type { ContactId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { Contact, ContactStore, Identity } from './store.ts'

/** What the contact contract is run against; a merge moves conversations too. */
export type ContactSubject = StoreSubject<{
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
}>

const channelId = asId('ChannelId', '00000000-0000-7000-8000-0000000000c1')
const phone = (value: string): Identity => ({ kind: 'wa_phone', scope: '', value })
const userId = (value: string): Identity => ({ kind: 'wa_bsuid', scope: 'p', value })
const username = (value: string): Identity => ({ kind: 'wa_username', scope: 'p', value })

/** Promises of {@link ContactStore}. */
export const contactContract: readonly ContractCase<ContactSubject>[] = [
  {
    name: 'finds contacts by any of their identities, each once, oldest first, with all they are known by',
    async run(subject, assert) {
      const older = contactOf(subject, {
        displayName: 'A',
        locale: 'pt',
        blockedAt: subject.clock.now(),
      })
      subject.clock.advance(1)
      const newer = contactOf(subject)
      const [tenantId] = subject.tenants
      const found = await subject.work.run(tenantId, async ({ contacts }) => {
        await contacts.insert(newer, [phone('15550100002')])
        await contacts.insert(older, [userId('US.1'), phone('15550100001')])
        return contacts.findByIdentities([
          phone('15550100002'),
          phone('15550100001'),
          userId('US.1'),
          userId('US.9'),
        ])
      })
      assert.deepEqual(found, [
        { ...older, identities: [userId('US.1'), phone('15550100001')] },
        { ...newer, identities: [phone('15550100002')] },
      ])
      await subject.work.run(tenantId, async ({ contacts }) => {
        assert.deepEqual(await contacts.get(older.id), older)
        assert.deepEqual(await contacts.identities(newer.id), [phone('15550100002')])
        assert.deepEqual(await contacts.findByIdentities([]), [])
      })
    },
  },
  {
    name: 'keeps what is held back from a contact, and gives it up again',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const since = subject.clock.now()
      const everything = { since, reason: '131026' }
      const marketing = { since, reason: 'preference' }
      const both = contactOf(subject, { suppressed: { everything, marketing } })
      const number = [phone('15550100001')]
      await subject.work.run(tenantId, async ({ contacts }) => {
        await contacts.insert(both, number)
        assert.deepEqual(await contacts.get(both.id), both)
        assert.deepEqual(await contacts.findByIdentities(number), [{ ...both, identities: number }])
        const one = { ...both, suppressed: { marketing }, version: 2 }
        await contacts.update(one)
        assert.deepEqual(await contacts.get(both.id), one)
        const { suppressed: _none, ...none } = one
        await contacts.update({ ...none, version: 3 })
        assert.deepEqual(await contacts.get(both.id), { ...none, version: 3 })
      })
    },
  },
  {
    name: 'refuses a contact whose identity belongs to somebody, and stores nothing of it',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = contactOf(subject)
      const second = contactOf(subject)
      await subject.work.run(tenantId, ({ contacts }) =>
        contacts.insert(first, [phone('15550100001')]),
      )
      await assert.rejects(
        subject.work.run(tenantId, ({ contacts }) =>
          contacts.insert(second, [userId('US.2'), phone('15550100001')]),
        ),
        (error) => isAuronxError(error, 'conflict') && error.retryable,
      )
      await subject.work.run(tenantId, async ({ contacts }) => {
        assert.equal(await contacts.get(second.id), undefined)
        assert.deepEqual(await contacts.findByIdentities([userId('US.2')]), [])
      })
    },
  },
  {
    name: 'replaces a contact only by its next version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contact = contactOf(subject, { displayName: 'Before', locale: 'en' })
      const { displayName: _name, ...rest } = contact
      const next: Contact = { ...rest, identityChangedAt: subject.clock.now(), version: 2 }
      await subject.work.run(tenantId, async ({ contacts }) => {
        await contacts.insert(contact, [])
        await contacts.update(next)
        assert.deepEqual(await contacts.get(contact.id), next)
      })
      await assert.rejects(
        subject.work.run(tenantId, ({ contacts }) => contacts.update(next)),
        (error) => isAuronxError(error, 'version_conflict'),
      )
    },
  },
  {
    name: 'moves an identity to whom it is given and keeps one username per scope',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = contactOf(subject)
      const second = contactOf(subject)
      await subject.work.run(tenantId, async ({ contacts }) => {
        await contacts.insert(first, [phone('15550100001'), username('anna')])
        await contacts.insert(second, [phone('15550100002')])
        await contacts.assign(second.id, [phone('15550100001'), username('anna')])
        assert.deepEqual(await contacts.identities(first.id), [])
        await contacts.assign(second.id, [username('bea'), username('bea')])
        const left = await contacts.identities(second.id)
        assert.deepEqual(
          new Set(left.map(({ value }) => value)),
          new Set(['15550100001', '15550100002', 'bea']),
        )
        const elsewhere: Identity = { kind: 'wa_username', scope: 'q', value: 'cleo' }
        await contacts.assign(second.id, [elsewhere])
        assert.equal((await contacts.identities(second.id)).length, 4)
      })
    },
  },
  {
    name: 'has at the end what was given last, also when it was known',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contact = contactOf(subject)
      const ownOf = () =>
        subject.work.run(tenantId, async ({ contacts }) => {
          const [found] = await contacts.findByIdentities([phone('15550100001')])
          const own = await contacts.identities(contact.id)
          assert.deepEqual(found?.identities, own)
          return own.map(({ value }) => value)
        })
      await subject.work.run(tenantId, async ({ contacts }) => {
        await contacts.insert(contact, [phone('15550100001'), phone('15550100002')])
      })
      assert.deepEqual(await ownOf(), ['15550100001', '15550100002'])
      await subject.work.run(tenantId, ({ contacts }) =>
        contacts.assign(contact.id, [phone('15550100001')]),
      )
      assert.deepEqual(await ownOf(), ['15550100002', '15550100001'])
    },
  },
  {
    name: 'moves identities, conversations and messages of a merged contact to its survivor',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const [grandfather, loser, winner] = [
        contactOf(subject),
        contactOf(subject),
        contactOf(subject),
      ]
      await subject.work.run(tenantId, async ({ contacts }) => {
        await contacts.insert(grandfather, [])
        await contacts.insert(loser, [phone('15550100001')])
        await contacts.insert(winner, [userId('US.1')])
      })
      const byHuman = conversationOf(subject, loser.id, { owner: 'human', assigneeId: 'm' })
      subject.clock.advance(1000)
      const byMenu = conversationOf(subject, winner.id)
      await subject.work.run(tenantId, async ({ contacts, conversations }) => {
        await conversations.save(byHuman)
        await conversations.save(byMenu)
        await conversations.append([
          {
            id: subject.ids.next('MessageId'),
            conversationId: byHuman.id,
            direction: 'in',
            author: 'customer',
            content: { kind: 'inbound', content: { type: 'text', body: 'hi' } },
            providerMessageId: 'wamid.1',
            at: subject.clock.now(),
          },
        ])
        await contacts.merge(grandfather.id, loser.id, subject.clock.now())
        const closed = await contacts.merge(loser.id, winner.id, subject.clock.now())
        assert.deepEqual(closed, [{ id: byMenu.id, version: 2 }])
        assert.deepEqual(
          new Set(await contacts.identities(winner.id)),
          new Set([phone('15550100001'), userId('US.1')]),
        )
        assert.equal((await contacts.get(loser.id))?.mergedIntoId, winner.id)
        assert.equal((await contacts.get(loser.id))?.version, 2)
        assert.equal((await contacts.get(grandfather.id))?.mergedIntoId, winner.id)
        const open = await conversations.lockLatest(winner.id, channelId)
        assert.deepEqual(open, { ...byHuman, contactId: winner.id })
        assert.equal((await conversations.get(byMenu.id))?.status, 'resolved')
        const thread = await conversations.thread({ contactId: winner.id, channelId, limit: 10 })
        assert.equal(thread.items.length, 1)
      })
    },
  },
  {
    name: 'shows nothing of another tenant',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const mine = contactOf(subject)
      const theirs = contactOf(subject)
      await subject.work.run(tenantId, ({ contacts }) =>
        contacts.insert(mine, [phone('15550100001')]),
      )
      await subject.work.run(other, async ({ contacts }) => {
        assert.equal(await contacts.get(mine.id), undefined)
        assert.deepEqual(await contacts.findByIdentities([phone('15550100001')]), [])
        assert.deepEqual(await contacts.identities(mine.id), [])
        await contacts.insert(theirs, [phone('15550100001')])
      })
      await assert.rejects(
        subject.work.run(other, ({ contacts }) => contacts.update({ ...mine, version: 2 })),
        (error) => isAuronxError(error, 'version_conflict'),
      )
      await assert.rejects(
        subject.work.run(other, ({ contacts }) =>
          contacts.merge(mine.id, theirs.id, subject.clock.now()),
        ),
        (error) => isAuronxError(error, 'not_found'),
      )
      assert.deepEqual(
        await subject.work.run(tenantId, ({ contacts }) => contacts.get(mine.id)),
        mine,
      )
    },
  },
]

function contactOf(subject: ContactSubject, given: Partial<Contact> = {}): Contact {
  const now = subject.clock.now()
  return { id: subject.ids.next('ContactId'), createdAt: now, updatedAt: now, version: 1, ...given }
}

function conversationOf(
  subject: ContactSubject,
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
    preview: '',
    unreadCount: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...given,
  }
}
