import { cleanupContract, memberOf, refreshOf, runContract, sessionOf } from '@auronx/sdk/testing'
import type { CleanupSubject } from '@auronx/sdk/testing'
import { assert, describe, test } from 'vitest'
import { createPostgresCleanup } from './cleanup.ts'
import { createPostgresIdentityWork } from './identity.ts'
import { openPostgresStores } from './storage.ts'
import { createPostgresAccessDirectory } from './team.ts'
import { defaultNames } from './tenant.ts'
import { contractAssert, eachEngine, openSubject } from './testing.ts'

const longAgo = new Date('2020-01-01T00:00:00Z')
const later = new Date('2120-01-01T00:00:00Z')
const asRetention = {
  name: '',
  text: `select set_config('role', 'auronx_retention', true), set_config('search_path', 'auronx, pg_temp', true)`,
  values: [],
}

eachEngine((engine) => {
  const open = async (): Promise<CleanupSubject> => ({
    ...(await openSubject(engine(), openPostgresStores)),
    access: createPostgresAccessDirectory(engine().client, 'auronx'),
    cleanup: createPostgresCleanup(engine().client, 'auronx'),
    identity: createPostgresIdentityWork(engine().client, defaultNames),
  })

  describe('cleanup', () => runContract({ test, assert: contractAssert, open }, cleanupContract))

  test('the role that deletes cannot delete what is still of use, whatever it is told', async () => {
    const subject = await open()
    const [tenantId] = subject.tenants
    const member = memberOf(subject)
    const keep = { ...sessionOf(subject, member), idleExpiresAt: later, expiresAt: later }
    const over = { ...sessionOf(subject, member), idleExpiresAt: longAgo, expiresAt: longAgo }
    const keyOf = (key: string, expiresAt: Date) => ({
      principal: 'member:1',
      key,
      fingerprint: 'f',
      at: longAgo,
      expiresAt,
    })
    await subject.work.run(tenantId, async ({ team, sessions, idempotency }) => {
      await team.saveMember(member)
      for (const session of [keep, over]) await sessions.save(session)
      await sessions.saveRefresh(refreshOf(subject, over))
      await idempotency.claim(keyOf('keep', later))
      await idempotency.claim(keyOf('over', longAgo))
    })
    const deleted = await engine().client.transaction([asRetention], async (sql) => {
      const run = (text: string) => sql.query({ name: '', text, values: [] })
      return [
        await run('delete from sessions where true returning id'),
        await run('delete from idempotency_keys where true returning key'),
      ]
    })
    assert.deepEqual(deleted, [[{ id: over.id }], [{ key: 'over' }]])
    assert.equal(await subject.cleanup.sessions(new Date('2200-01-01T00:00:00Z'), 10), 0)
    assert.equal(await subject.cleanup.idempotencyKeys(new Date('2200-01-01T00:00:00Z'), 10), 0)
    await subject.work.run(tenantId, async ({ sessions }) => {
      assert.isDefined(await sessions.get(keep.id))
      assert.isUndefined(await sessions.get(over.id))
    })
    for (const text of ['select * from sessions', 'select user_id from sessions']) {
      const read = engine().client.transaction([asRetention], (sql) =>
        sql.query({ name: '', text, values: [] }),
      )
      await contractAssert.rejects(read, () => true)
    }
  })
})
