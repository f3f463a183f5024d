import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { freePort } from './free-port.fixture.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

// Each is a whole program: the host's own server and pool, a simulated WhatsApp, an embedded PostgreSQL.
test.each(['hono', 'express', 'route-handlers'])(
  'a customer of the %s example greets and gets the menu; a forged webhook is refused',
  { timeout: 60_000 },
  async (name) => {
    const port = await freePort()
    const { phoneUrl, stop } = await start(name, port)
    const post = (pathname: string, body: object): Promise<Response> =>
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
    const messages = async (): Promise<string> =>
      (await fetch(new URL(`api/customers/${created.id}/messages`, phoneUrl))).text()
    const until = Date.now() + 20_000
    let chat = await messages()
    while (!chat.includes('interactive') && Date.now() < until) chat = await messages()
    expect(chat).toContain('interactive')
    const webhook = `http://127.0.0.1:${port}/webhooks/whatsapp`
    const forged = await fetch(webhook, {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      body: '{}',
    })
    expect(forged.status).toBe(401)
    await stop()
  },
)

async function start(
  name: string,
  port: number,
): Promise<{ readonly phoneUrl: string; stop(): Promise<void> }> {
  const main = fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=source', main], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const phoneUrl = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`exit ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\S+\/phone\/\S*/.exec(chunk.toString())?.[0]
      if (found !== undefined) resolve(found)
    })
  })
  return {
    phoneUrl,
    async stop() {
      const ended = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      child.kill('SIGINT')
      expect(await ended).toBe(0)
    },
  }
}
