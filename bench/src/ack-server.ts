import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import Koa from 'koa'
import pg from 'pg'
import { createFront } from '../../examples/server/src/http/front.ts'
import {
  createPgClient,
  createPostgresStorage,
} from '../../packages/adapters/src/postgres/index.ts'
import { createAuronx, createSystemClock } from '../../packages/sdk/src/index.ts'
import { createWebhook } from '../../packages/sdk/src/webhook/index.ts'
import type { Webhook, WebhookOptions } from '../../packages/sdk/src/webhook/index.ts'
import { peerListeners } from './ack-peers.ts'
import { addressOf, appId, silentMessenger } from './database.ts'
import { appSecret } from './webhooks.ts'

// A server of one kind in a process of its own: node ack-server.ts <kind> <socket folder>
const [, , kind = '', host = ''] = process.argv
const clock = createSystemClock()

const listeners: Readonly<Record<string, () => RequestListener>> = {
  floor: () => floor,
  front: () => inFront(webhookWith(async () => undefined)),
  durable: () => inFront(webhookWith(acceptDurably())),
  koa: () => throughKoa(webhookWith(acceptDurably())),
  autocommit: () => inFront(webhookWith(acceptByInsert())),
  transaction: () => inFront(webhookWith(acceptByTransaction())),
  ...peerListeners,
}

const floor: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const given = Buffer.from(String(request.headers['x-hub-signature-256']).slice(7), 'hex')
    const made = createHmac('sha256', appSecret).update(body).digest()
    JSON.parse(body.toString('utf8'))
    response.writeHead(timingSafeEqual(made, given) ? 200 : 401, { 'content-length': 0 }).end()
  })
}

function inFront(webhook: Webhook): RequestListener {
  return createFront({
    webhook,
    guard: () => ({ kind: 'allowed' }),
    pages: new Koa().callback(),
    onLocked: () => undefined,
  })
}

function throughKoa(webhook: Webhook): RequestListener {
  const app = new Koa()
  app.use(async (ctx) => {
    const signature = ctx.req.headersDistinct['x-hub-signature-256']
    const reply = await webhook.receive(await buffer(ctx.req), signature)
    ctx.status = reply.status
    ctx.set(reply.headers)
    ctx.length = 0
    ctx.body = reply.body
  })
  return app.callback()
}

function webhookWith(accept: WebhookOptions['accept']): Webhook {
  return createWebhook({ appSecrets: [appSecret], verifyTokens: ['bench'], clock, accept })
}

function acceptDurably(): WebhookOptions['accept'] {
  const auronx = createAuronx({
    storage: createPostgresStorage(createPgClient(addressOf(host))),
    messenger: silentMessenger,
  })
  return async (events) => {
    await auronx.inbox.accept(events, { appId })
  }
}

function acceptByInsert(): WebhookOptions['accept'] {
  const pool = new pg.Pool({ ...addressOf(host), max: 10 })
  return async (events) => {
    for (const event of events) {
      await pool.query({
        name: 'insert',
        text: 'insert into bench_inbox(key, conversation, payload) values ($1, $2, $3) on conflict do nothing',
        values: [event.key, event.phoneNumberId, JSON.stringify(event)],
      })
    }
  }
}

function acceptByTransaction(): WebhookOptions['accept'] {
  const pool = new pg.Pool({ ...addressOf(host), max: 10 })
  return async (events) => {
    for (const event of events) {
      const client = await pool.connect()
      const conversation = event.kind === 'message' ? event.from.userId : event.phoneNumberId
      const run = (name: string, text: string, values: unknown[]): Promise<unknown> =>
        client.query({ name, text, values })
      await client.query('begin')
      await run('known', 'select 1 from bench_inbox where key = $1', [event.key])
      await run(
        'conversation',
        `insert into bench_conversation(id, last_at) values ($1, now())
          on conflict (id) do update set last_at = now()`,
        [conversation],
      )
      await run(
        'insert',
        'insert into bench_inbox(key, conversation, payload) values ($1, $2, $3) on conflict do nothing',
        [event.key, conversation, JSON.stringify(event)],
      )
      await client.query('commit')
      client.release()
    }
  }
}

const listener = listeners[kind]
if (listener === undefined) throw new Error(`No server of kind ${kind}`)
const server = createServer(listener())
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system })
})
process.on('disconnect', () => process.exit(0))
