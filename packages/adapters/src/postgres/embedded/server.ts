import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { AuronxError } from '@auronx/sdk'
import { isAlive, readPid } from '../pid-lock.ts'
import type { Folders } from './folders.ts'

/** A server that was launched and takes connections. */
export interface RunningServer {
  readonly process: ChildProcess
  readonly pid: number
}

// The log may quote values, so it holds what a start or an end says and nothing about statements.
const quiet = {
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** Launches a server and waits until it takes connections. Throws `storage_unavailable` when it does not in time. */
export async function launchServer(
  postgres: string,
  folders: Folders,
  settings: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<RunningServer> {
  const all = {
    listen_addresses: '',
    shared_buffers: '32MB',
    timezone: 'UTC',
    ...quiet,
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(folders.log, 'w', 0o600)
  const server = spawn(postgres, ['-D', folders.dataArgument, '-k', folders.socket, ...flags], {
    ...folders.owner,
    cwd: folders.data,
    // Its own group, so that Ctrl-C reaches us first and the server ends after its clients.
    detached: true,
    env: { TZ: 'UTC', LC_ALL: 'C' },
    stdio: ['ignore', log, log],
  })
  const failed = new Promise<string>((done) => {
    server.once('error', () => done('could not be launched'))
    server.once('exit', () => done('ended while starting'))
  })
  const outcome = await Promise.race([failed, becomesReady(server, folders, timeoutMs)])
  if (outcome !== 'ready' || server.pid === undefined) {
    server.kill('SIGINT')
    const details = { log: readFileSync(folders.log, 'utf8').slice(-400) }
    throw new AuronxError('storage_unavailable', `The embedded database ${outcome}`, { details })
  }
  server.unref()
  return { process: server, pid: server.pid }
}

// The server writes its state into the last line of its pid file, which is how pg_ctl waits for it too.
async function becomesReady(
  server: ChildProcess,
  folders: Folders,
  timeoutMs: number,
): Promise<string> {
  const file = join(folders.data, 'postmaster.pid')
  for (let waited = 0; waited < timeoutMs && server.exitCode === null; waited += 10) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (lines[0] === String(server.pid) && lines[7]?.startsWith('ready') === true) return 'ready'
    await after(10)
  }
  return 'did not come up in time'
}

/**
 * The process that serves this folder already, if there is one. A pid file that was left behind, whose number belongs to
 * another program by now, is removed: the server would refuse to start because of it.
 */
export function runningServer(folders: Folders): number | undefined {
  const file = join(folders.data, 'postmaster.pid')
  const pid = readPid(file)
  if (pid === undefined || !isAlive(pid)) return undefined
  if (commandOf(pid).includes(folders.socket)) return pid
  rmSync(file, { force: true })
  return undefined
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}

/** Whether something accepts connections on the socket. */
export function answers(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = connect(join(socket, '.s.PGSQL.5432'))
    const end = (answered: boolean): void => {
      probe.destroy()
      done(answered)
    }
    probe.once('connect', () => end(true))
    probe.once('error', () => end(false))
  })
}

/** Stops a server: politely to its data, rudely to its clients. Returns whether it ended within 10 seconds. */
export async function stopServer(pid: number): Promise<boolean> {
  for (const [signal, waitMs] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return !isAlive(pid)
    }
    for (let waited = 0; waited < waitMs; waited += 10) {
      if (!isAlive(pid)) return true
      await after(10)
    }
  }
  return false
}

/**
 * Stops the server when `owner` ends in whatever way, SIGKILL included: for this process by a pipe that breaks, for
 * another one by looking once a second.
 */
export function watchOwner(owner: number, pid: number): ChildProcess {
  const own = owner === process.pid
  const script = own ? 'read -r _' : `while kill -0 ${owner} 2>/dev/null; do sleep 1; done`
  const watchdog = spawn('sh', ['-c', `${script}; kill -INT ${pid} 2>/dev/null`], {
    detached: true,
    stdio: [own ? 'pipe' : 'ignore', 'ignore', 'ignore'],
  })
  watchdog.on('error', () => undefined)
  watchdog.unref()
  const input = watchdog.stdin
  input?.on('error', () => undefined)
  if (input !== null && 'unref' in input && typeof input.unref === 'function') input.unref()
  return watchdog
}
