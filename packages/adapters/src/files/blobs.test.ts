import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asId, createIds, isAuronxError } from '@auronx/sdk'
import { blobContract, createFakeClock, createSeededRandom, runContract } from '@auronx/sdk/testing'
import type { BlobSubject } from '@auronx/sdk/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractAssert } from '../postgres/testing.ts'
import { createFileBlobStore } from './index.ts'

const ids = createIds(createFakeClock(), createSeededRandom(5))
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'auronx-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('files on disk', () => {
  const open = async (): Promise<BlobSubject> => ({
    blobs: createFileBlobStore({ folder }),
    tenants: [ids.next('TenantId'), ids.next('TenantId')],
    ids,
    random: createSeededRandom(6),
  })
  runContract({ test, assert: contractAssert, open }, blobContract)
})

test('can be read by this user only', async () => {
  const tenantId = ids.next('TenantId')
  const id = ids.next('BlobId')
  await createFileBlobStore({ folder }).put(tenantId, {
    id,
    contentType: 'text/plain',
    body: [new Uint8Array([1])],
  })
  const own = join(folder, tenantId)
  expect(
    [own, ...readdirSync(own).map((name) => join(own, name))].filter(
      (path) => (statSync(path).mode & 0o077) !== 0,
    ),
  ).toEqual([])
})

test('refuses ids that could lead out of the folder', async () => {
  const blobs = createFileBlobStore({ folder })
  const escape = asId('BlobId', '../../etc/passwd')
  const invalid = (error: unknown) => isAuronxError(error, 'invalid_input')
  await expect(blobs.get(ids.next('TenantId'), escape)).rejects.toSatisfy(invalid)
  await expect(blobs.delete(asId('TenantId', '..'), ids.next('BlobId'))).rejects.toSatisfy(invalid)
})

test('keeps one of two files that are written under one id at the same time', async () => {
  const blobs = createFileBlobStore({ folder })
  const tenantId = ids.next('TenantId')
  const id = ids.next('BlobId')
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((size) =>
      blobs.put(tenantId, { id, contentType: 'text/plain', body: [new Uint8Array(size)] }),
    ),
  )
  const kept = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  expect(kept.length).toBe(1)
  expect(await blobs.get(tenantId, id)).toEqual(kept[0]?.value)
})

test('sweeps what writers that died left, and nothing else', async () => {
  const blobs = createFileBlobStore({ folder })
  const tenantId = ids.next('TenantId')
  const own = join(folder, tenantId)
  const before = new Date('2026-03-02T09:00:00Z')
  expect(await blobs.sweep(tenantId, before)).toBe(0)
  const kept = await blobs.put(tenantId, {
    id: ids.next('BlobId'),
    contentType: 'text/plain',
    body: [],
  })
  mkdirSync(own, { recursive: true })
  const dead = ids.next('BlobId')
  for (const name of [
    `${ids.next('BlobId')}.part`,
    `${dead}.bin`,
    `${ids.next('BlobId')}.json.part`,
  ]) {
    writeFileSync(join(own, name), 'x')
    utimesSync(join(own, name), new Date('2026-03-01T00:00:00Z'), new Date('2026-03-01T00:00:00Z'))
  }
  writeFileSync(join(own, `${ids.next('BlobId')}.part`), 'young')
  expect(await blobs.sweep(tenantId, before)).toBe(3)
  expect(await blobs.get(tenantId, kept.id)).toEqual(kept)
  expect(readdirSync(own).filter((name) => name.endsWith('.part')).length).toBe(1)
})
