import { createServer } from 'node:http'
import { createPostgresStorage, defaultNames, fromPgPool, migrate } from '@auronx/adapters/postgres'
import { createAuronx } from '@auronx/sdk'
import { startSimulator } from '@auronx/sdk/simulator'
import { createWebhookListener } from '@auronx/sdk/webhook'
import { createWhatsApp } from '@auronx/sdk/whatsapp'
import pg from 'pg'

const port = Number(process.env['PORT'] ?? 3000)
const connection = { connectionString: process.env['DATABASE_URL'] ?? 'postgres:///chai' }
await migrate(connection, defaultNames)
const pool = new pg.Pool(connection)
pool.on('error', ({ message }) => console.error(message))

const meta = await startSimulator({ webhookUrl: `http://127.0.0.1:${port}/webhooks/whatsapp` })
const auronx = createAuronx({
  storage: createPostgresStorage(fromPgPool(pool)),
  messenger: createWhatsApp(meta),
})
await auronx.openBusiness({ ...meta, company: 'Chai', timeZone: 'Europe/Madrid', currency: 'EUR' })
const webhook = createWebhookListener({ ...meta, inbox: auronx.inbox })
const server = createServer(webhook).listen(port, '127.0.0.1')
console.log(`Say hello at ${meta.phoneUrl}`)

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort())
await auronx.work({ signal: stopping.signal })

// The worker has finished what it had in hand; now the doors and the pool.
server.close()
server.closeIdleConnections()
await meta.stop()
await pool.end()
