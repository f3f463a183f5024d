import { createAuditor, createAuditLog, systemActor, verifyAudit } from '@auronx/sdk'
import { auditContract, runContract } from '@auronx/sdk/testing'
import type { AuditSubject } from '@auronx/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createPostgresAuditStore } from './audit.ts'
import { tenantPrologue, defaultNames } from './tenant.ts'
import { contractAssert, eachEngine, openSubject } from './testing.ts'

eachEngine((engine) => {
  const open = (): Promise<AuditSubject> =>
    openSubject(engine(), (sql, tenantId) => ({ audit: createPostgresAuditStore(sql, tenantId) }))
  describe('audit log', () => runContract({ test, assert: contractAssert, open }, auditContract))

  const written = async () => {
    const subject = await open()
    const actor = systemActor(subject.tenants[0])
    const auditor = createAuditor(subject)
    for (const id of ['1', '2', '3'])
      await subject.work.run(actor.tenantId, (stores) =>
        auditor.record(stores, actor, {
          action: 'contact.read',
          target: { type: 'contact', id },
          facts: { amountMinor: 100 },
          personal: { subjectId: id, values: { phone: '15550100101' } },
        }),
      )
    return { ...subject, actor, log: createAuditLog(subject.work) }
  }

  test.each([
    `update auronx.audit_log set facts = '{}'`,
    `update auronx.audit_log set at = at where false`,
    'delete from auronx.audit_log',
    'truncate auronx.audit_log',
    `update auronx.audit_personal set personal = '{}'`,
    'truncate auronx.audit_personal',
  ])('the application may not: %s', async (text) => {
    const { actor, log } = await written()
    await expect(
      engine().client.transaction([tenantPrologue(actor.tenantId, defaultNames)], (sql) =>
        sql.query({ name: '', text, values: [] }),
      ),
    ).rejects.toMatchObject({ code: 'storage_role' })
    expect(await verifyAudit(log.export(actor))).toMatchObject({ kind: 'intact', entries: 3 })
  })

  test.each([
    [`update auronx.audit_log set facts = '{"amountMinor": 101}' where sequence = 2`, 'hash'],
    [
      `update auronx.audit_log set actor = actor || '{"id": "somebody"}' where sequence = 2`,
      'hash',
    ],
    [`update auronx.audit_log set at = at + interval '1 hour' where sequence = 3`, 'hash'],
    [
      `update auronx.audit_personal set personal = '{"phone": "15550100199"}' where sequence = 1`,
      'personal',
    ],
    [`delete from auronx.audit_log where sequence = 2`, 'sequence'],
    [`update auronx.audit_log set sequence = sequence + 10`, 'sequence'],
  ])('what even an owner does past the rules shows: %s', async (text, fault) => {
    const { actor, log } = await written()
    await engine().admin(
      `do $do$ begin perform set_config('session_replication_role', 'replica', true); ${text}; end $do$`,
    )
    expect(await verifyAudit(log.export(actor))).toMatchObject({ kind: 'broken', fault })
  })
})
