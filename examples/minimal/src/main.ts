import { createServer } from 'node:http'
import { createAuronx } from '@auronx/sdk'
import { startSimulator } from '@auronx/sdk/simulator'
import { createMemoryStorage } from '@auronx/sdk/testing'
import { createWebhookListener } from '@auronx/sdk/webhook'
import { createWhatsApp } from '@auronx/sdk/whatsapp'

const meta = await startSimulator({ webhookUrl: 'http://127.0.0.1:3000/webhooks/whatsapp' })
const auronx = createAuronx({ storage: createMemoryStorage(), messenger: createWhatsApp(meta) })
await auronx.openBusiness({ ...meta, company: 'Chai', timeZone: 'Europe/Madrid', currency: 'EUR' })
createServer(createWebhookListener({ ...meta, inbox: auronx.inbox })).listen(3000, '127.0.0.1')
console.log(`Say hello at ${meta.phoneUrl}`)
await auronx.work()
