import {
  accountContract,
  inboxContract,
  laneContract,
  outboxContract,
  runContract,
} from '@auronx/sdk/testing'
import type { AccountSubject, LaneSubject, OutboxSubject } from '@auronx/sdk/testing'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
import { createPostgresInboxStore } from './inbox.ts'
import { createPostgresJobQueue, createPostgresJobStore } from './jobs.ts'
import { createPostgresLaneQueue, createPostgresLaneStore } from './lanes.ts'
import { createPostgresOutboxQueue, createPostgresOutboxStore } from './outbox.ts'
import { createTransactionReads } from './read-ahead.ts'
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

    const openLanes = async (): Promise<LaneSubject> => ({
      ...(await openSubject(engine, (sql, tenantId) => ({
        lanes: createPostgresLaneStore(sql, tenantId),
        jobs: createPostgresJobStore(sql, tenantId),
      }))),
      inbox: createPostgresInboxStore(engine.client, 'auronx'),
      laneQueue: createPostgresLaneQueue(engine.client, 'auronx'),
      jobQueue: createPostgresJobQueue(engine.client, 'auronx'),
    })
    const openOutbox = async (): Promise<OutboxSubject> => ({
      ...(await openSubject(engine, (sql, tenantId) => ({
        outbox: createPostgresOutboxStore(sql, tenantId, createTransactionReads(sql, tenantId)),
        accounts: createPostgresAccountStore(sql, tenantId),
      }))),
      outboxQueue: createPostgresOutboxQueue(engine.client, 'auronx'),
    })
    const openAccounts = async (): Promise<AccountSubject> => ({
      ...(await openSubject(engine, (sql, tenantId) => ({
        accounts: createPostgresAccountStore(sql, tenantId),
      }))),
      directory: createPostgresChannelDirectory(engine.client, 'auronx'),
    })

    describe('accounts', () =>
      runContract({ test, assert: contractAssert, open: openAccounts }, accountContract))
    describe('lanes', () =>
      runContract({ test, assert: contractAssert, open: openLanes }, laneContract))
    describe('inbox', () =>
      runContract({ test, assert: contractAssert, open: openLanes }, inboxContract))
    describe('outbox', () =>
      runContract({ test, assert: contractAssert, open: openOutbox }, outboxContract))
  })
}
