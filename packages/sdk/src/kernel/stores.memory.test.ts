import { describe, expect, test } from 'vitest'
import { blobContract, createMemoryBlobStore } from '../blobs/index.ts'
import type { BlobSubject } from '../blobs/index.ts'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import type { FakeClock } from '../testing/index.ts'
import {
  createIds,
  createMemoryDatabase,
  createMemoryEventStore,
  createMemoryIdempotencyStore,
  createMemoryWork,
  eventContract,
  idempotencyContract,
  isAuronxError,
} from './index.ts'
import type { Ids, MemoryDatabase, Random, TenantId, UnitOfWork } from './index.ts'

interface Opened<Stores> {
  readonly work: UnitOfWork<Stores>
  readonly tenants: readonly [TenantId, TenantId]
  readonly clock: FakeClock
  readonly random: Random
  readonly ids: Ids
}

function opened<Stores>(
  open: (database: MemoryDatabase, tenantId: TenantId) => Stores,
): Opened<Stores> {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const work = createMemoryWork(createMemoryDatabase(), open)
  return { work, tenants: [ids.next('TenantId'), ids.next('TenantId')], clock, random, ids }
}

describe('in memory', () => {
  const openEvents = async () =>
    opened((database, tenantId) => ({ events: createMemoryEventStore(database, tenantId) }))
  describe('events', () =>
    runContract({ test, assert: nodeAssert, open: openEvents }, eventContract))

  const openKeys = async () =>
    opened((database, tenantId) => ({ keys: createMemoryIdempotencyStore(database, tenantId) }))
  describe('idempotency', () =>
    runContract({ test, assert: nodeAssert, open: openKeys }, idempotencyContract))

  const openBlobs = async (): Promise<BlobSubject> => ({
    ...opened(() => ({})),
    blobs: createMemoryBlobStore(createMemoryDatabase()),
  })
  describe('blobs', () => runContract({ test, assert: nodeAssert, open: openBlobs }, blobContract))
})

test('a skip that names no case of the contract is refused', () => {
  const skip = [{ name: 'no such case', reason: 'none' }]
  const register = () =>
    runContract({ test: () => undefined, assert: nodeAssert, open: async () => 1, skip }, [])
  expect(register).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  expect(isAuronxError(new Error('other'))).toBe(false)
})
