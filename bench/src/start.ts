import { spawn } from 'node:child_process'
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
  readonly ms: number
  readonly mib: number
}

/** T17 and T18: a fresh process of the reference server until it answers, and its memory, beside bare node:http. */
export async function measureStart(
  { host }: BenchDatabase,
  rounds: number,
): Promise<readonly Measured[]> {
  const admin = new pg.Client(addressOf(host))
  await admin.connect()
  await admin.query('create database bench_start')
  await admin.end()
  const dataDir = mkdtempSync(join(tmpdir(), 'auronx-start-'))
  const environment = {
    AURONX_DATA_DIR: dataDir,
    DATABASE_URL: `postgres://postgres@localhost/bench_start?host=${encodeURIComponent(host)}`,
  }
  const samples = await interleave(
    [
      { name: 'bare', run: () => startOnce('./bare-server.ts', {}) },
      { name: 'own', run: () => startOnce('../../examples/server/src/main.ts', environment) },
    ],
    rounds,
  ).finally(() => rmSync(dataDir, { recursive: true, force: true }))
  const of = (name: string, pick: (sample: StartSample) => number): readonly number[] =>
    samples(name).map(pick)
  const [own, bare] = [of('own', ({ ms }) => ms), of('bare', ({ ms }) => ms)]
  const memory = of('own', ({ mib }) => mib)
  const bareMemory = of('bare', ({ mib }) => mib)
  const why =
    'measured from the TypeScript sources, unbundled and without compile cache, with simulator, worker and migrations checked'
  return [
    {
      id: 'T17',
      what: 'cold start to the first answer of the server vs bare',
      value: ratio(own, bare),
      target: 1.75,
      better: 'lower',
      unit: 'x',
      figures: `${median(own).toFixed(0)} ms; other ${median(bare).toFixed(0)} ms`,
      why,
    },
    {
      id: 'T18',
      what: 'memory of the idle server over bare',
      value: median(memory) - median(bareMemory),
      target: 15,
      better: 'lower',
      unit: ' MiB',
      figures: `${median(memory).toFixed(0)} MiB; other ${median(bareMemory).toFixed(0)} MiB`,
      why,
    },
  ]
}

async function startOnce(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<StartSample> {
  const port = await freePort()
  const path = fileURLToPath(new URL(file, import.meta.url))
  const from = performance.now()
  const child = spawn(process.execPath, ['--conditions=source', path], {
    env: { PATH: process.env['PATH'], ...environment, PORT: String(port) },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null || performance.now() - from > 30_000)
        throw new Error(`${file} does not answer`)
      await after(3)
    }
    const ms = performance.now() - from
    await after(300)
    const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
    return { ms, mib: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024 }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`)
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
