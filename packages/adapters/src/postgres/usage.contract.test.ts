import { runContract, usageContract } from '@auronx/sdk/testing'
import type { UsageSubject } from '@auronx/sdk/testing'
import { describe, test } from 'vitest'
import { defaultNames } from './tenant.ts'
import { contractAssert, eachEngine, openSubject } from './testing.ts'
import { createPostgresUsageDirectory, createPostgresUsageStore } from './usage.ts'

eachEngine((engine) => {
  const open = async (): Promise<UsageSubject> => ({
    ...(await openSubject(engine(), (sql, tenantId) => ({
      usage: createPostgresUsageStore(sql, tenantId),
    }))),
    directory: createPostgresUsageDirectory(engine().client, defaultNames.schema),
  })
  describe('usage', () => runContract({ test, assert: contractAssert, open }, usageContract))
})
