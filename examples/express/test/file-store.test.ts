import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { createIds, createRandom, createSystemClock } from '@auronx/sdk'
import { blobContract, runContract } from '@auronx/sdk/testing'
import type { BlobSubject } from '@auronx/sdk/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createFileStore, filesTable } from '../src/file-store.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-files-test-'))
let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>
let pool: pg.Pool
beforeAll(async () => {
  database = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  pool = new pg.Pool(database.connection)
  pool.on('error', () => undefined)
  await pool.query(`create schema cafe; ${filesTable}`)
})
afterAll(async () => {
  await pool.end()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

describe("files in the café's own table keep the promises of a BlobStore", () => {
  const random = createRandom()
  const ids = createIds(createSystemClock(), random)
  const open = async (): Promise<BlobSubject> => ({
    blobs: createFileStore(pool),
    tenants: [ids.next('TenantId'), ids.next('TenantId')],
    ids,
    random,
  })
  runContract({ test, assert, open }, blobContract)
})
