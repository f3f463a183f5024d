import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createPostgresStorage, defaultNames, migrateOver } from '@auronx/adapters/postgres'
import { createPgliteClient } from '@auronx/adapters/postgres/pglite'
import { createAuronx, createIds, createRandom, createSystemClock, systemActor } from '@auronx/sdk'
import { createSimulator } from '@auronx/sdk/simulator'
import { createWebhook } from '@auronx/sdk/webhook'
import { createEgress, createWhatsAppMessenger } from '@auronx/sdk/whatsapp'
import { openBusiness } from './business.ts'

const clock = createSystemClock()
const random = createRandom()
const ids = createIds(clock, random)
const port = Number(process.env['PORT'] ?? 3000)

// A Graph API and a phone on this machine, so no Meta account is needed; later these values come from Meta.
const number = { phoneNumberId: '900000000000001', displayPhoneNumber: '15550100001' }
const meta = { appSecret: 'app-secret', accessToken: 'token', wabaId: '800000000000001', ...number }
const simulator = createSimulator({ clock, ids, random, ...meta })
const { url: baseUrl, phoneUrl } = await simulator.listen()
simulator.setWebhook(`http://127.0.0.1:${port}/webhooks/whatsapp`)

// A database in this process, in memory. With your own: createPgClient({ connectionString }).
const database = await createPgliteClient({})
await migrateOver(database.migrationConnection, defaultNames)

const egress = createEgress({ hosts: [], allowLoopback: true })
const tokens = async () => meta.accessToken
const auronx = createAuronx({
  storage: createPostgresStorage(database),
  messenger: createWhatsAppMessenger({ egress, tokens, baseUrl }),
  acceptFlights: 1,
})
await openBusiness(auronx, systemActor(ids.next('TenantId'), 'host'), { appId: 'app', ...meta })

const webhook = createWebhook({
  appSecrets: [meta.appSecret],
  verifyTokens: ['verify-token'],
  clock,
  accept: async (events) => void (await auronx.inbox.accept(events, { appId: 'app' })),
})
const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method = '', headers, headersDistinct } = request
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  const early = webhook.begin({ method, query, contentLength: headers['content-length'] })
  const signature = headersDistinct['x-hub-signature-256']
  const answer = early ?? (await webhook.receive(await buffer(request), signature))
  response.writeHead(answer.status, { ...answer.headers }).end(answer.body)
}
const server = createServer((request, response) => void answerRequest(request, response))
server.listen(port, '127.0.0.1', () => console.log(`Say hello at ${phoneUrl}`))

const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
await auronx.work({ signal: stopping.signal })
process.exit(0)
