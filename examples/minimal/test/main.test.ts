import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { freePort } from './free-port.fixture.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let child: ChildProcess | undefined
afterAll(() => {
  child?.kill('SIGKILL')
})

test('the quickstart fits on a page', () => {
  expect(readFileSync(main, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60)
})

test('the quickstart answers a customer and stops when asked', async () => {
  const running = spawn(process.execPath, ['--conditions=source', main], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = running
  const phoneUrl = await new Promise<string>((resolve, reject) => {
    running.once('exit', (code) => reject(new Error(`exit ${code}`)))
    running.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\S+/.exec(chunk.toString())?.[0]
      if (found !== undefined) resolve(found)
    })
  })
  const post = (pathname: string, body: object) =>
    fetch(new URL(pathname, phoneUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: new URL(phoneUrl).origin,
        'sec-fetch-site': 'same-origin',
      },
      body: JSON.stringify(body),
    })
  const created: { id: string } = await (
    await post('api/customers', { name: 'Ana', phone: '15550100150' })
  ).json()
  expect((await post(`api/customers/${created.id}/text`, { text: 'hello' })).status).toBe(204)
  const until = Date.now() + 20_000
  let chat = ''
  while (!chat.includes('Welcome to Corner Tea') && Date.now() < until) {
    chat = await (await fetch(new URL('api/state', phoneUrl))).text()
  }
  expect(chat).toContain('Welcome to Corner Tea')
  const ended = new Promise((resolve) => {
    running.once('exit', resolve)
  })
  running.kill('SIGINT')
  expect(await ended).toBe(0)
})
