import { asId, credentialPlace, isAuronxError } from '@auronx/sdk'
import type {
  AuditStore,
  BlobStore,
  CredentialStore,
  SealedColumn,
  SealingKeyStore,
  Stores,
  TenantId,
  UsageStore,
} from '@auronx/sdk'
import { assert, describe, test } from 'vitest'
import { createPostgresAuditStore } from './audit.ts'
import { createPostgresBlobStore } from './blobs.ts'
import { createPostgresCredentialStore, createPostgresSealedCredentials } from './credentials.ts'
import { createPostgresInboxStore } from './inbox.ts'
import { createPostgresJobQueue } from './jobs.ts'
import { marker, ownedBy, talkOf } from './owned.fixture.ts'
import type { Owned } from './owned.fixture.ts'
import type { Transaction } from './sql.ts'
import { createPostgresSealingKeyStore } from './sealing-keys.ts'
import { openPostgresStores } from './storage.ts'
import { defaultNames } from './tenant.ts'
import { eachEngine, openSubject, seedTenant } from './testing.ts'
import type { EngineSubject, TestEngine } from './testing.ts'
import { createPostgresUsageStore } from './usage.ts'
import { createPostgresWork } from './work.ts'

type AllStores = Stores & {
  readonly audit: AuditStore
  readonly usage: UsageStore
  readonly credentials: CredentialStore
  readonly sealedCredentials: SealedColumn
  readonly sealingKeys: SealingKeyStore
}
type Attempts = Readonly<Record<string, Readonly<Record<string, () => Promise<unknown>>>>>

const open = (sql: Transaction, tenantId: TenantId): AllStores => ({
  ...openPostgresStores(sql, tenantId),
  audit: createPostgresAuditStore(sql, tenantId),
  usage: createPostgresUsageStore(sql, tenantId),
  credentials: createPostgresCredentialStore(sql, tenantId),
  sealedCredentials: createPostgresSealedCredentials(sql, tenantId),
  sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
})

/**
 * Every method of every store, called by a foreign tenant with everything it could know of the owner's. `own` are records
 * of the caller that point to the owner's.
 */
function attempts(stores: AllStores, a: Owned, own: Owned): Attempts {
  const {
    ahead,
    accounts,
    contacts,
    conversations,
    catalog,
    orders,
    actions,
    outbox,
    lanes,
    jobs,
    events,
    idempotency,
    team,
    sessions,
    apiKeys,
    assignments,
    turns,
    contactLists,
    catalogLists,
  } = stores
  const lane = { ...a.lane, tenantId: own.tenantId }
  const job = { tenantId: own.tenantId, jobId: a.job.id, epoch: a.jobEpoch, attempts: 0 }
  const next = { ...a.order, lines: own.order.lines, version: 2 }
  return {
    ahead: {
      messages: async () => {
        const { contactId, channelId } = a.conversation
        const providerMessageId = a.message.providerMessageId ?? ''
        ahead.messages([
          {
            channelId,
            identities: a.identities,
            providerMessageIds: [providerMessageId],
            recent: 50,
          },
        ])
        return [
          await contacts.findByIdentities(a.identities),
          await conversations.lockLatest(contactId, channelId),
          await conversations.thread({ contactId, channelId, limit: 50 }),
          await conversations.thread({ contactId, channelId, limit: 1, providerMessageId }),
          await outbox.tail(a.conversation.id),
        ]
      },
    },
    accounts: {
      tenant: () => accounts.tenant(),
      saveTenant: async () =>
        accounts.saveTenant({ ...(await accounts.tenant()), id: a.tenantId, version: 2 }),
      channel: () => accounts.channel(a.channelId),
      channels: () => accounts.channels(),
      saveChannel: async () => {
        const [mine] = await accounts.channels()
        return mine === undefined
          ? undefined
          : accounts.saveChannel({ ...mine, id: a.channelId, version: 2 })
      },
    },
    team: {
      member: () => team.member(a.member.id, { lock: true }),
      memberOf: () => team.memberOf(a.member.userId),
      members: () => team.members(),
      lockOwners: () => team.lockOwners(),
      saveMember: () => team.saveMember({ ...own.member, id: a.member.id, version: 2 }),
      invitations: () => team.invitations({ tokenHash: a.invitation.tokenHash }),
      saveInvitation: () =>
        team.saveInvitation({ ...own.invitation, id: a.invitation.id, invitedBy: a.member.id }),
    },
    assignments: { release: () => assignments.release(a.member.id, a.at) },
    sessions: {
      get: () => sessions.get(a.session.id, { lock: true }),
      save: () => sessions.save({ ...own.session, id: a.session.id, memberId: a.member.id }),
      live: () => sessions.live(a.session.userId, a.at),
      revokeOf: () => sessions.revokeOf(a.member.id, a.at, 'stolen'),
      lockRefresh: () => sessions.lockRefresh(a.refresh.hash),
      saveRefresh: () => sessions.saveRefresh({ ...a.refresh, usedAt: a.at }),
    },
    apiKeys: {
      get: () => apiKeys.get(a.apiKey.id, { lock: true }),
      list: () => apiKeys.list(),
      save: () => apiKeys.save({ ...own.apiKey, id: a.apiKey.id, createdBy: a.member.id }),
      touch: () => apiKeys.touch(a.apiKey.id, a.at),
      revokeOf: () => apiKeys.revokeOf(a.member.id, a.at),
    },
    contactLists: { list: () => contactLists.list({ limit: 200 }) },
    catalogLists: {
      products: () => catalogLists.products({ limit: 200 }),
      taxCategories: () => catalogLists.taxCategories(),
    },
    contacts: {
      get: () => contacts.get(a.contact.id),
      findByIdentities: () => contacts.findByIdentities(a.identities),
      identities: () => contacts.identities(a.contact.id),
      insert: () => contacts.insert({ ...own.contact, id: a.contact.id }, a.identities),
      update: () => contacts.update({ ...own.contact, id: a.contact.id, version: 2 }),
      assign: () => contacts.assign(a.contact.id, a.identities),
      merge: () => contacts.merge(a.contact.id, a.second.id, a.at),
    },
    conversations: {
      get: () => conversations.get(a.conversation.id),
      lockLatest: () => conversations.lockLatest(a.contact.id, a.channelId),
      lock: () => conversations.lock(a.conversation.id),
      save: () => conversations.save({ ...a.conversation, preview: '', version: 2 }),
      list: () => conversations.list({ limit: 100 }),
      append: () => conversations.append([{ ...own.message, conversationId: a.conversation.id }]),
      thread: () =>
        conversations.thread({ contactId: a.contact.id, channelId: a.channelId, limit: 100 }),
    },
    catalog: {
      offers: () =>
        catalog.offers({ at: a.at, currency: 'EUR', variantIds: [a.variantId], limit: 50 }),
      product: () => catalog.product(a.product.id),
      saveProduct: () => catalog.saveProduct({ ...own.product, id: a.product.id, version: 2 }),
      saveTaxCategory: () => catalog.saveTaxCategory({ ...a.tax, rate: 1 }),
      addPrice: () => catalog.addPrice({ ...own.price, variantId: a.variantId }),
      lockStock: () =>
        catalog.lockStock({ variantIds: [a.variantId], ownerId: a.order.id, now: a.at }),
      saveStock: () =>
        catalog.saveStock({ items: [{ ...a.stock, version: 2 }], reservations: [], movements: [] }),
    },
    orders: {
      get: () => orders.get(a.order.id),
      lock: () => orders.lock(a.order.id),
      lockOpen: () => orders.lockOpen(a.contact.id),
      byCart: () => orders.byCart(a.order.cartKey ?? ''),
      list: () => orders.list({ contactId: a.contact.id, limit: 50 }),
      save: () => orders.save(next),
      nextNumber: () => orders.nextNumber({ kind: 'order', period: '2026' }),
    },
    actions: {
      insert: () => actions.insert([{ ...a.token, hash: 'e'.repeat(64) }]),
      find: () => actions.find(a.token.hash),
      settle: () => actions.settle(a.token.hash, { at: a.at, result: { command: 'confirm' } }),
      voidAll: () => actions.voidAll(a.order.id, a.at),
    },
    outbox: {
      insert: () =>
        outbox.insert([
          { ...own.entry, channelId: a.channelId, conversationId: a.conversation.id },
        ]),
      get: () => outbox.get(a.entry.id),
      lock: () => outbox.lock([a.entry.id]),
      tail: () => outbox.tail(a.conversation.id),
      update: () => outbox.update([{ ...own.entry, id: a.entry.id, state: 'failed' }]),
      lockForSettlement: () =>
        outbox.lockForSettlement({
          opaque: a.entry.opaque,
          providerMessageId: 'wamid.2',
          channelId: a.channelId,
          status: 'read',
          at: a.at,
        }),
      list: () => outbox.list({ conversationId: a.conversation.id, limit: 200 }),
    },
    lanes: {
      waiting: () => lanes.waiting([{ grant: lane, limit: 10 }]),
      complete: () => lanes.complete(lane, [{ id: a.inboxId, trace: [] }], a.at),
      fail: () => lanes.fail(lane, a.inboxId, { errorCode: 'x', at: a.at }),
      dead: () => lanes.dead(100),
      replay: () => lanes.replay(a.inboxId, a.at),
      traces: () => lanes.traces([a.inboxId]),
    },
    jobs: {
      schedule: () => jobs.schedule({ ...own.job, id: a.job.id, naturalKey: a.job.naturalKey }),
      cancel: () => jobs.cancel(a.job.naturalKey),
      take: () => jobs.take(job),
      complete: () => jobs.complete(job),
      fail: () => jobs.fail(job, { errorCode: 'x' }),
      dead: () => jobs.dead(100),
      settleDead: () => jobs.settleDead(a.job.id),
    },
    events: {
      append: () => events.append([{ ...a.event, aggregateVersion: 2 }]),
      ofAggregate: () => events.ofAggregate('order', a.order.id),
      since: () => events.since({ limit: 500 }),
      newest: () => events.newest(),
    },
    turns: {
      lockOpen: () => turns.lockOpen(a.conversation.id),
      save: () => turns.save({ ...own.turn, id: a.turn.id, version: 2 }),
      busyUntil: () => turns.busyUntil(a.contact.id, own.turn.id, a.at),
      list: () => turns.list({ ids: [a.turn.id], limit: 100 }),
      isDisclosed: () => turns.isDisclosed(a.conversation.id),
      spent: () => turns.spent(a.contact.id, a.at),
      spend: () => turns.spend(a.contact.id, a.at, { turns: 1, tokens: 1, costMicros: 1 }),
    },
    idempotency: {
      claim: () => idempotency.claim(a.key),
      settle: () => idempotency.settle(a.key, 'stolen'),
    },
    ...secretAttempts(stores, a, own),
  }
}

function secretAttempts(
  { audit, usage, credentials, sealedCredentials, sealingKeys }: AllStores,
  a: Owned,
  own: Owned,
): Attempts {
  const { sealingKey, credential, entry } = a.kept
  const { owner, kind, sealed } = credential
  const context = credentialPlace(a.tenantId, owner, kind)
  return {
    audit: {
      lockHead: () => audit.lockHead(),
      append: () => audit.append({ ...entry, sequence: 2, previous: entry.hash }),
      page: () => audit.page({ after: 0, limit: 500 }),
      forget: () => audit.forget(a.contact.id),
    },
    usage: {
      append: () => usage.append(usageOf(own.at)),
      forget: () => usage.forget(usageOf(a.at).pseudonym),
      roll: () => usage.roll(new Date('2100-01-01T00:00:00Z')),
      totals: () => usage.totals(),
      isObjected: () => usage.isObjected(asId('MemberId', a.contact.id)),
      setObjected: () => usage.setObjected(asId('MemberId', a.contact.id), undefined),
      key: () => usage.key(),
    },
    credentials: {
      list: () => credentials.list(),
      put: () => credentials.put({ ...own.kept.credential, owner }),
      erase: () => credentials.erase(owner),
      claimApp: () => credentials.claimApp(owner.id),
      releaseNumber: () => credentials.releaseNumber(a.channelId),
    },
    sealedCredentials: {
      sealedBefore: () => sealedCredentials.sealedBefore(99, undefined, 500),
      reseal: () => sealedCredentials.reseal({ context, sealed }, own.kept.credential.sealed),
    },
    sealingKeys: {
      list: () => sealingKeys.list(),
      get: () => sealingKeys.get(1),
      add: () => sealingKeys.add({ ...own.kept.sealingKey, version: 2 }),
      rewrap: () =>
        sealingKeys.rewrap(1, sealingKey.wrapped.bytes, { rootVersion: 9, bytes: sealed }),
      destroy: () => sealingKeys.destroy(1),
    },
  }
}

// A person has the same pseudonym for whoever asks with it; the tenant decides whose rows it reaches.
const usageOf = (at: Date) => ({ name: 'page.live', pseudonym: 'a'.repeat(64), at }) as const

/** The same with a grant that names the owner's tenant, as a forged or mixed up one would. */
function forged({ lanes, jobs }: AllStores, a: Owned): Attempts {
  const job = { tenantId: a.tenantId, jobId: a.job.id, epoch: a.jobEpoch, attempts: 0 }
  return {
    lanes: {
      waiting: () => lanes.waiting([{ grant: a.lane, limit: 10 }]),
      complete: () => lanes.complete(a.lane, [{ id: a.inboxId, trace: [] }], a.at),
      fail: () => lanes.fail(a.lane, a.inboxId, { errorCode: 'x', at: a.at }),
    },
    jobs: {
      take: () => jobs.take(job),
      complete: () => jobs.complete(job),
      fail: () => jobs.fail(job, { errorCode: 'x' }),
    },
  }
}

function blobAttempts(
  blobs: BlobStore,
  a: Owned,
  own: Owned,
): Readonly<Record<string, () => Promise<unknown>>> {
  return {
    put: () => blobs.put(own.tenantId, { ...own.blob, id: a.blob.id }),
    get: () => blobs.get(own.tenantId, a.blob.id),
    read: () => blobs.read(own.tenantId, a.blob.id),
    delete: () => blobs.delete(own.tenantId, a.blob.id),
    sweep: () => blobs.sweep(own.tenantId, new Date('2100-01-01T00:00:00Z')),
  }
}

/** Methods whose result shows the marker to its owner; without this the test below could not fail. */
const showToOwner = [
  'apiKeys.get',
  'apiKeys.list',
  'audit.page',
  'blobs.get',
  'catalog.offers',
  'catalog.product',
  'catalogLists.products',
  'contactLists.list',
  'contacts.findByIdentities',
  'contacts.get',
  'credentials.list',
  'conversations.get',
  'conversations.list',
  'conversations.lock',
  'conversations.lockLatest',
  'conversations.thread',
  'events.ofAggregate',
  'events.since',
  'jobs.take',
  'idempotency.claim',
  'lanes.waiting',
  'orders.byCart',
  'orders.get',
  'orders.list',
  'orders.lock',
  'orders.lockOpen',
  'outbox.get',
  'outbox.list',
  'outbox.lock',
  'outbox.lockForSettlement',
  'sessions.get',
  'sessions.live',
  'sessions.lockRefresh',
  'team.invitations',
  'team.lockOwners',
  'team.member',
  'team.memberOf',
  'team.members',
  'usage.key',
  'sealedCredentials.sealedBefore',
  'sealingKeys.get',
  'sealingKeys.list',
  'turns.list',
  'turns.lockOpen',
]

eachEngine((engine) => {
  test('the owner itself is shown its records by these calls, and its rows change', async () => {
    const subject = await openSubject(engine(), open)
    const a = await fill(engine(), subject, subject.tenants[0])
    const before = await snapshot(engine(), a.tenantId)
    const blobs = createPostgresBlobStore(engine().client, defaultNames, subject.clock)
    const shown: string[] = []
    for (const name of showToOwner) {
      const [store = '', method = ''] = name.split('.')
      const result = await (store === 'blobs'
        ? blobAttempts(blobs, a, a)[method]?.()
        : work(engine()).run(
            a.tenantId,
            (stores) => attempts(stores, a, a)[store]?.[method]?.() ?? missing(),
          ))
      if ((JSON.stringify(result, readable) ?? '').includes(marker)) shown.push(name)
    }
    assert.deepEqual(shown, showToOwner)
    await work(engine()).run(
      a.tenantId,
      (stores) => attempts(stores, a, a)['jobs']?.['cancel']?.() ?? missing(),
    )
    assert.notDeepEqual(await snapshot(engine(), a.tenantId), before)
  })

  describe('a tenant that knows every id of another', () => {
    test(
      'reads, changes and deletes nothing of it through any method of any store',
      { timeout: 120_000 },
      async () => {
        const subject = await openSubject(engine(), open)
        const a = await fill(engine(), subject, subject.tenants[0])
        const before = await snapshot(engine(), a.tenantId)
        assert.isAbove(Object.values(before).filter((digest) => digest !== '').length, 20)
        const blobs = createPostgresBlobStore(engine().client, defaultNames, subject.clock)

        const calls = await work(engine()).run(subject.tenants[1], async (stores) => {
          for (const [store, methods] of Object.entries(attempts(stores, a, a))) {
            const offered = Object.entries(stores).find(([name]) => name === store)?.[1] ?? {}
            assert.deepEqual(
              Object.keys(methods).toSorted(),
              Object.keys(offered).toSorted(),
              `cases of ${store}`,
            )
          }
          assert.deepEqual(
            Object.keys(attempts(stores, a, a)).toSorted(),
            Object.keys(stores).toSorted(),
            'cases',
          )
          return [attempts(stores, a, a), forged(stores, a)].map((all) =>
            Object.entries(all).flatMap(([store, methods]) =>
              Object.keys(methods).map((method) => [store, method] as const),
            ),
          )
        })
        assert.deepEqual(
          Object.keys(blobAttempts(blobs, a, a)).toSorted(),
          Object.keys(blobs).toSorted(),
        )

        let index = 1
        const each = async (
          name: string,
          call: (own: Owned) => Promise<unknown>,
        ): Promise<void> => {
          index += 1
          const own = await stranger(engine(), subject, index)
          const result = await outcome(call(own))
          assert.notInclude(
            JSON.stringify(result, readable) ?? '',
            marker,
            `${name} shows what is the owner's`,
          )
          assert.deepEqual(
            await snapshot(engine(), a.tenantId),
            before,
            `${name} changed what is the owner's`,
          )
        }
        const [plain = [], withGrants = []] = calls
        for (const [store, method] of plain) {
          await each(`${store}.${method}`, (own) =>
            work(engine()).run(
              own.tenantId,
              (stores) => attempts(stores, a, own)[store]?.[method]?.() ?? missing(),
            ),
          )
        }
        for (const [store, method] of withGrants) {
          await each(`${store}.${method} with the owner's grant`, (own) =>
            work(engine()).run(
              own.tenantId,
              (stores) => forged(stores, a)[store]?.[method]?.() ?? missing(),
            ),
          )
        }
        for (const method of Object.keys(blobs)) {
          await each(
            `blobs.${method}`,
            (own) => blobAttempts(blobs, a, own)[method]?.() ?? missing(),
          )
        }
        assert.isAbove(index, 60)
      },
    )
  })
})

const work = (engine: TestEngine) => createPostgresWork(engine.client, defaultNames, open)

/** Stores one record of every kind for a tenant, with its lane and job granted. */
async function fill(
  engine: TestEngine,
  subject: EngineSubject<AllStores>,
  tenantId: TenantId,
): Promise<Owned> {
  const records = ownedBy(subject, tenantId, marker)
  const { at, laneKey, inboxId } = records
  const talk = await work(engine).run(tenantId, async (stores) => {
    const [channel] = await stores.accounts.channels()
    if (channel === undefined) throw new Error('The tenant has no number')
    const made = talkOf(subject, records.contact, channel.id, marker)
    await stores.team.saveMember(records.member)
    await stores.team.saveInvitation(records.invitation)
    await stores.sessions.save(records.session)
    await stores.sessions.saveRefresh(records.refresh)
    await stores.apiKeys.save(records.apiKey)
    await stores.contacts.insert(records.contact, records.identities)
    await stores.contacts.insert(records.second, [])
    await stores.conversations.save(made.conversation)
    await stores.conversations.append([made.message])
    await stores.outbox.insert([made.entry])
    await stores.catalog.saveTaxCategory(records.tax)
    await stores.catalog.saveProduct(records.product)
    await stores.catalog.addPrice(records.price)
    await stores.catalog.lockStock({
      variantIds: [records.variantId],
      ownerId: records.order.id,
      now: at,
    })
    await stores.catalog.saveStock({ items: [records.stock], reservations: [], movements: [] })
    await stores.orders.save(records.order)
    await stores.orders.nextNumber({ kind: 'order', period: '2026' })
    await stores.actions.insert([records.token])
    await stores.jobs.schedule(records.job)
    await stores.events.append([records.event])
    await stores.turns.save(made.turn)
    await stores.turns.spend(records.contact.id, at, { turns: 1, tokens: 1, costMicros: 1 })
    await stores.idempotency.claim(records.key)
    await stores.idempotency.settle(records.key, marker)
    await stores.sealingKeys.add(records.kept.sealingKey)
    await stores.credentials.claimApp(records.kept.credential.owner.id)
    await stores.credentials.put(records.kept.credential)
    await stores.audit.append(records.kept.entry, records.kept.personal)
    await stores.usage.append(usageOf(at))
    await stores.usage.setObjected(asId('MemberId', records.contact.id), at)
    await stores.usage.key({ sealed: records.kept.credential.sealed })
    return made
  })
  await createPostgresBlobStore(engine.client, defaultNames, subject.clock).put(
    tenantId,
    records.blob,
  )
  const payload = new TextEncoder().encode(marker)
  const item = {
    tenantId,
    channelId: talk.channelId,
    id: inboxId,
    dedupHash: 'f'.repeat(64),
    laneKey,
    kind: 'message',
    payload,
  }
  const inbox = createPostgresInboxStore(engine.client, defaultNames.schema)
  const { grants } = await inbox.accept([{ ...item, receivedAt: at }], { now: at, leaseMs: 60_000 })
  const [job] = await createPostgresJobQueue(engine.client, defaultNames.schema).claim({
    limit: 1,
    leaseMs: 60_000,
    now: at,
  })
  const lane = grants[0]?.grant
  if (lane === undefined || job === undefined) throw new Error('Nothing was granted')
  return { ...records, ...talk, lane, jobEpoch: job.epoch }
}

/** A fresh tenant with a number, a contact and a product of its own, so that only the owner's ids are foreign. */
async function stranger(
  engine: TestEngine,
  subject: EngineSubject<AllStores>,
  index: number,
): Promise<Owned> {
  const tenantId = subject.ids.next('TenantId')
  await seedTenant(work(engine), tenantId, index, subject.ids)
  const records = ownedBy(subject, tenantId, 'mine')
  const talk = await work(engine).run(tenantId, async (stores) => {
    const [channel] = await stores.accounts.channels()
    if (channel === undefined) throw new Error('The tenant has no number')
    await stores.contacts.insert(records.contact, [])
    await stores.catalog.saveTaxCategory(records.tax)
    return talkOf(subject, records.contact, channel.id, 'mine')
  })
  return {
    ...records,
    ...talk,
    lane: { tenantId, laneKey: 'none', epoch: 1, leaseUntil: subject.clock.now() },
    jobEpoch: 1,
  }
}

// What the business or the database refuses is fine here; anything else is a bug that only looks like isolation.
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (isAuronxError(error) && error.code !== 'internal') return error.code
    throw error
  }
}

/** A digest of a tenant's rows per table, past row-level security. */
async function snapshot(
  engine: TestEngine,
  tenantId: TenantId,
): Promise<Readonly<Record<string, string>>> {
  const tables = await engine.admin(`select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'auronx'::regnamespace and c.relkind = 'r' order by 1`)
  const parts = tables.map(({ name }) => {
    const table = String(name)
    return `select '${table}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
      from auronx.${table} t where tenant_id = '${tenantId}'`
  })
  const rows = await engine.admin(parts.join(' union all '))
  return Object.fromEntries(rows.map((row) => [String(row['name']), String(row['digest'])]))
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  // A Buffer has turned itself into its bytes before it gets here.
  const bytes: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'data') : undefined
  if (Array.isArray(bytes)) return new TextDecoder().decode(Uint8Array.from(bytes))
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  return value instanceof Map ? [...value] : value
}

function missing(): never {
  throw new Error('There is no case for this method')
}
