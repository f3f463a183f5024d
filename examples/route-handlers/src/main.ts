import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDemo } from './demo.ts'
import { createHost } from './host.ts'
import { setPlatform } from './platform.ts'
import { routes } from './routes.ts'

const dataDir = await mkdtemp(path.join(tmpdir(), 'auronx-routes-'))
const demo = await openDemo(dataDir)
const port = Number(process.env['PORT'] ?? 3000)
const cronSecret = process.env['CRON_SECRET'] ?? 'cron-secret'
const running = new Set<Promise<unknown>>()
setPlatform({
  ...demo,
  cronSecret,
  waitUntil(work) {
    const done = work()
      .catch((error: unknown) => console.error(error))
      .finally(() => running.delete(done))
    running.add(done)
  },
})
const server = createHost(routes).listen(port, '127.0.0.1')
demo.meta.simulator.setWebhook(`http://127.0.0.1:${port}/webhooks/whatsapp`)
console.log(`Say hello at ${demo.meta.phoneUrl}`)
console.log(`What a scheduler would call: http://127.0.0.1:${port}/cron`)

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
server.close()
server.closeIdleConnections()
await once(server, 'close')
await Promise.all(running)
await demo.close()
await rm(dataDir, { recursive: true, force: true })
