import { afterAll, describe, expect, test } from 'vitest'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import { createMemoryDatabase, createMemoryWork } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import { createIds } from '../kernel/index.ts'
import { openBench, rootKey } from './bench.fixture.ts'
import type { SealBench } from './bench.fixture.ts'
import { keyVersionOf } from './envelope.ts'
import {
  checkRootKeys,
  createMemorySealingKeyDirectory,
  createMemorySealingKeyStore,
  createRootKeys,
  createRotation,
  createSealer,
  retiredKeepMs,
  rootKeysInUse,
  sealingKeyContract,
  secretsContract,
} from './index.ts'
import type { Rotation, Secrets } from './index.ts'

const forever = new AbortController().signal
const values = 25

let interruptions = 0
afterAll(() => console.log(`T-CRY: rotation interrupted at ${interruptions} steps, 0 values lost`))

async function fill(bench: SealBench, secrets: Secrets): Promise<void> {
  const sealer = createSealer({ ...bench, secrets })
  for (const tenantId of [bench.tenantId, bench.other]) {
    for (let index = 0; index < values; index += 1) {
      const rowId = `row-${String(index).padStart(3, '0')}`
      const context = { tenantId, table: 'vault', column: 'sealed', rowId }
      const sealed = await sealer.seal(context, textOf(tenantId, rowId))
      bench.vault.set(`${tenantId}:${rowId}`, { context, sealed })
    }
  }
}

function textOf(tenantId: TenantId, rowId: string): Uint8Array {
  return new TextEncoder().encode(`secret of ${tenantId} ${rowId}`)
}

async function expectAllOpen(bench: SealBench, secrets: Secrets): Promise<void> {
  const sealer = createSealer({ ...bench, secrets })
  expect(bench.vault.size).toBe(values * 2)
  for (const { context, sealed } of bench.vault.values()) {
    const tenantId = context.tenantId === bench.other ? bench.other : bench.tenantId
    expect(await sealer.open(context, sealed)).toEqual(textOf(tenantId, context.rowId))
  }
}

/** The same bench, on which the nth transaction never comes about. */
function failingAt(bench: SealBench, nth: number): SealBench & { readonly isWhole: () => boolean } {
  let calls = 0
  return {
    ...bench,
    work: {
      run(tenantId, body) {
        calls += 1
        return calls === nth
          ? Promise.reject(new Error('the process was killed'))
          : bench.work.run(tenantId, body)
      },
    },
    isWhole: () => calls < nth,
  }
}

async function interruptEverywhere(
  prepare: (bench: SealBench) => Promise<void>,
  step: (rotation: Rotation, bench: SealBench) => Promise<void>,
  check: (bench: SealBench) => Promise<void>,
): Promise<void> {
  for (let nth = 1; ; nth += 1) {
    const bench = openBench(nth)
    await prepare(bench)
    const secrets = bench.secrets(1, 2)
    const failing = failingAt(bench, nth)
    const attempt = step(createRotation({ ...failing, secrets, batch: 4 }), bench)
    const outcome = await attempt.then(
      () => 'done',
      () => 'killed',
    )
    await expectAllOpen(bench, secrets)
    if (failing.isWhole()) {
      expect(outcome).toBe('done')
      return check(bench)
    }
    expect(outcome).toBe('killed')
    interruptions += 1
    await step(createRotation({ ...bench, secrets, batch: 4 }), bench)
    await expectAllOpen(bench, secrets)
    await check(bench)
  }
}

describe('rotation', () => {
  test('of the root key, interrupted at every step, ends with every key under the new one', async () => {
    await interruptEverywhere(
      (bench) => fill(bench, bench.secrets(1)),
      async (rotation) => {
        await rotation.rewrap(forever)
      },
      async (bench) => {
        expect(await rootKeysInUse(bench.directory)).toEqual(new Map([[2, 2]]))
        await expectAllOpen(bench, bench.secrets(2))
      },
    )
  })

  test("of a tenant's key, interrupted at every step, ends with one key that opens all", async () => {
    await interruptEverywhere(
      (bench) => fill(bench, bench.secrets(1, 2)),
      async (rotation, bench) => {
        await rotation.renew(bench.tenantId)
        await rotation.reseal(bench.tenantId, forever)
        bench.clock.advance(retiredKeepMs)
        await rotation.destroyRetired(bench.tenantId)
      },
      async (bench) => {
        const keys = await bench.work.run(bench.tenantId, ({ sealingKeys }) => sealingKeys.list())
        const newest = keys.at(-1)?.version ?? 0
        expect(keys.map((key) => key.version)).toEqual([newest])
        const versions = [...bench.vault.values()]
          .filter(({ context }) => context.tenantId === bench.tenantId)
          .map(({ sealed }) => keyVersionOf(sealed))
        expect(new Set(versions)).toEqual(new Set([newest]))
      },
    )
  })

  test('stops between two rows when it is told to, and goes on from there', async () => {
    const bench = openBench()
    await fill(bench, bench.secrets(1))
    const rotation = createRotation({ ...bench, secrets: bench.secrets(1), batch: 4 })
    await rotation.renew(bench.tenantId)
    const stop = new AbortController()
    const { work } = bench
    let resealed = 0
    const counting = createRotation({
      ...bench,
      secrets: bench.secrets(1),
      work: {
        run: (tenantId, body) => {
          resealed += 1
          if (resealed === 12) stop.abort()
          return work.run(tenantId, body)
        },
      },
    })
    const first = await counting.reseal(bench.tenantId, stop.signal)
    expect(first.changed).toBeGreaterThan(0)
    expect(first.changed).toBeLessThan(values)
    const second = await rotation.reseal(bench.tenantId, forever)
    expect(first.changed + second.changed).toBe(values)
    expect(await rotation.reseal(bench.tenantId, forever)).toEqual({ changed: 0, failed: 0 })
  })

  test('keeps a key that something is sealed under, and one that was retired just now', async () => {
    const bench = openBench()
    await fill(bench, bench.secrets(1))
    const rotation = createRotation({ ...bench, secrets: bench.secrets(1) })
    expect(await rotation.renew(bench.tenantId)).toBe(2)
    bench.clock.advance(retiredKeepMs)
    expect(await rotation.destroyRetired(bench.tenantId)).toEqual([])
    await rotation.reseal(bench.tenantId, forever)
    bench.clock.advance(-1)
    expect(await rotation.destroyRetired(bench.tenantId)).toEqual([])
    bench.clock.advance(1)
    expect(await rotation.destroyRetired(bench.tenantId)).toEqual([1])
  })

  test('leaves what was sealed under a destroyed key unreadable', async () => {
    const bench = openBench()
    await fill(bench, bench.secrets(1))
    const stolen = [...bench.vault.values()][0]
    const rotation = createRotation({ ...bench, secrets: bench.secrets(1) })
    await rotation.renew(bench.tenantId)
    await rotation.reseal(bench.tenantId, forever)
    bench.clock.advance(retiredKeepMs)
    await rotation.destroyRetired(bench.tenantId)
    if (stolen === undefined) throw new Error('There must be a value')
    const sealer = createSealer({ ...bench, secrets: bench.secrets(1) })
    await expect(sealer.open(stolen.context, stolen.sealed)).rejects.toMatchObject({
      code: 'seal_broken',
    })
  })

  test('counts a value that does not open, leaves it alone and goes on with the others', async () => {
    const bench = openBench()
    await fill(bench, bench.secrets(1))
    const [name, value] = [...bench.vault][0] ?? []
    if (name === undefined || value === undefined) throw new Error('There must be a value')
    const broken = { ...value, sealed: value.sealed.with(-1, (value.sealed.at(-1) ?? 0) ^ 1) }
    bench.vault.set(name, { ...broken, sealed: new Uint8Array(broken.sealed) })
    const rotation = createRotation({ ...bench, secrets: bench.secrets(1), batch: 1 })
    await rotation.renew(bench.tenantId)
    expect(await rotation.reseal(bench.tenantId, forever)).toEqual({
      changed: values - 1,
      failed: 1,
    })
    bench.clock.advance(retiredKeepMs)
    expect(await rotation.destroyRetired(bench.tenantId)).toEqual([])
  })

  test('does not overwrite a value that was replaced while it was sealed anew', async () => {
    const bench = openBench()
    await fill(bench, bench.secrets(1))
    const rotation = createRotation({ ...bench, secrets: bench.secrets(1) })
    await rotation.renew(bench.tenantId)
    const name = `${bench.tenantId}:row-003`
    const value = bench.vault.get(name)
    if (value === undefined) throw new Error('There must be a value')
    const fresh = { ...value, sealed: value.sealed.slice() }
    let runs = 0
    const racing = createRotation({
      ...bench,
      secrets: bench.secrets(1),
      work: {
        run: (tenantId, body) => {
          runs += 1
          if (runs === 4) bench.vault.set(name, fresh)
          return bench.work.run(tenantId, body)
        },
      },
    })
    await racing.reseal(bench.tenantId, forever)
    expect(bench.vault.get(name)).toBe(fresh)
  })
})

describe('a start', () => {
  test('without a root key that stored keys need names the version', async () => {
    const bench = openBench()
    await checkRootKeys({ ...bench, secrets: bench.secrets(7) })
    await fill(bench, bench.secrets(1))
    await checkRootKeys({ ...bench, secrets: bench.secrets(1, 2) })
    await expect(checkRootKeys({ ...bench, secrets: bench.secrets(2) })).rejects.toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/^Root key version 1 is missing[^\n]*$/),
    })
  })

  test('with another key of the same version is refused', async () => {
    const bench = openBench()
    await fill(bench, bench.secrets(1))
    const impostor = { version: 1, bytes: rootKey(2).bytes }
    const secrets = createRootKeys([impostor], bench.random)
    await expect(checkRootKeys({ ...bench, secrets })).rejects.toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/^The root key is another [^\n]*$/),
    })
  })
})

describe('root keys in memory', () =>
  runContract(
    { test, assert: nodeAssert, open: async () => ({ secrets: openBench().secrets(1, 3) }) },
    secretsContract,
  ))

describe('sealing keys in memory', () =>
  runContract(
    {
      test,
      assert: nodeAssert,
      open: async () => {
        const clock = createFakeClock()
        const random = createSeededRandom()
        const ids = createIds(clock, random)
        const database = createMemoryDatabase()
        return {
          clock,
          random,
          ids,
          tenants: [ids.next('TenantId'), ids.next('TenantId')] as const,
          work: createMemoryWork(database, (db, tenantId) => ({
            sealingKeys: createMemorySealingKeyStore(db, tenantId),
          })),
          directory: createMemorySealingKeyDirectory(database),
        }
      },
    },
    sealingKeyContract,
  ))
