import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AuronxError, silentLogger } from '@auronx/sdk'
import type { Logger } from '@auronx/sdk'
import { findBinaries } from './binaries.ts'

/** Where the embedded server keeps its data. */
export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made on first use. One server per folder. */
  readonly dataDir: string
  readonly logger?: Logger
  /** Extra server settings, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** How long the server may take to come up, in milliseconds. Default 10,000. */
  readonly startTimeoutMs?: number
}

/** A running server, reached through a socket in a folder only its user can enter. */
export interface EmbeddedPostgres {
  /** For `createPgClient` and `migrate`. */
  readonly connection: { readonly host: string; readonly user: string; readonly database: string }
  /** Whether a server that an earlier process left behind was taken over. */
  readonly attached: boolean
  /** Stops the server after its clients are gone. An attached one is stopped as well. */
  stop(): Promise<void>
}

// A data folder written by another major version needs a dump and restore, which is refused instead of guessed.
const majorVersion = '18'
const nobody = { uid: 65_534, gid: 65_534 }

/**
 * Starts a real PostgreSQL that came with the install: no TCP, no password, a socket in a private folder. Runs as root
 * too (as `nobody`, because the server refuses root). When this process dies, a watchdog stops the server; when even
 * that fails, the next start takes the server over.
 *
 * Throws `storage_unavailable` when there is no binary for this platform, the folder is of another major version, or the
 * server does not come up in time: fall back to PGlite or set a database address.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger = silentLogger, settings = {}, startTimeoutMs = 10_000 } = options
  const dataDir = resolve(options.dataDir)
  const owner = process.getuid?.() === 0 ? nobody : {}
  const binaries = await findBinaries(owner)
  const socketDir = join(tmpdir(), `auronx-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
  for (const folder of [dataDir, socketDir]) makePrivate(folder, owner)
  initialise(binaries.initdb, dataDir, owner)

  const connection = { host: socketDir, user: 'postgres', database: 'postgres' }
  const left = runningPid(dataDir)
  if (left !== undefined && (await answers(socketDir))) {
    logger.info('embedded database: taken over from an earlier process')
    return { connection, attached: true, stop: () => stopPid(left) }
  }
  const server = launch(binaries.postgres, dataDir, socketDir, settings, owner)
  await ready(server, startTimeoutMs)
  const watchdog = watch(server.pid)
  return {
    connection,
    attached: false,
    async stop() {
      const ended = new Promise<void>((done) => server.once('exit', () => done()))
      if (server.exitCode === null) {
        server.kill('SIGINT')
        await ended
      }
      watchdog?.kill()
    },
  }
}

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

function makePrivate(folder: string, owner: Owner): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
}

function initialise(initdb: string, dataDir: string, owner: Owner): void {
  const versionFile = join(dataDir, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim()
    if (version === majorVersion) return
    throw new AuronxError('storage_unavailable', `The data folder belongs to PostgreSQL ${version}, this one is ${majorVersion}`)
  }
  const flags = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  const made = spawnSync(initdb, ['-D', dataDir, ...flags], { ...owner, cwd: dataDir, encoding: 'utf8' })
  if (made.status !== 0) {
    throw new AuronxError('storage_unavailable', 'The embedded database could not be created', {
      details: { stderr: String(made.stderr ?? made.error ?? '').slice(-400) },
    })
  }
}

function launch(
  postgres: string,
  dataDir: string,
  socketDir: string,
  settings: Readonly<Record<string, string>>,
  owner: Owner,
): ChildProcess {
  const all = { listen_addresses: '', shared_buffers: '32MB', timezone: 'UTC', ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(postgres, ['-D', dataDir, '-k', socketDir, ...flags], {
    ...owner,
    cwd: dataDir,
    // Its own group, so that Ctrl-C reaches us first and the server ends after its clients.
    detached: true,
    env: { TZ: 'UTC', LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

function ready(server: ChildProcess, timeoutMs: number): Promise<void> {
  return new Promise((done, refuse) => {
    let log = ''
    const fail = (why: string): void => {
      clearTimeout(timer)
      server.kill('SIGINT')
      const details = { log: log.slice(-400) }
      refuse(new AuronxError('storage_unavailable', `The embedded database ${why}`, { details }))
    }
    const timer = setTimeout(() => fail('did not come up in time'), timeoutMs)
    server.once('error', () => fail('could not be launched'))
    server.once('exit', () => fail('ended while starting'))
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4_000)
      if (!log.includes('ready to accept connections')) return
      clearTimeout(timer)
      server.removeAllListeners('exit')
      server.stderr?.removeAllListeners('data')
      server.stderr?.resume()
      server.unref()
      done()
    })
  })
}

// Holds our end of a pipe: when this process dies in whatever way, the read ends and the server is told to stop.
function watch(pid: number | undefined): ChildProcess | undefined {
  if (pid === undefined || process.platform === 'win32') return undefined
  const script = `read -r _; kill -INT ${pid} 2>/dev/null`
  const watchdog = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  watchdog.on('error', () => undefined)
  watchdog.stdin?.on('error', () => undefined)
  watchdog.unref()
  const input = watchdog.stdin
  if (input !== null && 'unref' in input && typeof input.unref === 'function') input.unref()
  return watchdog
}

function runningPid(dataDir: string): number | undefined {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function answers(socketDir: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(join(socketDir, '.s.PGSQL.5432'))
    const end = (answered: boolean): void => {
      socket.destroy()
      done(answered)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

async function stopPid(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGINT')
  for (let tries = 0; tries < 100 && isAlive(pid); tries += 1) {
    await new Promise((done) => setTimeout(done, 50))
  }
}
