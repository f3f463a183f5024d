import type { AccountStore, Channel } from '../accounts/index.ts'
import { randomHex } from '../kernel/index.ts'
import type { ConversationId, OutboxId, TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { OutboxEntry, OutboxQueue, OutboxStore } from './store.ts'

/** What the outbox contract is run against; each tenant has one number. */
export interface OutboxSubject extends StoreSubject<{
  readonly outbox: OutboxStore
  readonly accounts: AccountStore
}> {
  readonly outboxQueue: OutboxQueue
}

const leaseMs = 60_000
const parkAfterMs = 120_000

/** Promises of {@link OutboxStore} and {@link OutboxQueue}. */
export const outboxContract: readonly ContractCase<OutboxSubject>[] = [
  {
    name: 'returns an intent as it was stored, to its tenant only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const entry = await add(subject, tenantId, { replyTo: 'm', ownerEpoch: 3 })
      assert.deepEqual(await get(subject, tenantId, entry.id), entry)
      assert.equal(await get(subject, other, entry.id), undefined)
      const body = 'nul \u0000 and half \ud83d characters'
      const odd = await add(subject, tenantId, { message: { kind: 'text', body } })
      assert.deepEqual(await get(subject, tenantId, odd.id), odd)
    },
  },
  {
    name: 'hands the intents of one conversation out one after the other, in their order',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = await add(subject, tenantId, {})
      const second = await add(subject, tenantId, {
        conversationId: first.conversationId,
        sequence: 2,
      })
      assert.deepEqual(await claimIds(subject), [first.id])
      assert.deepEqual(await claimIds(subject), [])
      await change(subject, tenantId, first.id, { state: 'accepted' })
      assert.deepEqual(await claimIds(subject), [second.id])
    },
  },
  {
    name: 'gives an intent to one of many callers',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      for (let n = 0; n < 10; n += 1) await add(subject, tenantId, {})
      const claims = await Promise.all(Array.from({ length: 5 }, () => claimIds(subject)))
      const ids = claims.flat()
      assert.equal(ids.length, 10)
      assert.equal(new Set(ids).size, 10)
    },
  },
  {
    name: 'waits for the due time and for a stopped number',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const now = subject.clock.now()
      const later = await add(subject, tenantId, { dueAt: new Date(now.getTime() + 1_000) })
      assert.deepEqual(await claimIds(subject), [])
      assert.equal(
        (await subject.outboxQueue.nextDue(now, parkAfterMs))?.getTime(),
        now.getTime() + 1_000,
      )
      subject.clock.advance(1_000)
      const channel = await onlyChannel(subject, tenantId)
      const save = (change: Partial<Channel>): Promise<void> =>
        subject.work.run(tenantId, ({ accounts }) =>
          accounts.saveChannel({ ...channel, ...change }),
        )
      await save({ status: 'stopped', stoppedReason: 'credentials', version: channel.version + 1 })
      assert.deepEqual(await claimIds(subject), [])
      const due = await subject.outboxQueue.nextDue(subject.clock.now(), parkAfterMs)
      assert.equal(due, undefined)
      await save({ status: 'active', version: channel.version + 2 })
      assert.deepEqual(await claimIds(subject), [later.id])
    },
  },
  {
    name: 'calls a send whose lease ran out unknown and parks it after its time, never sends it again',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const entry = await add(subject, tenantId, {})
      await claimIds(subject)
      assert.deepEqual(await recover(subject), { unknown: 0, parked: 0 })
      subject.clock.advance(leaseMs)
      assert.deepEqual(await recover(subject), { unknown: 1, parked: 0 })
      assert.deepEqual(await recover(subject), { unknown: 0, parked: 0 })
      subject.clock.advance(parkAfterMs)
      assert.deepEqual(await recover(subject), { unknown: 0, parked: 1 })
      assert.equal((await get(subject, tenantId, entry.id))?.state, 'parked')
      assert.deepEqual(await claimIds(subject), [])
    },
  },
  {
    name: 'tells the tail of a conversation',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const entry = await add(subject, tenantId, { sequence: 7 })
      const tail = (): Promise<unknown> =>
        subject.work.run(tenantId, ({ outbox }) => outbox.tail(entry.conversationId))
      assert.deepEqual(await tail(), { sequence: 7, busy: true })
      await change(subject, tenantId, entry.id, { state: 'failed' })
      assert.deepEqual(await tail(), { sequence: 7, busy: false })
    },
  },
  {
    name: 'finds the intent of a status by its opaque value before its provider id',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const entry = await add(subject, tenantId, {
        state: 'accepted',
        providerMessageId: 'wamid.1',
      })
      const status = {
        channelId: entry.channelId,
        status: 'sent',
        at: subject.clock.now(),
      } as const
      const find = (
        tenant: TenantId,
        opaque: string | undefined,
        providerMessageId: string,
      ): Promise<string | undefined> =>
        subject.work.run(tenant, async ({ outbox }) => {
          const found = await outbox.lockForSettlement({
            ...status,
            providerMessageId,
            ...(opaque === undefined ? {} : { opaque }),
          })
          return found?.id
        })
      assert.equal(await find(tenantId, entry.opaque, 'other'), entry.id)
      assert.equal(await find(tenantId, undefined, 'wamid.1'), entry.id)
      assert.equal(await find(tenantId, undefined, 'other'), undefined)
      assert.equal(await find(other, entry.opaque, 'wamid.1'), undefined)
    },
  },
  {
    name: 'lists newest first, by state and conversation',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = await add(subject, tenantId, { state: 'parked' })
      subject.clock.advance(1)
      const second = await add(subject, tenantId, {})
      const list = (query: {
        states?: readonly OutboxEntry['state'][]
        conversationId?: ConversationId
      }): Promise<readonly string[]> =>
        subject.work.run(tenantId, async ({ outbox }) => {
          const found = await outbox.list({ ...query, limit: 10 })
          return found.map((entry) => entry.id)
        })
      assert.deepEqual(await list({}), [second.id, first.id])
      assert.deepEqual(await list({ states: ['parked'] }), [first.id])
      assert.deepEqual(await list({ conversationId: second.conversationId }), [second.id])
    },
  },
]

async function claimIds(subject: OutboxSubject): Promise<readonly OutboxId[]> {
  const grants = await subject.outboxQueue.claim({ limit: 10, leaseMs, now: subject.clock.now() })
  return grants.map((grant) => grant.outboxId)
}

function recover(
  subject: OutboxSubject,
): Promise<{ readonly unknown: number; readonly parked: number }> {
  return subject.outboxQueue.recover({ now: subject.clock.now(), parkAfterMs, limit: 10 })
}

function get(
  subject: OutboxSubject,
  tenantId: TenantId,
  id: OutboxId,
): Promise<OutboxEntry | undefined> {
  return subject.work.run(tenantId, ({ outbox }) => outbox.get(id))
}

async function change(
  subject: OutboxSubject,
  tenantId: TenantId,
  id: OutboxId,
  patch: Partial<OutboxEntry>,
): Promise<void> {
  await subject.work.run(tenantId, async ({ outbox }) => {
    const entries = await outbox.lock([id])
    await outbox.update(entries.map((entry) => ({ ...entry, ...patch })))
  })
}

async function onlyChannel(subject: OutboxSubject, tenantId: TenantId): Promise<Channel> {
  const [channel] = await subject.work.run(tenantId, ({ accounts }) => accounts.channels())
  if (channel === undefined) throw new Error('The contract needs a number per tenant')
  return channel
}

async function add(
  subject: OutboxSubject,
  tenantId: TenantId,
  patch: Partial<OutboxEntry>,
): Promise<OutboxEntry> {
  const channel = await onlyChannel(subject, tenantId)
  const now = subject.clock.now()
  const entry: OutboxEntry = {
    id: subject.ids.next('OutboxId'),
    conversationId: subject.ids.next('ConversationId'),
    contactId: subject.ids.next('ContactId'),
    channelId: channel.id,
    sequence: 1,
    to: { phone: '15550100001' },
    message: { kind: 'text', body: 'Hello — \u0645\u0631\u062d\u0628\u0627' },
    opaque: randomHex(subject.random, 16),
    state: 'queued',
    deliveryAt: {},
    dueAt: now,
    attempts: 0,
    createdAt: now,
    updatedAt: now,
    ...patch,
  }
  await subject.work.run(tenantId, ({ outbox }) => outbox.insert([entry]))
  return entry
}
