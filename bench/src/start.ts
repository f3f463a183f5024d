import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { addressOf } from './database.ts'
import type { BenchDatabase } from './database.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'

interface StartSample {
  /** Until `/healthz` answers. */
  readonly ms: number
  /** Until `/readyz` says that database, migrations and worker are there. */
  readonly readyMs: number
  readonly mib: number
}

/**
 * T17 and T18: a fresh process of the bundled reference server until it answers, and its memory when it is ready, beside
 * bare node:http. It has a database server and an address of WhatsApp of its own, so neither is started with it.
 */
export async function measureStart(
  { host }: BenchDatabase,
  rounds: number,
): Promise<readonly Measured[]> {
  const admin = new pg.Client(addressOf(host))
  await admin.connect()
  await admin.query('create database bench_start')
  await admin.end()
  const bundle = spawnSync(process.execPath, [pathOf('../../scripts/bundle-server.ts')], {
    stdio: 'inherit',
  })
  if (bundle.status !== 0) throw new Error('The server could not be bundled')
  const dataDir = mkdtempSync(join(tmpdir(), 'auronx-start-'))
  const environment = {
    AURONX_DATA_DIR: dataDir,
    DATABASE_URL: `postgres://postgres@localhost/bench_start?host=${encodeURIComponent(host)}`,
    // Nobody answers there, and nothing is sent.
    WHATSAPP_GRAPH_URL: 'http://127.0.0.1:9',
    WHATSAPP_ACCESS_TOKEN: 'bench',
    WHATSAPP_APP_SECRET: 'bench',
    WHATSAPP_VERIFY_TOKEN: 'bench',
    WHATSAPP_APP_ID: 'bench',
    WHATSAPP_PHONE_NUMBER_ID: '900000000000001',
    WHATSAPP_BUSINESS_ACCOUNT_ID: '800000000000001',
    WHATSAPP_DISPLAY_PHONE_NUMBER: '15550100001',
  }
  const samples = await interleave(
    [
      { name: 'bare', run: () => startOnce('./bare-server.mjs', {}) },
      { name: 'own', run: () => startOnce('../../examples/server/dist/server.js', environment) },
    ],
    rounds,
  ).finally(() => rmSync(dataDir, { recursive: true, force: true }))
  const of = (name: string, pick: (sample: StartSample) => number): readonly number[] =>
    samples(name).map(pick)
  const [own, bare] = [of('own', ({ ms }) => ms), of('bare', ({ ms }) => ms)]
  const memory = of('own', ({ mib }) => mib)
  const bareMemory = of('bare', ({ mib }) => mib)
  return [
    {
      id: 'T17',
      what: 'cold start to the first answer of the server vs bare',
      value: ratio(own, bare),
      target: 1.75,
      better: 'lower',
      unit: 'x',
      figures: `${median(own).toFixed(0)} ms, ready after ${median(of('own', ({ readyMs }) => readyMs)).toFixed(0)} ms; other ${median(bare).toFixed(0)} ms`,
      why: 'the port opens first, but configuration and server are loaded in the same thread',
    },
    {
      id: 'T18',
      what: 'memory of the idle server over bare',
      value: median(memory) - median(bareMemory),
      target: 15,
      better: 'lower',
      unit: ' MiB',
      figures: `${median(memory).toFixed(0)} MiB; other ${median(bareMemory).toFixed(0)} MiB`,
      why: 'Koa, the validation library, the database driver with its pool, and the code of every feature are loaded when the server is ready',
    },
  ]
}

async function startOnce(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<StartSample> {
  const port = await freePort()
  const from = performance.now()
  const child = spawn(process.execPath, [pathOf(file)], {
    env: { PATH: process.env['PATH'], ...environment, PORT: String(port) },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  try {
    const until = async (path: string): Promise<number> => {
      while (!(await answers(`http://127.0.0.1:${port}${path}`))) {
        if (child.exitCode !== null || performance.now() - from > 30_000)
          throw new Error(`${file} does not answer`)
        await after(3)
      }
      return performance.now() - from
    }
    const ms = await until('/healthz')
    const readyMs = await until('/readyz')
    await after(300)
    const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
    return { ms, readyMs, mib: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024 }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address)
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
