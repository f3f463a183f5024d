import { createServer } from 'node:http'
import Koa from 'koa'
import { actorOf, asId, createAuronx } from '../../packages/sdk/src/index.ts'
import { createPostgresStorage } from '../../packages/adapters/src/postgres/index.ts'
import { openApiFloor, seedBusiness } from '../../examples/server/test/api/floor.ts'
import { silentMessenger } from './database.ts'

// One process with the REST API on one port, and on the reported one: `/bare/{id}`, a Koa route with the same query, no
// sign-in and no row-level security; `/tenant/{id}`, the service in its transaction without sign-in; `/facts`.
const floor = await openApiFloor({ perPrincipal: 1e9, perAddress: 1e9 })
const shop = await floor.signUp('owner@shop.test')
const { conversationId } = await seedBusiness(floor, shop.tenantId)
const key = await floor.key(shop, ['conversation:read'])
const storage = createPostgresStorage(floor.client)
const auronx = createAuronx({ storage, messenger: silentMessenger })
const principal = await floor.auth.provider.authenticate({ authorization: `Bearer ${shop.token}` })
if (principal?.kind !== 'member') throw new Error('The owner is not let in')
const actor = actorOf(principal)

const app = new Koa()
app.use(async (ctx) => {
  const [, kind, id = ''] = ctx.path.split('/')
  if (kind === 'facts') {
    ctx.body = { apiPort: Number(new URL(floor.url).port), token: shop.token, key, conversationId }
  } else if (kind === 'tenant') {
    ctx.body = await auronx.conversations.get(actor, asId('ConversationId', id))
  } else {
    const [row] = await floor.client.query({
      name: 'bench_bare',
      text: 'select * from auronx.conversations where tenant_id = $1 and id = $2',
      values: [shop.tenantId, id],
    })
    ctx.body = row
  }
})
const answer = app.callback()
const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system })
})
process.on('disconnect', () => void floor.close().finally(() => process.exit(0)))
