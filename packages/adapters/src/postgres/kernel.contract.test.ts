import {
  blobContract,
  createFakeClock,
  eventContract,
  idempotencyContract,
  runContract,
} from '@auronx/sdk/testing'
import type { BlobSubject, EventSubject, IdempotencySubject } from '@auronx/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createPostgresBlobStore } from './blobs.ts'
import { createPostgresEventStore } from './events.ts'
import { createPostgresIdempotencyStore } from './idempotency.ts'
import { defaultNames } from './tenant.ts'
import { contractAssert, eachEngine, openSubject } from './testing.ts'

eachEngine((engine) => {
  const openEvents = (): Promise<EventSubject> =>
    openSubject(engine(), (sql, tenantId) => ({ events: createPostgresEventStore(sql, tenantId) }))
  const openKeys = (): Promise<IdempotencySubject> =>
    openSubject(engine(), (sql, tenantId) => ({
      keys: createPostgresIdempotencyStore(sql, tenantId),
    }))
  const openBlobs = async (): Promise<BlobSubject> => {
    const subject = await openSubject(engine(), () => ({}))
    return {
      ...subject,
      blobs: createPostgresBlobStore(engine().client, defaultNames, subject.clock),
    }
  }

  describe('events', () =>
    runContract({ test, assert: contractAssert, open: openEvents }, eventContract))
  describe('idempotency', () =>
    runContract({ test, assert: contractAssert, open: openKeys }, idempotencyContract))
  describe('blobs', () =>
    runContract({ test, assert: contractAssert, open: openBlobs }, blobContract))

  test('sweeps what a writer that died left unfinished, and nothing younger', async () => {
    const { ids, tenants } = await openSubject(engine(), () => ({}))
    const clock = createFakeClock()
    const blobs = createPostgresBlobStore(engine().client, defaultNames, clock)
    const [tenantId] = tenants
    const kept = await blobs.put(tenantId, {
      id: ids.next('BlobId'),
      contentType: 'text/plain',
      body: [new Uint8Array([1])],
    })
    await engine().admin(`insert into auronx.blobs (tenant_id, id, content_type, started_at)
      values ('${tenantId}', '${ids.next('BlobId')}', 'text/plain', '${clock.now().toISOString()}')`)
    expect(await blobs.sweep(tenantId, clock.now())).toBe(0)
    clock.advance(1)
    expect(await blobs.sweep(tenantId, clock.now())).toBe(1)
    expect(await blobs.get(tenantId, kept.id)).toEqual(kept)
  })
})
