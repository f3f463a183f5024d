import { identityContract, runContract, sessionContract, teamContract } from '@auronx/sdk/testing'
import { describe, test } from 'vitest'
import { createPostgresIdentityWork } from './identity.ts'
import { openPostgresStores } from './storage.ts'
import { createPostgresAccessDirectory } from './team.ts'
import { defaultNames } from './tenant.ts'
import { contractAssert, eachEngine, openSubject } from './testing.ts'

eachEngine((engine) => {
  const open = async () => ({
    ...(await openSubject(engine(), openPostgresStores)),
    access: createPostgresAccessDirectory(engine().client, 'auronx'),
    identity: createPostgresIdentityWork(engine().client, defaultNames),
  })
  const run = { test, assert: contractAssert, open }
  describe('team', () => runContract(run, teamContract))
  describe('sessions and keys', () => runContract(run, sessionContract))
  describe('people and proofs', () => runContract(run, identityContract))
})
