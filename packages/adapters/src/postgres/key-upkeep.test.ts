import {
  checkRootKeys,
  createKeyUpkeep,
  createRootKeys,
  createSealer,
  createSecret,
  credentialPlace,
} from '@auronx/sdk'
import type { IdentityWork, SealContext, Secrets, TenantId, UnitOfWork } from '@auronx/sdk'
import { createKeyRing, createSealedSigningKeys } from '@auronx/sdk/auth'
import { createSeededRandom } from '@auronx/sdk/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { createPostgresCredentialStore } from './credentials.ts'
import { createPostgresIdentityWork } from './identity.ts'
import { createPostgresSealedColumns } from './sealed-columns.ts'
import { createPostgresSealingKeyDirectory, createPostgresSealingKeyStore } from './sealing-keys.ts'
import type { Transaction } from './sql.ts'
import { defaultNames } from './tenant.ts'
import { eachEngine, openSubject } from './testing.ts'
import type { EngineSubject } from './testing.ts'
import { createPostgresUsageStore } from './usage.ts'

const forever = new AbortController().signal
const twoMinutes = 120_000

let interruptions = 0
afterAll(() =>
  console.log(`T-CRY: upkeep of keys killed at ${interruptions} transactions, 0 values lost`),
)

const open = (sql: Transaction, tenantId: TenantId) => ({
  credentials: createPostgresCredentialStore(sql, tenantId),
  usage: createPostgresUsageStore(sql, tenantId),
  sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
  sealedColumns: createPostgresSealedColumns(sql, tenantId),
})
type Stores = ReturnType<typeof open>

function rootKeys(...versions: readonly number[]): Secrets {
  const keys = versions.map((version) => ({
    version,
    bytes: createSecret(createSeededRandom(version * 7_919).bytes(32)),
  }))
  return createRootKeys(keys, createSeededRandom(3))
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const app = { kind: 'app', id: '7' } as const
const usagePlace = (tenantId: TenantId): SealContext => ({
  tenantId,
  table: 'usage_keys',
  column: 'sealed',
  rowId: 'usage',
})

interface Floor extends EngineSubject<Stores> {
  readonly identity: IdentityWork
  readonly directory: ReturnType<typeof createPostgresSealingKeyDirectory>
}

/** Two tenants with a credential and a usage key each, and a signing key with its successor. */
async function fill(floor: Floor): Promise<void> {
  const sealer = createSealer({ ...floor, secrets: rootKeys(1) })
  for (const tenantId of floor.tenants) {
    const place = credentialPlace(tenantId, app, 'app_secret')
    const sealed = await sealer.seal(place, text(`secret of ${tenantId}`))
    const usage = await sealer.seal(usagePlace(tenantId), text(`pseudonyms of ${tenantId}`))
    const kept = { owner: app, kind: 'app_secret', sealed, setAt: floor.clock.now() } as const
    await floor.work.run(tenantId, async (stores) => {
      await stores.credentials.put(kept)
      await stores.usage.key({ sealed: usage })
    })
  }
  await createKeyRing({ ...floor, sealer }).rotate()
}

async function expectAllOpen(floor: Floor, secrets: Secrets): Promise<void> {
  const sealer = createSealer({ ...floor, secrets })
  for (const tenantId of floor.tenants) {
    const [credential, usage] = await floor.work.run(tenantId, async (stores) => [
      (await stores.credentials.list(app))[0]?.sealed ?? text(''),
      (await stores.usage.key()) ?? text(''),
    ])
    const place = credentialPlace(tenantId, app, 'app_secret')
    expect(await sealer.open(place, new Uint8Array(credential ?? text('')))).toEqual(
      text(`secret of ${tenantId}`),
    )
    expect(await sealer.open(usagePlace(tenantId), new Uint8Array(usage ?? text('')))).toEqual(
      text(`pseudonyms of ${tenantId}`),
    )
  }
  // The private half opens, so tokens can be signed.
  expect((await createKeyRing({ ...floor, sealer }).signer()).key.type).toBe('private')
}

/** The same floor, on which the nth transaction never comes about. */
function killedAt(floor: Floor, nth: number): Floor & { readonly isWhole: () => boolean } {
  let calls = 0
  const counted = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    calls += 1
    if (calls === nth) throw new Error('the process was killed')
    return run()
  }
  const work: UnitOfWork<Stores> = {
    run: (tenantId, body) => counted(() => floor.work.run(tenantId, body)),
  }
  const identity: IdentityWork = { run: (body) => counted(() => floor.identity.run(body)) }
  return { ...floor, work, identity, isWhole: () => calls < nth }
}

const upkeepOf = (floor: Floor, secrets: Secrets) =>
  createKeyUpkeep({
    ...floor,
    secrets,
    platformColumns: [createSealedSigningKeys(floor.identity)],
    batch: 1,
  })

eachEngine((engine) => {
  const openFloor = async (): Promise<Floor> => {
    const floor = {
      ...(await openSubject(engine(), open)),
      identity: createPostgresIdentityWork(engine().client, defaultNames),
      directory: createPostgresSealingKeyDirectory(engine().client, defaultNames.schema),
    }
    await fill(floor)
    return floor
  }

  describe('the upkeep of keys', () => {
    test('killed anywhere goes on, loses nothing, and lets the old root key go', async () => {
      // Each kind of step is met; the memory's test stops at every single one.
      for (let nth = 1; ; nth += 9) {
        const floor = await openFloor()
        const both = rootKeys(1, 2)
        const failing = killedAt(floor, nth)
        floor.clock.advance(1)
        const outcome = await upkeepOf(failing, both)
          .keep(forever, { olderThanMs: 1 })
          .then(
            () => 'done',
            () => 'killed',
          )
        await expectAllOpen(floor, both)
        expect(outcome).toBe(failing.isWhole() ? 'done' : 'killed')
        await upkeepOf(floor, both).keep(forever, { olderThanMs: 1 })
        floor.clock.advance(twoMinutes)
        await upkeepOf(floor, both).keep(forever)
        const onlyNew = rootKeys(2)
        expect(await upkeepOf(floor, onlyNew).status()).toEqual({
          newestRoot: 2,
          roots: [{ version: 2, keys: 3 }],
          scopes: 3,
          retired: 0,
        })
        await checkRootKeys({ ...floor, secrets: onlyNew })
        await expectAllOpen(floor, onlyNew)
        if (failing.isWhole()) return
        interruptions += 1
      }
    })

    test('renews nothing that is young, and says what it did', async () => {
      const floor = await openFloor()
      const upkeep = upkeepOf(floor, rootKeys(1))
      const nothing = { rewrapped: 0, renewed: 0, resealed: 0, destroyed: 0, failed: 0 }
      expect(await upkeep.keep(forever)).toEqual(nothing)
      floor.clock.advance(365 * 24 * 3_600_000)
      expect(await upkeep.keep(forever)).toEqual({ ...nothing, renewed: 3, resealed: 6 })
      expect(await upkeep.status()).toMatchObject({ scopes: 3, retired: 3 })
      floor.clock.advance(twoMinutes)
      expect(await upkeep.keep(forever)).toEqual({ ...nothing, destroyed: 3 })
      await expectAllOpen(floor, rootKeys(1))
    })

    test('stops when it is told to, and goes on from there', async () => {
      const floor = await openFloor()
      const stop = new AbortController()
      let runs = 0
      const stopping = {
        ...floor,
        work: {
          run: (tenantId, body) => {
            runs += 1
            if (runs === 12) stop.abort()
            return floor.work.run(tenantId, body)
          },
        } satisfies UnitOfWork<Stores>,
      }
      floor.clock.advance(1)
      const first = await upkeepOf(stopping, rootKeys(1)).keep(stop.signal, { olderThanMs: 1 })
      expect(first.renewed).toBeLessThan(3)
      await expectAllOpen(floor, rootKeys(1))
      await upkeepOf(floor, rootKeys(1)).keep(forever, { olderThanMs: 1 })
      floor.clock.advance(twoMinutes)
      await upkeepOf(floor, rootKeys(1)).keep(forever)
      expect(await upkeepOf(floor, rootKeys(1)).status()).toMatchObject({ retired: 0 })
      await expectAllOpen(floor, rootKeys(1))
    })
  })

  test('knows every column of sealed values that the schema has', async () => {
    const rows = await engine().admin(`select table_name as name from information_schema.columns
      where table_schema = 'auronx' and column_name = 'sealed' order by 1`)
    expect(rows.map((row) => row['name'])).toEqual(['credentials', 'signing_keys', 'usage_keys'])
  })
})
