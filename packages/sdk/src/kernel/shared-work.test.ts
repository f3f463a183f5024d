import { expect, test } from 'vitest'
import { asId, AuronxError, shareWork } from './index.ts'
import type { TenantId, UnitOfWork } from './index.ts'

const tenantId = asId('TenantId', 'tenant-a')
const otherTenant = asId('TenantId', 'tenant-b')

interface Written {
  readonly written: string[]
}

function setup(handleOne: (item: string) => void = () => undefined) {
  const batches: (readonly [TenantId, ...(readonly string[])])[] = []
  const kept: string[] = []
  let gate: Promise<void> = Promise.resolve()
  const work: UnitOfWork<Written> = {
    async run(_tenantId, body) {
      const stores: Written = { written: [] }
      const result = await body(stores)
      await gate
      kept.push(...stores.written)
      return result
    },
  }
  const share = shareWork<Written, string, string>({
    work,
    async handle({ written }, items, tenant) {
      batches.push([tenant, ...items])
      for (const item of items) {
        handleOne(item)
        written.push(item)
      }
      return items.map((item) => `done ${item}`)
    },
    enough: 3,
  })
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    return resolve
  }
  return { share, batches, kept, hold }
}

test('what comes at the same time shares a transaction, and each gets its own result', async () => {
  const { share, batches } = setup()
  const results = await Promise.all(['a', 'b', 'c'].map((item) => share(tenantId, item)))
  expect(results).toEqual(['done a', 'done b', 'done c'])
  expect(batches).toEqual([[tenantId, 'a', 'b', 'c']])
})

test('what comes while a transaction is under way waits for the next one, until enough has come', async () => {
  const { share, batches, hold } = setup()
  const release = hold()
  const all = [share(tenantId, 'a')]
  await settle()
  all.push(share(tenantId, 'b'))
  await settle()
  all.push(share(tenantId, 'c'))
  await settle()
  expect(batches).toEqual([[tenantId, 'a']])
  all.push(share(tenantId, 'd'))
  await settle()
  expect(batches).toEqual([
    [tenantId, 'a'],
    [tenantId, 'b', 'c', 'd'],
  ])
  release()
  await Promise.all(all)
})

test('tenants share nothing', async () => {
  const { share, batches } = setup()
  await Promise.all([share(tenantId, 'a'), share(otherTenant, 'b')])
  expect(batches).toEqual([
    [tenantId, 'a'],
    [otherTenant, 'b'],
  ])
})

test('one that fails takes nobody along: after a shared failure each has a transaction of its own', async () => {
  const { share, batches, kept } = setup((item) => {
    if (item === 'bad') throw new AuronxError('invalid_input', 'This one cannot be')
  })
  const settled = await Promise.allSettled(['a', 'bad', 'c'].map((item) => share(tenantId, item)))
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(kept.toSorted()).toEqual(['a', 'c'])
  expect(batches.map(([, ...items]) => items)).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
})

test('what cannot reach the database fails at once, without a second try for each', async () => {
  const { share, batches } = setup(() => {
    throw new AuronxError('storage_unavailable', 'Gone', { retryable: true })
  })
  const settled = await Promise.allSettled(['a', 'b'].map((item) => share(tenantId, item)))
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(batches).toHaveLength(1)
})

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
