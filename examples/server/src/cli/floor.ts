import { checkDatabase, createPostgresStorage, defaultNames } from '@auronx/adapters/postgres'
import { AuronxError, createIds, createRandom, createSystemClock, isAuronxError } from '@auronx/sdk'
import type { Clock, Ids, Logger, Random, Storage } from '@auronx/sdk'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database.ts'
import type { Database } from '../database.ts'
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
 * and closes them afterwards. Makes no database and migrates none. Throws `invalid_config` with one line per problem.
 */
export async function onFloor<Result>(
  { environment }: Pick<CommandCall, 'environment'>,
  body: (floor: Floor) => Promise<Result>,
): Promise<Result> {
  const config = configOf(environment)
  const clock = createSystemClock()
  const random = createRandom()
  const logger = createServerLogger('silent')
  const database = await openReady(config, logger)
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

/** The configuration in an environment. Throws `invalid_config` with one line per problem. */
export function configOf(environment: CommandCall['environment']): Config {
  const read = readConfig(environment)
  if (read.kind === 'refused') throw new AuronxError('invalid_config', read.problems.join('\n'))
  return read.config
}

async function openReady(config: Config, logger: Logger): Promise<Database> {
  try {
    const database = await openDatabase(config, logger, { schema: 'keep' })
    await checkDatabase(database.client, defaultNames).catch(async (error: unknown) => {
      await database.stop()
      throw error
    })
    return database
  } catch (error) {
    if (!isAuronxError(error, 'invalid_config')) throw error
    const hint = 'Commands change no schema: run auronx migrate, or the server of this version'
    throw new AuronxError('invalid_config', `${error.message}\n${hint}`, { cause: error })
  }
}
