import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import {
  AuronxError,
  createIds,
  createMemoryDatabase,
  createMemoryWork,
  systemActor,
} from '../kernel/index.ts'
import type { Actor } from '../kernel/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import {
  createMemoryUsageDirectory,
  createMemoryUsageStore,
  createUsage,
  keptSince,
  usageContract,
} from './index.ts'
import type { UsageSealer, UsageSubject } from './index.ts'

function open() {
  const clock = createFakeClock()
  const random = createSeededRandom(3)
  const ids = createIds(clock, random)
  const tenants = [ids.next('TenantId'), ids.next('TenantId')] as const
  const database = createMemoryDatabase()
  const work = createMemoryWork(database, (tables, tenantId) => ({
    usage: createMemoryUsageStore(tables, tenantId),
  }))
  const directory = createMemoryUsageDirectory(database)
  return { clock, random, ids, tenants, work, directory, database }
}

describe('usage in memory', () =>
  runContract(
    { test, assert: nodeAssert, open: async (): Promise<UsageSubject> => open() },
    usageContract,
  ))

const plainSealer: UsageSealer = {
  seal: async (_place, bytes) => bytes,
  open: async (_place, sealed) => sealed,
}

test('nothing that is stored tells who it was', async () => {
  const floor = open()
  const usage = createUsage({ ...floor, sealer: plainSealer })
  const actor: Actor = {
    tenantId: floor.tenants[0],
    kind: 'staff',
    id: '019aae60-0000-7000-8000-00000000000a',
    via: 'dashboard',
  }
  await usage.record(actor, 'feature.reply')
  const stored = [...floor.database.table<object>('usage_events').values()]
  expect(stored).toHaveLength(1)
  expect(JSON.stringify(stored)).not.toContain(actor.id)
  expect(Object.keys(stored[0] ?? {}).toSorted()).toEqual(['at', 'name', 'pseudonym', 'tenantId'])
})

test('machines and the system are not counted, and decide nothing for a member', async () => {
  const floor = open()
  const usage = createUsage({ ...floor, sealer: plainSealer })
  const system = systemActor(floor.tenants[0])
  expect(await usage.record(system, 'page.live')).toBe(false)
  await expect(usage.setObjected(system, true)).rejects.toMatchObject({ code: 'not_permitted' })
})

test('a key that does not open any more begins the pseudonyms anew instead of ending the count', async () => {
  const floor = open()
  const actor: Actor = { tenantId: floor.tenants[0], kind: 'staff', id: 'm', via: 'dashboard' }
  await createUsage({ ...floor, sealer: plainSealer }).record(actor, 'page.live')
  const broken: UsageSealer = {
    seal: async (_place, bytes) => new Uint8Array([1, ...bytes]),
    async open(_place, sealed) {
      if (sealed[0] === 1 && sealed.length === 33) return sealed.slice(1)
      throw new AuronxError('seal_broken', 'does not open')
    },
  }
  const later = createUsage({ ...floor, sealer: broken })
  expect(await later.record(actor, 'page.live')).toBe(true)
  expect(await later.totals(actor)).toMatchObject([{ uses: 2, people: 2 }])
})

test('single events are kept for thirteen full months, whatever the date', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      (now) => {
        const since = keptSince(now)
        const months =
          (now.getUTCFullYear() - since.getUTCFullYear()) * 12 +
          now.getUTCMonth() -
          since.getUTCMonth()
        expect(months).toBe(13)
        expect(since.toISOString()).toMatch(/-01T00:00:00\.000Z$/)
      },
    ),
  )
})
