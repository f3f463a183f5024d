import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApp } from './app.ts'
import { openDemo } from './demo.ts'

const dataDir = await mkdtemp(path.join(tmpdir(), 'auronx-express-'))
const demo = await openDemo(dataDir)
const port = Number(process.env['PORT'] ?? 3000)
const server = createApp(demo).listen(port, '127.0.0.1')
demo.meta.simulator.setWebhook(`http://127.0.0.1:${port}/webhooks/whatsapp`)
console.log(`Say hello at ${demo.meta.phoneUrl}`)

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort())
await demo.auronx.work({ signal: stopping.signal })

// The worker has finished what it had in hand; now the doors and the database.
server.close()
server.closeIdleConnections()
await once(server, 'close')
await demo.close()
await rm(dataDir, { recursive: true, force: true })
