import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAuronxError } from '@auronx/sdk'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sql } from '../sql.ts'
import { makeDurable } from './durable.ts'
import { createPgliteClient } from './index.ts'
import type { PgliteClient } from './index.ts'

let root: string
let dataDir: string
let client: PgliteClient
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'auronx-pglite-'))
  dataDir = join(root, 'data')
  client = await createPgliteClient({ dataDir })
})
afterAll(async () => {
  await client.end()
  rmSync(root, { recursive: true, force: true })
})

const run = (sql: Sql, text: string) => sql.query({ name: '', text, values: [] })

test('keeps committed data over a close and an open, and nothing that was rolled back', async () => {
  await run(client, 'create table kept (n integer)')
  await client.transaction([], (sql) => run(sql, 'insert into kept values (1)'))
  const mine = new Error('mine')
  const failed = client.transaction([], async (sql) => {
    await run(sql, 'insert into kept values (2)')
    throw mine
  })
  await expect(failed).rejects.toBe(mine)
  await client.end()
  client = await createPgliteClient({ dataDir })
  expect(await run(client, 'select n from kept')).toEqual([{ n: 1 }])
})

test('keeps a second opener out, and takes over the lock of a process that is gone', async () => {
  await expect(createPgliteClient({ dataDir })).rejects.toSatisfy(
    (error) =>
      isAuronxError(error, 'storage_unavailable') && error.message.includes('Another process'),
  )
  await client.end()
  writeFileSync(`${dataDir}.lock`, '999999999')
  client = await createPgliteClient({ dataDir })
  expect(await run(client, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('runs transactions one after the other', async () => {
  await run(
    client,
    'create table counted (n integer); insert into counted values (0)'.split(';')[0] ?? '',
  )
  await run(client, 'insert into counted values (0)')
  await Promise.all(
    Array.from({ length: 20 }, () =>
      client.transaction([], async (sql) => {
        const [row] = await run(sql, 'select n from counted')
        await sql.query({
          name: '',
          text: 'update counted set n = $1',
          values: [Number(row?.['n']) + 1],
        })
      }),
    ),
  )
  expect(await run(client, 'select n from counted')).toEqual([{ n: 20 }])
})

test('reads and writes every kind of value', async () => {
  const at = new Date('2026-03-02T09:00:00.123Z')
  const [row] = await client.query({
    name: '',
    text: `select $1::uuid as id, $2::bigint as big, $3::timestamptz(3) as at, $4::bytea as bytes, $5::text[] as words,
      $6::bytea[] as pieces, $7::timestamptz[] as times, $8::jsonb as json, $9::boolean as yes, $10::bigint[] as counts`,
    values: [
      '01900000-0000-7000-8000-00000000000a',
      9_007_199_254_740_993n,
      at,
      new Uint8Array([0, 255]),
      ['a', 'b,"c"', null],
      [new Uint8Array([1]), Buffer.from([2, 3])],
      [at],
      JSON.stringify({ a: [1, null] }),
      true,
      [1, 2n],
    ],
  })
  expect(row).toMatchObject({
    id: '01900000-0000-7000-8000-00000000000a',
    big: 9_007_199_254_740_993n,
    at,
    words: ['a', 'b,"c"', null],
    times: [at],
    json: { a: [1, null] },
    yes: true,
  })
  expect([...(row?.['bytes'] instanceof Uint8Array ? row['bytes'] : [])]).toEqual([0, 255])
})

test('wakes who listens', async () => {
  const heard: string[] = []
  const stop = await client.listen?.('woken', (payload) => heard.push(payload))
  await client.transaction([], (sql) => run(sql, `select pg_notify('woken', 'lanes')`))
  expect(heard).toEqual(['lanes'])
  await stop?.()
})

test('refuses to call a database durable whose commits do not reach the disk', async () => {
  const db = await PGlite.create()
  await expect(makeDurable(db)).rejects.toSatisfy((error) =>
    isAuronxError(error, 'storage_unavailable'),
  )
  await db.close()
})
