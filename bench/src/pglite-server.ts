import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Koa from 'koa'
import { createFront } from '../../examples/server/src/http/front.ts'
import {
  createPostgresStorage,
  defaultNames,
  migrateOver,
} from '../../packages/adapters/src/postgres/index.ts'
import { createPgliteClient } from '../../packages/adapters/src/postgres/pglite/index.ts'
import { createAuronx, createSystemClock } from '../../packages/sdk/src/index.ts'
import type { InboundEvent } from '../../packages/sdk/src/index.ts'
import { createWebhook } from '../../packages/sdk/src/webhook/index.ts'
import { addBusiness, appId, silentMessenger } from './database.ts'
import { appSecret } from './webhooks.ts'

// Webhooks into an embedded PGlite whose commits are synced, in a process of its own:
// node pglite-server.ts grouped | single. `single` takes one request after the other, so each has its own commit.
const isGrouped = process.argv[2] === 'grouped'
const folder = mkdtempSync(join(tmpdir(), 'auronx-pglite-'))
const client = await createPgliteClient({ dataDir: join(folder, 'data') })
await migrateOver(client.migrationConnection, defaultNames)
const storage = createPostgresStorage(client)
await addBusiness(storage)
const auronx = createAuronx({ storage, messenger: silentMessenger, acceptFlights: 1 })

let last: Promise<unknown> = Promise.resolve()
const accept = (events: readonly InboundEvent[]): Promise<unknown> =>
  auronx.inbox.accept(events, { appId })
const webhook = createWebhook({
  appSecrets: [appSecret],
  verifyTokens: ['bench'],
  clock: createSystemClock(),
  async accept(events) {
    if (isGrouped) return void (await accept(events))
    last = last.then(() => accept(events))
    await last
  },
})
const listener = createFront({
  webhook,
  guard: () => ({ kind: 'allowed' }),
  pages: new Koa().callback(),
  onLocked: () => undefined,
})
const server = createServer(listener)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system })
})
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
})
