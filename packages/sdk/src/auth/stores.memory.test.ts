import { assert, describe, test } from 'vitest'
import { teamContract } from '../accounts/team.contract.ts'
import { createIds, createMemoryDatabase } from '../kernel/index.ts'
import {
  createFakeClock,
  createMemoryStorage,
  createSeededRandom,
  runContract,
} from '../testing/index.ts'
import type { ContractAssert } from '../testing/index.ts'
import { cleanupContract } from '../cleanup.contract.ts'
import { identityContract } from './identity.contract.ts'
import { sessionContract } from './session.contract.ts'

const contractAssert: ContractAssert = {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  ok: assert.ok,
  async rejects(promise, check) {
    const outcome = await promise.then(
      () => 'resolved',
      (error: unknown) => (check(error) ? 'expected' : error),
    )
    assert.strictEqual(outcome, 'expected')
  },
}

const open = async () => {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const tenants = [ids.next('TenantId'), ids.next('TenantId')] as const
  return { ...createMemoryStorage(createMemoryDatabase()), clock, random, ids, tenants }
}
const run = { test, assert: contractAssert, open }

describe('team in memory', () => runContract(run, teamContract))
describe('sessions and keys in memory', () => runContract(run, sessionContract))
describe('cleanup in memory', () => runContract(run, cleanupContract))
describe('people and proofs in memory', () => runContract(run, identityContract))
