import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { AuronxError, isAuronxError } from '@auronx/sdk'
import type { Logger } from '@auronx/sdk'
import { createPgClient, defaultNames, migrate, migrateOver } from '@auronx/adapters/postgres'
import type { SqlClient } from '@auronx/adapters/postgres'
import type { Config } from './config.ts'
import type { Simulation } from './live/desk.ts'

/** The database of this process. */
export interface Database {
  readonly client: SqlClient
  /** For the banner, when it is not a server of its own. */
  readonly notice?: Simulation
  /** Statements that may be under way at once; 1 on PGlite. */
  readonly flights: number
  /** Migrations that were run on the way. */
  readonly ran: readonly string[]
  /** Closes the connections, then stops what was started here. */
  stop(): Promise<void>
}

/**
 * What happens to the schema: `migrate` makes the database where there is none and brings it up to date, `keep` touches neither.
 */
export interface OpenOptions {
  /** Default `migrate`. */
  readonly schema?: 'migrate' | 'keep'
}

/**
 * Opens the database that the configuration names, brings its schema up to date unless told otherwise, and returns it: `DATABASE_URL`, else the
 * embedded PostgreSQL under the data folder, else PGlite there. A data folder stays with the engine it was begun with,
 * so that one bad start never shows an empty shop beside a full one.
 *
 * Throws `invalid_config` when there is none to be kept, `storage_unavailable` when the database cannot be reached, or the one that holds the data does not come up.
 */
export async function openDatabase(
  config: Config,
  logger: Logger,
  { schema = 'migrate' }: OpenOptions = {},
): Promise<Database> {
  const isKept = schema === 'keep'
  if (config.databaseUrl !== undefined) return openServer(config, config.databaseUrl, isKept)
  if (existsSync(pgliteFolder(config)))
    return openPglite(config, 'the data folder is PGlite’s', isKept)
  const holdsData = hasCluster(config)
  if (isKept && !holdsData)
    throw new AuronxError('invalid_config', `There is no database in ${config.dataDir}`)
  try {
    return await openEmbedded(config, logger, isKept)
  } catch (error) {
    if (!isAuronxError(error, 'storage_unavailable')) throw error
    if (holdsData) throw keepData(config, error)
    return openPglite(config, error.message, isKept)
  }
}

function pgliteFolder(config: Config): string {
  return path.join(config.dataDir, 'pglite')
}

function clusterFolder(config: Config): string {
  return path.join(config.dataDir, 'postgres')
}

function hasCluster(config: Config): boolean {
  const folder = clusterFolder(config)
  if (!existsSync(folder)) return false
  return readdirSync(folder).some((version) => existsSync(path.join(folder, version, 'PG_VERSION')))
}

function keepData(config: Config, error: AuronxError): AuronxError {
  return new AuronxError(
    'storage_unavailable',
    `${error.message}. The data in ${clusterFolder(config)} is kept and no other database is begun in its place; mend the cause and start again`,
    { cause: error, details: error.details },
  )
}

async function openServer(
  config: Config,
  connectionString: string,
  isKept: boolean,
): Promise<Database> {
  const direct = config.databaseUrlDirect ?? connectionString
  const ran = isKept ? [] : await migrate({ connectionString: direct }, defaultNames)
  const client = createPgClient({ connectionString, directConnectionString: direct })
  return { client, ran, flights: 2, stop: () => client.end() }
}

async function openEmbedded(config: Config, logger: Logger, isKept: boolean): Promise<Database> {
  const { startEmbeddedPostgres } = await import('@auronx/adapters/postgres/embedded')
  const server = await startEmbeddedPostgres({ dataDir: clusterFolder(config), logger })
  const ran = isKept ? [] : await migrate(server.connection, defaultNames)
  const client = createPgClient(server.connection)
  return {
    client,
    ran,
    notice: {
      label: 'database is embedded',
      detail:
        'A real PostgreSQL runs beside this process; its files are in the data folder. Set DATABASE_URL for a server of your own.',
    },
    flights: 2,
    async stop() {
      await client.end()
      await server.stop()
    },
  }
}

async function openPglite(config: Config, reason: string, isKept: boolean): Promise<Database> {
  console.error(
    `WARNING: the embedded PostgreSQL is not available (${reason}). PGlite serves instead: one process, no concurrency, not for production. Set DATABASE_URL for a real server.`,
  )
  const { createPgliteClient } = await import('@auronx/adapters/postgres/pglite')
  const client = await createPgliteClient({ dataDir: pgliteFolder(config) })
  const ran = isKept ? [] : await migrateOver(client.migrationConnection, defaultNames)
  return {
    client,
    ran,
    notice: {
      label: 'database is PGlite',
      detail:
        'The database runs inside this process: no concurrency, not for production. Set DATABASE_URL for a real server.',
    },
    flights: 1,
    stop: () => client.end(),
  }
}
