import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAuronxError } from '@auronx/sdk'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { oncePerRun } from '../once-per-run.ts'
import { isAlive, readPid } from '../pid-lock.ts'
import { startEmbeddedPostgres } from './index.ts'
import type { EmbeddedPostgres } from './index.ts'

const settings = { fsync: 'off' }
const fixture = fileURLToPath(new URL('./start.fixture.ts', import.meta.url))

let root: string
let dataDir: string
let children: ChildProcess[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'auronx-embedded-'))
  // Nobody but the owner enters, as with a checkout below /root.
  chmodSync(root, 0o700)
  dataDir = join(root, 'data')
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await until(() => serverPid() === undefined || !isAlive(serverPid()))
  rmSync(root, { recursive: true, force: true })
})

const pidFile = (): string => join(dataDir, '18', 'postmaster.pid')
const serverPid = (): number | undefined => readPid(pidFile())

async function query(
  server: Pick<EmbeddedPostgres, 'connection'>,
  text: string,
): Promise<unknown[]> {
  const client = new pg.Client(server.connection)
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not happen')
    await new Promise((done) => setTimeout(done, 10))
  }
}

async function startElsewhere(): Promise<{ child: ChildProcess; host: string; attached: boolean }> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--no-warnings', fixture, dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  children.push(child)
  const line = await new Promise<string>((done, refuse) => {
    child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString()))
    child.once('exit', () => refuse(new Error('The other process ended')))
  })
  const said: unknown = JSON.parse(line)
  if (typeof said !== 'object' || said === null) throw new Error('The other process said nothing')
  return {
    child,
    host: String(Reflect.get(said, 'host')),
    attached: Reflect.get(said, 'attached') === true,
  }
}

/** Puts a cluster that is made already, once for a run, where a server will look for it. */
async function begin(): Promise<void> {
  const begun = await oncePerRun('cluster', '1', async (folder) => {
    const data = join(folder, 'data')
    await (await startEmbeddedPostgres({ dataDir: data, settings })).stop()
    return data
  })
  cpSync(begun, dataDir, { recursive: true })
}

test('keeps its data over a stop and a start, and listens on a private socket only', async () => {
  const first = await startEmbeddedPostgres({ dataDir, settings })
  expect(first.attached).toBe(false)
  expect(statSync(first.connection.host).mode & 0o077).toBe(0)
  expect(await query(first, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  await query(first, 'create table kept as select 1 as n')
  await first.stop()
  expect(existsSync(pidFile())).toBe(false)
  const second = await startEmbeddedPostgres({ dataDir, settings })
  expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }])
  await second.stop()
})

test('starts on a copy of its data, whoever made the copy', async () => {
  await begin()
  const first = await startEmbeddedPostgres({ dataDir, settings })
  await query(first, 'create table kept as select 1 as n')
  await first.stop()
  const copy = join(root, 'copy')
  cpSync(dataDir, copy, { recursive: true })
  const second = await startEmbeddedPostgres({ dataDir: copy, settings })
  expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }])
  await second.stop()
})

test('writes nothing about statements and their values into its log', async () => {
  await begin()
  const server = await startEmbeddedPostgres({ dataDir, settings })
  await query(server, 'create table unique_once (n text primary key)')
  await query(server, `insert into unique_once values ('secret-value')`)
  await expect(query(server, `insert into unique_once values ('secret-value')`)).rejects.toThrow(
    /duplicate/,
  )
  await server.stop()
  expect(readFileSync(join(dataDir, 'server.log'), 'utf8')).not.toContain('secret-value')
})

test('ends with the process that started it, also when that one is killed, and loses nothing', async () => {
  await begin()
  const other = await startElsewhere()
  const connection = { host: other.host, user: 'postgres', database: 'postgres' }
  await query({ connection }, 'create table kept as select 2 as n')
  const pid = serverPid()
  other.child.kill('SIGKILL')
  await until(() => !isAlive(pid))
  const again = await startEmbeddedPostgres({ dataDir, settings })
  expect(await query(again, 'select n from kept')).toEqual([{ n: 2 }])
  await again.stop()
})

test('shares the server of another living process and leaves it running', async () => {
  await begin()
  const other = await startElsewhere()
  const pid = serverPid()
  const guest = await startEmbeddedPostgres({ dataDir, settings })
  expect(guest.attached).toBe(true)
  expect(guest.connection.host).toBe(other.host)
  await guest.stop()
  expect(isAlive(pid)).toBe(true)
})

test('lets many start at once and launches one server', async () => {
  const started = await Promise.all([
    startElsewhere(),
    startElsewhere(),
    startEmbeddedPostgres({ dataDir, settings }),
  ])
  expect(started.filter((server) => !server.attached).length).toBe(1)
  await started[2].stop()
})

test('starts anew what was left behind by a process that is gone', async () => {
  await begin()
  const left = await startEmbeddedPostgres({ dataDir, settings })
  const pid = serverPid()
  await query(left, 'create table kept as select 3 as n')
  writeFileSync(join(left.connection.host, 'owner.pid'), '999999999')
  const server = await startEmbeddedPostgres({ dataDir, settings })
  expect(server.attached).toBe(false)
  expect(isAlive(pid)).toBe(false)
  expect(await query(server, 'select n from kept')).toEqual([{ n: 3 }])
  await server.stop()
})

test('starts although the number in a stale pid file belongs to another program by now', async () => {
  await begin()
  const first = await startEmbeddedPostgres({ dataDir, settings })
  const lines = readFileSync(pidFile(), 'utf8').split('\n')
  await first.stop()
  writeFileSync(pidFile(), [String(process.pid), ...lines.slice(1)].join('\n'))
  const server = await startEmbeddedPostgres({ dataDir, settings })
  expect(await query(server, 'select 1 as n')).toEqual([{ n: 1 }])
  await server.stop()
})

test('begins again when an earlier start was interrupted while it made the cluster', async () => {
  mkdirSync(join(dataDir, '18.new', 'base'), { recursive: true })
  writeFileSync(join(dataDir, '18.new', 'PG_VERSION'), '18\n')
  const server = await startEmbeddedPostgres({ dataDir, settings })
  expect(readdirSync(dataDir)).not.toContain('18.new')
  await server.stop()
})

test('refuses data of another major version and says how to move it', async () => {
  mkdirSync(join(dataDir, '17'), { recursive: true })
  writeFileSync(join(dataDir, '17', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataDir, settings })).rejects.toSatisfy(
    (error) =>
      isAuronxError(error, 'storage_unavailable') && error.message.includes('dump and restore'),
  )
})

test('says why when the server does not come up', async () => {
  const refused = startEmbeddedPostgres({
    dataDir,
    settings: { ...settings, shared_buffers: 'plenty' },
  })
  await expect(refused).rejects.toSatisfy(
    (error) =>
      isAuronxError(error, 'storage_unavailable') &&
      String(error.details['log']).includes('shared_buffers'),
  )
})
