import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '@auronx/adapters/postgres/embedded'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from './free-port.fixture.ts'
import { sayHello, startProgram, stopPrograms } from './program.fixture.ts'

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const source = readFileSync(pathOf('../src/main.ts'), 'utf8')
// Whole programs, on a machine that may be busy with other tests.
const slow = { timeout: 90_000 }
const leftovers: string[] = []
afterEach(() => {
  stopPrograms()
  for (const one of leftovers.splice(0)) rmSync(one, { recursive: true, force: true })
})

describe('the quickstart', () => {
  test('in the README is this example, line for line', () => {
    const readme = readFileSync(pathOf('../../../README.md'), 'utf8')
    const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1])
    expect(snippets[0]).toBe(source)
  })

  test('has at most twelve lines', () => {
    const lines = source.split('\n').filter((line) => line.trim() !== '')
    expect(lines.length).toBeLessThanOrEqual(12)
  })

  test('answers a customer', slow, async () => {
    // Its port is written into it, and another program of this machine may have it.
    const port = String(await freePort())
    expect(source.split('3000').length).toBe(3)
    const copy = pathOf(`../.cache/on-port-${port}.ts`)
    leftovers.push(copy)
    mkdirSync(path.dirname(copy), { recursive: true })
    writeFileSync(copy, source.replaceAll('3000', port))
    const { phoneUrl } = await startProgram(copy)
    await sayHello(phoneUrl, 'Welcome to Chai')
  })
})

test('the quickstart on a database of your own answers, and stops when asked', slow, async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-minimal-'))
  leftovers.push(dataDir)
  const database = await startEmbeddedPostgres({ dataDir, startTimeoutMs: 30_000 })
  try {
    const { host, user, database: name } = database.connection
    const url = `postgres://${user}@/${name}?host=${encodeURIComponent(host)}`
    const main = pathOf('../src/postgres.ts')
    const start = async () =>
      startProgram(main, { PORT: String(await freePort()), DATABASE_URL: url })
    const first = await start()
    await sayHello(first.phoneUrl, 'Welcome to Chai')
    expect(await first.stop()).toBe(0)
    const second = await start()
    await sayHello(second.phoneUrl, 'Welcome to Chai')
    expect(await second.stop()).toBe(0)
  } finally {
    await database.stop()
  }
})
