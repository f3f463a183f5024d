import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { AuronxError, silentLogger } from '@auronx/sdk'
import type { Logger } from '@auronx/sdk'
import { isAlive, readPid, takePidLock } from '../pid-lock.ts'
import { findBinaries } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { handOver, majorVersion, makeFolders, makePrivate } from './folders.ts'
import type { Folders } from './folders.ts'
import { answers, launchServer, runningServer, stopServer, watchOwner } from './server.ts'

/** Where the embedded server keeps its data. */
export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made on first use. One server per folder. */
  readonly dataDir: string
  readonly logger?: Logger
  /** Extra server settings, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** How long the server may take to come up, in milliseconds. Default 10,000. */
  readonly startTimeoutMs?: number
  /** Process that the server lives for: it is stopped when that one ends. Default this process. */
  readonly ownerPid?: number
}

/** A running server, reached through a socket in a folder only its user can enter. */
export interface EmbeddedPostgres {
  /** For `createPgClient` and `migrate`. */
  readonly connection: { readonly host: string; readonly user: string; readonly database: string }
  /** Whether the server of another living process is used; `stop` leaves that one alone. */
  readonly attached: boolean
  /** Stops the server; close the clients before. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL that came with the install: no TCP, no password, a socket in a private folder. Runs as root
 * too (as `nobody`, because the server refuses root). When this process dies, a watchdog stops the server. A server that
 * was left behind all the same is stopped and started anew; one that another living process has started is shared.
 *
 * Throws `storage_unavailable` when there is no binary for this platform, the folder is of another major version, or the
 * server does not come up in time: fall back to PGlite or set a database address.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const {
    logger = silentLogger,
    settings = {},
    startTimeoutMs = 10_000,
    ownerPid = process.pid,
  } = options
  if (process.platform === 'win32') {
    throw new AuronxError('storage_unavailable', 'The embedded PostgreSQL does not run on Windows')
  }
  const folders = makeFolders(options.dataDir)
  const binaries = await findBinaries(folders.owner)
  const unlock = await startLock(folders, startTimeoutMs)
  try {
    const connection = { host: folders.socket, user: 'postgres', database: 'postgres' }
    if (await canShare(folders, logger))
      return { connection, attached: true, stop: () => Promise.resolve() }
    initialise(binaries, folders, settings)
    const server = await launchServer(binaries.postgres, folders, settings, startTimeoutMs)
    writeFileSync(folders.ownerFile, String(ownerPid), { mode: 0o600 })
    const watchdog = watchOwner(ownerPid, server.pid)
    const onExit = (): void => logger.error('embedded database: the server ended')
    server.process.once('exit', onExit)
    return {
      connection,
      attached: false,
      async stop() {
        server.process.off('exit', onExit)
        await stopServer(server.pid)
        watchdog.kill()
        rmSync(folders.socket, { recursive: true, force: true })
      },
    }
  } finally {
    unlock()
  }
}

async function startLock(folders: Folders, timeoutMs: number): Promise<() => void> {
  for (let waited = 0; waited <= timeoutMs; waited += 50) {
    const unlock = takePidLock(folders.startLock)
    if (unlock !== undefined) return unlock
    await after(50)
  }
  throw new AuronxError(
    'storage_unavailable',
    'Another process is starting the embedded database for too long',
  )
}

async function canShare(folders: Folders, logger: Logger): Promise<boolean> {
  const running = runningServer(folders)
  if (running === undefined) return false
  if (isAlive(readPid(folders.ownerFile)) && (await answers(folders.socket))) {
    logger.info('embedded database: shared with the process that started it')
    return true
  }
  logger.info('embedded database: a server was left behind and is started anew')
  if (await stopServer(running)) return false
  throw new AuronxError(
    'storage_unavailable',
    `The server that was left behind (process ${running}) does not stop`,
  )
}

// Made under another name first: a start that is interrupted leaves no half-made cluster under the right one.
function initialise(
  { initdb }: Binaries,
  folders: Folders,
  settings: Readonly<Record<string, string>>,
): void {
  if (existsSync(join(folders.data, 'PG_VERSION'))) return handOver(folders)
  const fresh = `${folders.data}.new`
  rmSync(fresh, { recursive: true, force: true })
  makePrivate(fresh, folders.owner)
  const target = folders.dataArgument === folders.data ? fresh : folders.dataArgument
  const flags = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']
  if (settings['fsync'] === 'off') flags.push('--no-sync')
  const made = spawnSync(initdb, ['-D', target, ...flags], {
    ...folders.owner,
    cwd: fresh,
    encoding: 'utf8',
    env: { TZ: 'UTC', LC_ALL: 'C' },
  })
  if (made.status !== 0) {
    throw new AuronxError(
      'storage_unavailable',
      `The embedded PostgreSQL ${majorVersion} could not be initialised`,
      {
        details: { stderr: String(made.stderr ?? made.error ?? '').slice(-400) },
      },
    )
  }
  renameSync(fresh, folders.data)
}
