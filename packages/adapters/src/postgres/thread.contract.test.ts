import { isAuronxError } from '@auronx/sdk'
import type { ChannelId, ContactId, Conversation } from '@auronx/sdk'
import {
  assignmentContract,
  contactContract,
  contactListContract,
  conversationContract,
  expiresAt,
  reachContract,
  runContract,
  turnContract,
} from '@auronx/sdk/testing'
import type {
  AssignmentSubject,
  ContactListSubject,
  ReachSubject,
  ConversationSubject,
  TurnSubject,
} from '@auronx/sdk/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgresStores } from './storage.ts'
import { contractAssert, openPglite, openPostgres, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'

for (const [name, openEngine] of [
  ['PostgreSQL', openPostgres],
  ['PGlite', openPglite],
] as const) {
  describe(name, () => {
    let engine: TestEngine
    beforeAll(async () => {
      engine = await openEngine()
    })
    afterAll(() => engine.close())

    const open = (): Promise<
      ConversationSubject & AssignmentSubject & TurnSubject & ContactListSubject & ReachSubject
    > => openSubject(engine, openPostgresStores)
    describe('contacts', () => runContract({ test, assert: contractAssert, open }, contactContract))
    describe('lists of contacts', () =>
      runContract({ test, assert: contractAssert, open }, contactListContract))
    describe('conversations', () =>
      runContract({ test, assert: contractAssert, open }, conversationContract))
    describe('held conversations', () =>
      runContract({ test, assert: contractAssert, open }, assignmentContract))
    describe('narrowed lists', () =>
      runContract({ test, assert: contractAssert, open }, reachContract))
    describe('turns', () => runContract({ test, assert: contractAssert, open }, turnContract))

    test('leaves one open conversation per contact when many start one at the same time', async () => {
      const subject = await open()
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const channelId = subject.ids.next('ChannelId')
      const contactIds = Array.from({ length: 5 }, () => subject.ids.next('ContactId'))
      await subject.work.run(tenantId, async ({ contacts }) => {
        for (const id of contactIds)
          await contacts.insert({ id, createdAt: now, updatedAt: now, version: 1 }, [])
      })
      let refused = 0
      const arrive = async (contactId: ContactId): Promise<void> => {
        try {
          await subject.work.run(tenantId, async ({ conversations }) => {
            const current = await conversations.lockLatest(contactId, channelId)
            const version = (current?.version ?? 0) + 1
            const id = current?.id ?? subject.ids.next('ConversationId')
            const unreadCount = (current?.unreadCount ?? 0) + 1
            await conversations.save({
              ...conversationOf(contactId, channelId, now),
              id,
              version,
              unreadCount,
            })
          })
        } catch (error) {
          if (!isAuronxError(error, 'conflict') || !error.retryable) throw error
          refused += 1
          await arrive(contactId)
        }
      }
      await Promise.all(
        contactIds.flatMap((contactId) => Array.from({ length: 10 }, () => arrive(contactId))),
      )
      const { items } = await subject.work.run(tenantId, ({ conversations }) =>
        conversations.list({ limit: 100 }),
      )
      expect(items.map(({ unreadCount }) => unreadCount)).toEqual([10, 10, 10, 10, 10])
      console.info(
        `${name}: 50 arrivals of 5 contacts, ${items.length} conversations, ${refused} refused and repeated`,
      )
    })

    test('computes the same expiry in its generated column as the rule in the SDK', async () => {
      const instants = fc.sample(
        fc.date({
          min: new Date('2020-01-01T00:00:00Z'),
          max: new Date('2060-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        { numRuns: 200, seed: 20_260_420 },
      )
      instants.push(
        new Date('2024-02-29T23:59:59.999Z'),
        new Date('2028-02-29T00:00:00Z'),
        new Date('2026-12-31T23:59:59.999Z'),
      )
      const subject = await open()
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      await subject.work.run(tenantId, async ({ contacts, conversations }) => {
        for (const at of instants) {
          const contactId = subject.ids.next('ContactId')
          await contacts.insert({ id: contactId, createdAt: now, updatedAt: now, version: 1 }, [])
          const conversation = conversationOf(contactId, subject.ids.next('ChannelId'), now)
          await conversations.save({
            ...conversation,
            id: subject.ids.next('ConversationId'),
            lastInteractionAt: at,
          })
        }
      })
      const rows = await engine.admin(
        'select last_interaction_at, expires_at from auronx.conversations',
      )
      expect(rows).toHaveLength(instants.length)
      for (const row of rows) {
        const at = row['last_interaction_at']
        expect(at).toBeInstanceOf(Date)
        if (at instanceof Date) expect(row['expires_at']).toEqual(expiresAt(at))
      }
    })
  })
}

function conversationOf(
  contactId: ContactId,
  channelId: ChannelId,
  now: Date,
): Omit<Conversation, 'id'> {
  return {
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
  }
}
