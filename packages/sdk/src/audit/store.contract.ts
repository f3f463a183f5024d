import { systemActor } from '../kernel/index.ts'
import type { Actor } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { AuditEvent } from './entry.ts'
import { auditStart } from './entry.ts'
import { createAuditor } from './record.ts'
import { createAuditLog } from './service.ts'
import type { AuditStore } from './store.ts'
import { verifyAudit } from './verify.ts'

/** What the audit contract is run against. */
export type AuditSubject = StoreSubject<{ readonly audit: AuditStore }>

type Tenant = AuditSubject['tenants'][0]

/** Promises of {@link AuditStore}. */
export const auditContract: readonly ContractCase<AuditSubject>[] = [
  {
    name: 'gives back what was recorded, in order and page by page, and the export verifies',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const actor: Actor = {
        tenantId,
        kind: 'ai',
        id: 'assistant',
        onBehalfOf: 'contact-1',
        via: 'whatsapp',
        evidence: { kind: 'message', id: 'm-1' },
      }
      const recorded = []
      for (const event of events) {
        recorded.push(await record(subject, actor, event))
        subject.clock.advance(1)
      }
      const log = createAuditLog(subject.work)
      const reader = systemActor(tenantId)
      const first = await log.page(reader, { after: 0, limit: 2 })
      const rest = await log.page(reader, { after: 2, limit: 500 })
      assert.deepEqual(
        [...first, ...rest].map(({ entry }) => entry),
        recorded,
      )
      assert.deepEqual(rest[0]?.personal?.values, events[2]?.personal?.values)
      const verdict = await verifyAudit(log.export(reader))
      const last = recorded.at(-1)
      assert.deepEqual(verdict, {
        kind: 'intact',
        tenantId,
        entries: events.length,
        erased: 0,
        head: { sequence: last?.sequence, hash: last?.hash },
      })
    },
  },
  {
    name: 'numbers the entries of concurrent writers without gaps, each following from the one before',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const writes = Array.from({ length: 24 }, (_, index) =>
        record(subject, systemActor(index % 3 === 0 ? other : tenantId), {
          action: 'order.read',
          target: { type: 'order', id: String(index) },
        }),
      )
      await Promise.all(writes)
      const log = createAuditLog(subject.work)
      for (const [who, entries] of [
        [tenantId, 16],
        [other, 8],
      ] as const) {
        const verdict = await verifyAudit(log.export(systemActor(who)))
        assert.equal(verdict.kind === 'intact' ? verdict.entries : verdict.fault, entries)
      }
    },
  },
  {
    name: 'takes an entry back with the transaction that wrote it, without a gap',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const actor = systemActor(tenantId)
      const auditor = createAuditor(subject)
      await record(subject, actor, { action: 'order.read', target: { type: 'order', id: '1' } })
      await assert.rejects(
        subject.work.run(tenantId, async (stores) => {
          await auditor.record(stores, actor, {
            action: 'order.cancelled',
            target: { type: 'order', id: '1' },
          })
          throw new Error('rolled back')
        }),
        (error) => error instanceof Error && error.message === 'rolled back',
      )
      await record(subject, actor, { action: 'order.read', target: { type: 'order', id: '2' } })
      const page = await createAuditLog(subject.work).page(actor, { after: 0, limit: 10 })
      assert.deepEqual(
        page.map(({ entry }) => [entry.sequence, entry.target.id]),
        [
          [1, '1'],
          [2, '2'],
        ],
      )
    },
  },
  {
    name: 'records several entries in one transaction',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const actor = systemActor(tenantId)
      const auditor = createAuditor(subject)
      await subject.work.run(tenantId, async (stores) => {
        for (const id of ['1', '2', '3'])
          await auditor.record(stores, actor, {
            action: 'contact.read',
            target: { type: 'contact', id },
          })
      })
      const verdict = await verifyAudit(createAuditLog(subject.work).export(actor))
      assert.equal(verdict.kind === 'intact' ? verdict.entries : verdict.fault, 3)
    },
  },
  {
    name: 'refuses an entry that does not follow the newest one',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const actor = systemActor(tenantId)
      const event = { action: 'order.read', target: { type: 'order', id: '1' } }
      const first = await record(subject, actor, event)
      const append = (more: object, who: Tenant = tenantId): Promise<void> =>
        subject.work.run(who, ({ audit }) => audit.append({ ...first, ...more }))
      const isRefused = (error: unknown): boolean =>
        error instanceof Error && 'code' in error && String(error.code).startsWith('storage_')
      await assert.rejects(append({}), isRefused, 'again')
      await assert.rejects(append({ sequence: 3, previous: first.hash }), isRefused, 'a gap')
      await assert.rejects(append({ sequence: 2, previous: auditStart.hash }), isRefused, 'a fork')
      await assert.rejects(append({}, other), isRefused, 'into another log')
      await append({ sequence: 2, previous: first.hash })
    },
  },
  {
    name: 'forgets the personal values about one subject, and the chain stays whole',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const actor = systemActor(tenantId)
      for (const subjectId of ['ana', 'ben', 'ana'])
        await record(subject, actor, {
          action: 'contact.changed',
          target: { type: 'contact', id: subjectId },
          personal: { subjectId, values: { name: `only ${subjectId}` } },
        })
      const log = createAuditLog(subject.work)
      assert.equal(await log.forget(systemActor(other), 'ana'), 0)
      assert.equal(await log.forget(actor, 'ana'), 2)
      assert.equal(await log.forget(actor, 'ana'), 0)
      const lines: string[] = []
      for await (const line of log.export(actor)) lines.push(line)
      assert.equal(lines.join('').includes('only ana'), false)
      assert.equal(lines.join('').includes('only ben'), true)
      const verdict = await verifyAudit(lines)
      assert.deepEqual(
        verdict.kind === 'intact' ? [verdict.entries, verdict.erased] : verdict,
        [3, 2],
      )
    },
  },
  {
    name: 'shows a tenant its own log only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const event = { action: 'order.read', target: { type: 'order', id: '1' } }
      await record(subject, systemActor(tenantId), event)
      const log = createAuditLog(subject.work)
      assert.deepEqual(await log.page(systemActor(other), { after: 0, limit: 10 }), [])
      const verdict = await verifyAudit(log.export(systemActor(other)))
      assert.deepEqual(verdict.kind === 'intact' ? verdict.head : verdict, auditStart)
    },
  },
]

const events: readonly AuditEvent[] = [
  { action: 'order.confirmed', target: { type: 'order', id: 'o-1' }, facts: { version: 3 } },
  {
    action: 'number.health.read',
    target: { type: 'channel', id: 'c-1' },
    facts: {
      zeta: 'last',
      alpha: -9_007_199_254_740_991,
      huge: 9_007_199_254_740_991,
      yes: true,
      nothing: null,
      'ключ "quoted" 🙂': 'ünïcode \\ " \u2028 🙂',
    },
  },
  {
    action: 'contact.read',
    target: { type: 'contact', id: 'c-1' },
    personal: { subjectId: 'c-1', values: { name: 'Åsa "A" 🙂', phone: '15550100101', empty: '' } },
  },
]

function record(subject: AuditSubject, actor: Actor, event: AuditEvent) {
  const auditor = createAuditor(subject)
  return subject.work.run(actor.tenantId, (stores) => auditor.record(stores, actor, event))
}
