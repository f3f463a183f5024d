import { createPostgresStorage, defaultNames } from '@auronx/adapters/postgres'
import { AuronxError, createIds, createRandom, createSystemClock } from '@auronx/sdk'
import type { Clock, Ids, Logger, Random, Storage } from '@auronx/sdk'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database.ts'
import { createServerLogger } from '../logging.ts'
import { openVault } from '../vault.ts'
import type { Vault } from '../vault.ts'
import type { CommandCall } from './command.ts'

/** What a command about this server's data works on. */
export interface Floor {
  readonly config: Config
  readonly storage: Storage
  readonly vault: Vault
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
}

/**
 * Opens the database and the root keys that the server of this environment uses, beside a server that runs or without one,
 * and closes them afterwards. Throws `invalid_config` with one line per problem.
 */
export async function onFloor<Result>(
  { environment }: Pick<CommandCall, 'environment'>,
  body: (floor: Floor) => Promise<Result>,
): Promise<Result> {
  const read = readConfig(environment)
  if (read.kind === 'refused') throw new AuronxError('invalid_config', read.problems.join('\n'))
  const { config } = read
  const clock = createSystemClock()
  const random = createRandom()
  const logger = createServerLogger('silent')
  const database = await openDatabase(config, logger)
  try {
    const vault = await openVault(config, database, { clock, random })
    const storage = createPostgresStorage(database.client, defaultNames)
    return await body({
      config,
      storage,
      vault,
      clock,
      ids: createIds(clock, random),
      random,
      logger,
    })
  } finally {
    await database.stop()
  }
}
