import { createServer } from 'node:http'
import { createFront } from '../../examples/server/src/http/front.ts'
import {
  createPgClient,
  createPostgresStorage,
} from '../../packages/adapters/src/postgres/index.ts'
import { createAuronx, createSystemClock } from '../../packages/sdk/src/index.ts'
import { createWebhook } from '../../packages/sdk/src/webhook/index.ts'
import { createEgress, createWhatsAppMessenger } from '../../packages/sdk/src/whatsapp/index.ts'
import { addressOf, appId, poolSize } from './database.ts'
import { appSecret } from './webhooks.ts'

// The whole loop in a process of its own: node loop-server.ts <socket folder> <address of Graph>
const [, , host = '', baseUrl = ''] = process.argv
const auronx = createAuronx({
  storage: createPostgresStorage(createPgClient({ ...addressOf(host), maxConnections: poolSize })),
  messenger: createWhatsAppMessenger({
    egress: createEgress({ hosts: [], allowLoopback: true }),
    tokens: async () => 'bench',
    baseUrl,
  }),
})
const stop = new AbortController()
const working = auronx.work({ signal: stop.signal })
const webhook = createWebhook({
  appSecrets: [appSecret],
  verifyTokens: ['bench'],
  clock: createSystemClock(),
  accept: async (events) => {
    await auronx.inbox.accept(events, { appId })
  },
})
const server = createServer(
  createFront({
    webhook,
    guard: () => ({ kind: 'allowed' }),
    pages: (_request, response) => response.end(),
    onLocked: () => undefined,
  }),
)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system })
})
process.on('disconnect', () => {
  stop.abort()
  void working.finally(() => process.exit(0))
})
