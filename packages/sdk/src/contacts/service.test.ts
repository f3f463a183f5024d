import { describe, expect, test } from 'vitest'
import { createConversations, createMemoryConversationStore } from '../conversations/index.ts'
import {
  asId,
  createIds,
  createMemoryDatabase,
  createMemoryEventStore,
  createMemoryWork,
  rolePermissions,
  systemActor,
} from '../kernel/index.ts'
import { createMemoryOutboxStore } from '../outbox/index.ts'
import { createFakeClock, createSeededRandom } from '../testing/index.ts'
import type { IdentityEvent, Party } from '../webhook/index.ts'
import { createContacts } from './service.ts'
import { createMemoryContactStore } from './store.memory.ts'

function setUp() {
  const clock = createFakeClock()
  const ids = createIds(clock, createSeededRandom())
  const tenantId = ids.next('TenantId')
  const work = createMemoryWork(createMemoryDatabase(), (database, tenant) => ({
    contacts: createMemoryContactStore(database, tenant),
    conversations: createMemoryConversationStore(database, tenant),
    events: createMemoryEventStore(database, tenant),
    outbox: createMemoryOutboxStore(database, tenant),
  }))
  const contacts = createContacts({ work, clock, ids })
  const actor = systemActor(tenantId)
  const staff = {
    tenantId,
    kind: 'staff',
    id: 'member',
    via: 'dashboard',
    permissions: rolePermissions.owner,
  } as const
  const identify = async (party: Party) => {
    clock.advance(1000)
    const outcome = await contacts.identify(actor, party)
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    return outcome
  }
  const typesOf = (id: string) =>
    work.run(tenantId, async ({ events }) =>
      (await events.ofAggregate('contact', id)).map(({ type }) => type),
    )
  return { clock, ids, work, contacts, actor, staff, identify, typesOf, tenantId }
}

function change(
  previous: Party,
  current: Party,
  kind: IdentityEvent['change'] = 'number',
): IdentityEvent {
  return {
    kind: 'identity',
    key: 'k',
    businessAccountId: '1',
    field: 'messages',
    standby: false,
    change: kind,
    previous,
    current,
  }
}

describe('what is held back from a contact', () => {
  const reasons = ['131026', '131050', 'preference', 'asked']
  test.each([
    ['message', ['131026', '131050']],
    ['preference', ['131026', '131050', 'preference']],
    ['person', reasons],
  ] as const)('is lifted by a %s where that is an answer to the reason', async (by, lifted) => {
    const { identify, contacts, actor, staff, clock } = setUp()
    const { id } = (await identify({ phone: '15550100001' })).contact
    const found = []
    for (const reason of reasons) {
      const what = 'everything'
      await contacts.suppress(actor, id, { what, reason, since: clock.now() })
      const whose = by === 'person' ? staff : actor
      const outcome = await contacts.lift(whose, id, { what, at: clock.now(), by })
      if (outcome.kind === 'changed') found.push(reason)
      await contacts.lift(staff, id, { what, at: clock.now(), by: 'person' })
    }
    expect(found).toEqual(lifted)
  })

  test('stays where what lifts it is older, and the first reason counts', async () => {
    const { identify, contacts, actor, clock, typesOf } = setUp()
    const { id } = (await identify({ phone: '15550100001' })).contact
    const what = 'marketing'
    const since = clock.now()
    await contacts.suppress(actor, id, { what, reason: 'preference', since })
    const again = await contacts.suppress(actor, id, { what, reason: '131050', since })
    expect(again).toMatchObject({ kind: 'unchanged' })
    const older = new Date(since.getTime() - 1_000)
    const late = await contacts.lift(actor, id, { what, at: older, by: 'preference' })
    expect(late).toMatchObject({ kind: 'unchanged' })
    expect(await typesOf(id)).toEqual(['contact.created', 'contact.suppressed'])
  })

  test('is no matter of customers and assistants, and marketing comes back by the customer only', async () => {
    const { identify, contacts, actor, staff, clock } = setUp()
    const { id } = (await identify({ phone: '15550100001' })).contact
    const refused = { kind: 'refused', reason: 'not_permitted' }
    const since = clock.now()
    const ai = { ...actor, kind: 'ai' } as const
    const marketing = { what: 'marketing', reason: 'asked', since } as const
    expect(await contacts.suppress(ai, id, marketing)).toEqual(refused)
    await contacts.suppress(staff, id, marketing)
    const lift = { what: 'marketing', at: since, by: 'person' } as const
    expect(await contacts.lift(staff, id, lift)).toEqual(refused)
    expect(await contacts.suppress(staff, asId('ContactId', 'none'), marketing)).toEqual({
      kind: 'refused',
      reason: 'not_found',
    })
  })
})

describe('identify', () => {
  test('links what one event proves, so that a later event without a phone number is the same customer', async () => {
    const { identify, contacts, actor } = setUp()
    const first = await identify({ phone: '15550100001', displayName: 'Ada' })
    expect(first.created).toBe(true)
    const both = await identify({ phone: '15550100001', userId: 'US.1', username: '@Ada' })
    const later = await identify({ userId: 'US.1', username: 'ada' })
    expect([both.contact.id, later.contact.id]).toEqual([first.contact.id, first.contact.id])
    expect(later).toMatchObject({ created: false, merged: [] })
    expect(
      (await contacts.get(actor, first.contact.id))?.identities.map(({ value }) => value),
    ).toEqual(['15550100001', 'US.1', 'ada'])
  })

  test('refuses a person without any id and creates nobody', async () => {
    const { contacts, actor } = setUp()
    for (const party of [{}, { phone: '' }, { displayName: 'Ada', username: 'ada' }]) {
      expect(await contacts.identify(actor, party)).toEqual({
        kind: 'refused',
        reason: 'no_identity',
      })
    }
  })

  test('writes nothing when there is nothing new', async () => {
    const { identify, typesOf } = setUp()
    const { contact } = await identify({ phone: '15550100001', displayName: ' Ada\u0000 ' })
    expect(contact.displayName).toBe('Ada')
    const again = await identify({ phone: '15550100001', displayName: ' Ada\u0000 ' })
    expect(again.contact.version).toBe(1)
    const renamed = await identify({ phone: '15550100001', displayName: 'Ada L.' })
    expect(renamed.contact).toMatchObject({ displayName: 'Ada L.', version: 2 })
    expect(await typesOf(contact.id)).toEqual(['contact.created', 'contact.updated'])
  })

  test('merges two contacts when one event proves that they are one person', async () => {
    const { identify, contacts, actor, typesOf } = setUp()
    const byPhone = await identify({ phone: '15550100001' })
    const byUser = await identify({ userId: 'US.1' })
    const both = await identify({ phone: '15550100001', userId: 'US.1' })
    expect(both.contact.id).toBe(byPhone.contact.id)
    expect(both.merged).toEqual([byUser.contact.id])
    expect((await contacts.get(actor, byUser.contact.id))?.id).toBe(byPhone.contact.id)
    expect(await typesOf(byUser.contact.id)).toEqual(['contact.created', 'contact.merged_into'])
    expect(await typesOf(byPhone.contact.id)).toEqual(['contact.created', 'contact.merged'])
  })

  test('gives a recycled number to its new holder and keeps the old history apart', async () => {
    const { identify, contacts, actor } = setUp()
    const former = await identify({ phone: '15550100001', userId: 'US.OLD' })
    const holder = await identify({ phone: '15550100001', userId: 'US.NEW' })
    expect(holder.created).toBe(true)
    const before = await contacts.get(actor, former.contact.id)
    expect(before?.identityChangedAt).toBeInstanceOf(Date)
    expect(before?.identities.map(({ value }) => value)).toEqual(['US.OLD'])
    expect((await identify({ phone: '15550100001' })).contact.id).toBe(holder.contact.id)
  })

  test('keeps personal values out of the event log', async () => {
    const { identify, work, tenantId } = setUp()
    const { contact } = await identify({
      phone: '15550100001',
      userId: 'US.1',
      displayName: 'Ada',
      username: 'adalove',
    })
    await identify({ phone: '15550100001', displayName: 'Ada L.' })
    const log = await work.run(tenantId, ({ events }) => events.ofAggregate('contact', contact.id))
    expect(JSON.stringify(log)).not.toMatch(/15550100001|US\.1|Ada|adalove/)
  })
})

describe('changeIdentity', () => {
  test('gives the same customer the new number and user id and keeps the old ones', async () => {
    const { identify, contacts, actor, clock } = setUp()
    const { contact } = await identify({ phone: '15550100001', userId: 'US.1' })
    const outcome = await contacts.changeIdentity(
      actor,
      change({ phone: '15550100001', userId: 'US.1' }, { phone: '15550100002', userId: 'US.2' }),
    )
    expect(outcome).toMatchObject({
      kind: 'changed',
      contact: { id: contact.id, identityChangedAt: clock.now() },
    })
    expect((await identify({ userId: 'US.2' })).contact.id).toBe(contact.id)
    expect((await identify({ phone: '15550100002' })).contact.id).toBe(contact.id)
    expect((await identify({ userId: 'US.1' })).contact.id).toBe(contact.id)
  })

  test('changes nothing the second time', async () => {
    const { identify, contacts, actor } = setUp()
    await identify({ userId: 'US.1' })
    const event = change({ userId: 'US.1' }, { userId: 'US.2' }, 'user_id')
    const first = await contacts.changeIdentity(actor, event)
    expect(await contacts.changeIdentity(actor, event)).toMatchObject({ kind: 'unchanged' })
    expect(first).toMatchObject({ kind: 'changed' })
  })

  test('heals a message that came before the notice of its new user id', async () => {
    const { identify, contacts, actor } = setUp()
    const before = await identify({ phone: '15550100001', userId: 'US.1' })
    const early = await identify({ phone: '15550100002', userId: 'US.2' })
    expect(early.created).toBe(true)
    const outcome = await contacts.changeIdentity(
      actor,
      change({ userId: 'US.1' }, { phone: '15550100002', userId: 'US.2' }),
    )
    expect(outcome).toMatchObject({
      kind: 'changed',
      contact: { id: before.contact.id },
      merged: [early.contact.id],
    })
    expect((await identify({ userId: 'US.2' })).contact.id).toBe(before.contact.id)
  })

  test('never merges people over a phone number alone', async () => {
    const { identify, contacts, actor } = setUp()
    const mover = await identify({ phone: '15550100001', userId: 'US.1' })
    const former = await identify({ phone: '15550100002' })
    const outcome = await contacts.changeIdentity(
      actor,
      change({ userId: 'US.1' }, { phone: '15550100002' }),
    )
    expect(outcome).toMatchObject({
      kind: 'changed',
      contact: { id: mover.contact.id },
      merged: [],
    })
    expect((await contacts.get(actor, former.contact.id))?.id).toBe(former.contact.id)
    expect((await identify({ phone: '15550100002' })).contact.id).toBe(mover.contact.id)
  })

  test('creates the customer when nobody was known before, and refuses an event without ids', async () => {
    const { contacts, actor } = setUp()
    const outcome = await contacts.changeIdentity(
      actor,
      change({ userId: 'US.1' }, { userId: 'US.2' }),
    )
    expect(outcome).toMatchObject({ kind: 'changed' })
    expect(await contacts.changeIdentity(actor, change({ userId: 'US.1' }, {}))).toEqual({
      kind: 'refused',
      reason: 'no_identity',
    })
  })
})

describe('merge', () => {
  test('is for staff, never for the assistant or the customer', async () => {
    const { identify, contacts, tenantId } = setUp()
    const a = await identify({ phone: '15550100001' })
    const b = await identify({ phone: '15550100002' })
    for (const kind of ['ai', 'customer', 'system'] as const) {
      const outcome = await contacts.merge(
        { tenantId, kind, id: 'x', via: 'whatsapp' },
        a.contact.id,
        b.contact.id,
      )
      expect(outcome).toEqual({ kind: 'refused', reason: 'not_permitted' })
    }
  })

  test('leads every earlier merge to the last survivor and refuses what is one already', async () => {
    const { identify, contacts, staff } = setUp()
    const a = (await identify({ phone: '15550100001' })).contact.id
    const b = (await identify({ phone: '15550100002' })).contact.id
    const c = (await identify({ phone: '15550100003' })).contact.id
    expect(await contacts.merge(staff, a, b)).toMatchObject({ kind: 'merged', contact: { id: b } })
    expect(await contacts.merge(staff, a, c)).toMatchObject({ kind: 'merged', contact: { id: c } })
    expect((await contacts.get(staff, a))?.id).toBe(c)
    expect(await contacts.merge(staff, a, b)).toEqual({ kind: 'refused', reason: 'same' })
    expect(await contacts.merge(staff, asId('ContactId', 'none'), c)).toEqual({
      kind: 'refused',
      reason: 'not_found',
    })
  })

  test('takes over what was held back from either', async () => {
    const { identify, contacts, staff, actor, clock } = setUp()
    const a = (await identify({ phone: '15550100001' })).contact.id
    const b = (await identify({ userId: 'US.1' })).contact.id
    const since = clock.now()
    const marketing = { what: 'marketing', reason: 'asked', since } as const
    await contacts.suppress(staff, a, marketing)
    await contacts.suppress(actor, b, { what: 'everything', reason: '131026', since })
    const expected = {
      marketing: { since, reason: 'asked' },
      everything: { since, reason: '131026' },
    }
    // One event proves that they are one person.
    const { contact } = await identify({ phone: '15550100001', userId: 'US.1' })
    expect(contact.suppressed).toEqual(expected)
    const c = (await identify({ phone: '15550100009' })).contact.id
    expect(await contacts.merge(staff, contact.id, c)).toMatchObject({
      contact: { id: c, suppressed: expected },
    })
  })

  test('resolves the conversation that loses its place and says so in its log', async () => {
    const { identify, contacts, staff, actor, work, tenantId, clock, ids } = setUp()
    const conversations = createConversations({ work, clock, ids })
    const channelId = ids.next('ChannelId')
    const a = (await identify({ phone: '15550100001' })).contact.id
    const b = (await identify({ phone: '15550100002' })).contact.id
    const started = []
    for (const contactId of [a, b]) {
      const eventId = ids.next('InboxEventId')
      const content = { type: 'text', body: 'hi' } as const
      started.push(
        await conversations.receive(actor, {
          contactId,
          channelId,
          content,
          providerMessageId: contactId,
          timestampMs: 1,
          eventId,
        }),
      )
    }
    await contacts.merge(staff, a, b)
    const resolved = await conversations.list(staff, { status: 'resolved', limit: 10 })
    expect(resolved.items).toHaveLength(1)
    const log = await work.run(tenantId, ({ events }) =>
      events.ofAggregate('conversation', resolved.items[0]?.id ?? ''),
    )
    expect(log.at(-1)).toMatchObject({
      type: 'conversation.resolved',
      data: { reason: 'contact_merged' },
    })
  })
})

describe('the language', () => {
  test('is set by the customer or their assistant, and by nobody else’s', async () => {
    const { identify, contacts, actor, typesOf } = setUp()
    const { contact } = await identify({ phone: '15550100001' })
    const ai = { ...actor, kind: 'ai', id: 'assistant', onBehalfOf: contact.id } as const
    expect(await contacts.setLocale({ ...ai, onBehalfOf: 'x' }, contact.id, 'es')).toEqual({
      kind: 'refused',
      reason: 'not_permitted',
    })
    expect(await contacts.setLocale(ai, contact.id, 'es')).toMatchObject({ kind: 'changed' })
    expect(await contacts.setLocale(ai, contact.id, 'es')).toMatchObject({ kind: 'unchanged' })
    expect((await contacts.get(actor, contact.id))?.locale).toBe('es')
    expect((await typesOf(contact.id)).at(-1)).toBe('contact.locale_set')
  })
})
