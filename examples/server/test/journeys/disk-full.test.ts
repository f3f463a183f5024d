import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import type { EmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { deliveriesTo } from './deliveries.ts'
import type { TestShop } from './shop.ts'
import { eventually, openShop } from './shop.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'auronx-full-'))
const mounted = mountSmallDisk()
if (!mounted)
  console.log('The disk is not filled: a file system of limited size needs the right to mount one')

/** A real file system of 256 MB in memory, which only root may mount. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const filler = path.join(folder, 'filler')

function fillDisk(): void {
  for (const size of [1 << 20, 1 << 12]) {
    const piece = new Uint8Array(size)
    try {
      for (;;) appendFileSync(filler, piece)
    } catch {
      // Full, up to a smaller piece.
    }
  }
}

// Large and hard to compress, so that a table has to grow for it.
const incompressible = Array.from({ length: 100_000 }, (_none, n) => (n * 7_919).toString(36)).join(
  ' ',
)

describe.skipIf(!mounted)('when the disk of the database is full', () => {
  let database: EmbeddedPostgres
  let shop: TestShop

  beforeAll(async () => {
    database = await startEmbeddedPostgres({
      dataDir: path.join(folder, 'data'),
      startTimeoutMs: 30_000,
    })
    const { host, user } = database.connection
    shop = await openShop({
      DATABASE_URL: `postgres://${user}@localhost/postgres?host=${encodeURIComponent(host)}`,
    })
  })
  afterAll(async () => {
    await shop?.close()
    await database?.stop()
    if (mounted) execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })

  async function count(what: string): Promise<number> {
    const [row] = await shop.sql(`select count(*)::int as count from auronx.${what}`)
    return Number(row?.['count'])
  }

  test('webhooks get 503, nothing is half-written, and what Meta delivers again is handled once', async () => {
    const { text } = await deliveriesTo(shop)
    const bodies = Array.from({ length: 5 }, (_none, n) =>
      text({ id: `wamid.FULL.${n}`, from: `1555010018${n}`, body: incompressible }),
    )
    const before = [await count('inbox'), await count('lanes')]
    fillDisk()
    const refused = await Promise.all(bodies.map((one) => shop.post(one)))
    expect(refused.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503])
    expect((await fetch(`${shop.url}/healthz`)).status).toBe(200)
    unlinkSync(filler)
    expect([await count('inbox'), await count('lanes')]).toEqual(before)
    for (const again of [...bodies, ...bodies]) expect((await shop.post(again)).status).toBe(200)
    await eventually(async () => (await count('outbox')) >= 5, 'five answers')
    await eventually(async () => (await count(`inbox where state = 'waiting'`)) === 0, 'rest')
    expect(await count(`messages where direction = 'in'`)).toBe(5)
    expect(await count('outbox')).toBe(5)
    expect(await count(`inbox where state = 'dead'`)).toBe(0)
  })
})
