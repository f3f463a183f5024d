import { createAuronx } from '@auronx/sdk'
import type { Auronx } from '@auronx/sdk'
import { createFakeMessenger } from '@auronx/sdk/testing'
import type { FakeMessenger } from '@auronx/sdk/testing'
import { parseWebhook } from '@auronx/sdk/webhook'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { appId, inbound, seed } from './shop.fixture.ts'
import { createPostgresStorage } from './storage.ts'
import { openPglite, openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'

for (const [name, openEngine] of [
  ['PostgreSQL', openPostgres],
  ['PGlite', openPglite],
] as const) {
  describe(`conversations answered together on ${name}`, () => {
    let engine: TestEngine
    let auronx: Auronx
    let messenger: FakeMessenger
    let working: Promise<void>
    const stop = new AbortController()

    beforeAll(async () => {
      engine = await openEngine()
      messenger = createFakeMessenger()
      auronx = createAuronx({ storage: createPostgresStorage(engine.client), messenger })
      await seed(auronx)
      working = auronx.work({ signal: stop.signal })
      await answered(inbound('hi', 1))
    })
    afterAll(async () => {
      stop.abort()
      await working
      await engine.close()
    })

    type Events = ReturnType<typeof inbound>

    const answered = async (events: Events, answers = events.length): Promise<void> => {
      const goal = messenger.sent.length + answers
      await auronx.inbox.accept(events, { appId })
      await vi.waitFor(() => expect(messenger.sent.length).toBe(goal), { timeout: 20_000 })
      await vi.waitFor(
        async () => {
          const open = `select 1 from auronx.outbox where state in ('queued', 'sending')`
          expect(await engine.admin(open)).toEqual([])
        },
        { timeout: 20_000 },
      )
    }

    test('twenty newcomers share transactions, and each is answered once', async () => {
      const customers = Array.from({ length: 20 }, (_, index) => 100 + index)
      const sentBefore = messenger.sent.length
      await answered(customers.flatMap((customer) => inbound('hi', customer)))
      const recipients = messenger.sent.slice(sentBefore).map(({ to }) => to.phone)
      expect(new Set(recipients).size).toBe(20)
      const [row] = await engine.admin(`select count(distinct m.contact_id)::integer as contacts,
          count(*)::integer as messages, count(distinct m.xmin::text)::integer as transactions
        from auronx.messages m join auronx.contact_identities i on i.contact_id = m.contact_id
        where i.value >= '15550100100' and i.value < '15550100120'`)
      expect(row).toMatchObject({ contacts: 20, messages: 40 })
      expect(row?.['transactions']).toBeLessThan(10)
    })

    test('one person in two lanes is one contact with one conversation', async () => {
      const both = person({ user_id: 'US.1', from: '15550105000' })
      await answered(person({ user_id: 'US.1', from: '15550105000' }, 'hi'))
      // From here on the same two names come in different lanes, in one batch.
      await answered([...inbound('hi', 5000), ...both])
      const rows =
        await engine.admin(`select c.unread_count, (select count(*)::integer from auronx.messages m
          where m.conversation_id = c.id) as messages
        from auronx.conversations c join auronx.contact_identities i on i.contact_id = c.contact_id
        where i.value = '15550105000'`)
      expect(rows).toEqual([{ unread_count: 3, messages: 6 }])
    })

    test('somebody new who writes under the same name in two lanes is created once', async () => {
      await answered([...inbound('hi', 6000), ...person({ user_id: 'US.6', from: '15550106000' })])
      const rows = await engine.admin(`select c.unread_count from auronx.conversations c
        join auronx.contact_identities i on i.contact_id = c.contact_id where i.value = '15550106000'`)
      expect(rows).toEqual([{ unread_count: 2 }])
    })

    test('an event that cannot be handled waits for its turn alone; the others are answered', async () => {
      await answered(inbound('hi', 7000))
      // Nothing can be written to this contact's conversation any more.
      await engine.admin(`update auronx.conversations c set version = 2000000000 from auronx.contact_identities i
        where i.contact_id = c.contact_id and i.value = '15550107000'`)
      await engine.admin(
        `alter table auronx.conversations add constraint refused check (version < 2000000001) not valid`,
      )
      const sentBefore = messenger.sent.length
      await answered([...inbound('hi', 7000), ...inbound('hi', 7001), ...inbound('hi', 7002)], 2)
      const recipients = messenger.sent.slice(sentBefore).map(({ to }) => to.phone)
      expect(new Set(recipients)).toEqual(new Set(['15550107001', '15550107002']))
      const waiting = await engine.admin(
        `select attempts > 0 as tried from auronx.inbox where state = 'waiting'`,
      )
      expect(waiting).toEqual([{ tried: true }])
    })
  })
}

let serial = 0

// A sender with a user id, whose lane is another than that of the phone number alone.
function person(
  { user_id, from }: { readonly user_id: string; readonly from: string },
  body = 'hi',
): ReturnType<typeof inbound> {
  serial += 1
  const timestamp = String(Math.trunc(Date.now() / 1_000))
  const text = { body }
  const message = {
    from,
    from_user_id: user_id,
    id: `wamid.person-${serial}`,
    timestamp,
    type: 'text',
    text,
  }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100000', phone_number_id: '900000000000001' },
    contacts: [{ profile: { name: 'Ada' }, wa_id: from, user_id }],
    messages: [message],
  }
  const entry = [{ id: '800000000000001', changes: [{ field: 'messages', value }] }]
  const object = 'whatsapp_business_account'
  return parseWebhook(new TextEncoder().encode(JSON.stringify({ object, entry }))).events
}
