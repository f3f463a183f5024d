import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { freePort } from './free-port.fixture.ts'
import { sayHello, startProgram, stopPrograms } from './program.fixture.ts'

afterEach(stopPrograms)

// Each is a whole program: the host's own server and pool, a simulated WhatsApp, an embedded PostgreSQL.
test.each(['hono', 'express', 'route-handlers'])(
  'a customer of the %s example greets and gets the menu; a forged webhook is refused; it stops when asked',
  { timeout: 90_000 },
  async (name) => {
    const port = await freePort()
    const main = fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url))
    const { phoneUrl, stop } = await startProgram(main, { PORT: String(port) })
    await sayHello(phoneUrl, 'Welcome to Corner Tea')
    const forged = await fetch(`http://127.0.0.1:${port}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      body: '{}',
    })
    expect(forged.status).toBe(401)
    expect(await stop()).toBe(0)
  },
)
