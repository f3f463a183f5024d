import {
  createPostgresIdentityWork,
  createPostgresSealedColumns,
  createPostgresSealingKeyDirectory,
  createPostgresSealingKeyStore,
  createPostgresWork,
  defaultNames,
} from '@auronx/adapters/postgres'
import type { SqlClient } from '@auronx/adapters/postgres'
import { createKeyUpkeep } from '@auronx/sdk'
import type { Clock, KeyUpkeep, Random, Secrets } from '@auronx/sdk'
import { createSealedSigningKeys } from '@auronx/sdk/auth'

/** The upkeep of every key that something in this server's database is sealed under. */
export function openKeyUpkeep(deps: {
  readonly client: SqlClient
  readonly secrets: Secrets
  readonly clock: Clock
  readonly random: Random
}): KeyUpkeep {
  const { client } = deps
  return createKeyUpkeep({
    ...deps,
    directory: createPostgresSealingKeyDirectory(client, defaultNames.schema),
    platformColumns: [createSealedSigningKeys(createPostgresIdentityWork(client, defaultNames))],
    work: createPostgresWork(client, defaultNames, (sql, tenantId) => ({
      sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
      sealedColumns: createPostgresSealedColumns(sql, tenantId),
    })),
  })
}
