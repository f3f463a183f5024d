import type { RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createMemoryState } from '@chat-adapter/state-memory'
import { WhatsAppAPI } from 'whatsapp-api-js/middleware/node-http'
import { createBot } from './chat.mjs'
import { appSecret } from './webhooks.ts'

/** The acknowledgement of other libraries. None stores the message before it answers. */
export const peerListeners: Readonly<Record<string, () => RequestListener>> = {
  'whatsapp-api-js': throughWhatsAppApi,
  'chat+memory': throughChat,
}

function throughWhatsAppApi(): RequestListener {
  const api = new WhatsAppAPI({
    token: 'bench',
    appSecret,
    webhookVerifyToken: 'bench',
    v: 'v24.0',
  })
  api.on.message = () => undefined
  return (request, response) => {
    void api
      .handle_post(request)
      .then((status) => response.writeHead(status, { 'content-length': 0 }).end())
  }
}

function throughChat(): RequestListener {
  const { receive } = createBot(createMemoryState(), async () => undefined)
  return (request, response) => {
    void buffer(request)
      .then((bytes) => receive(bytes, String(request.headers['x-hub-signature-256'])))
      .then(({ status }) => response.writeHead(status, { 'content-length': 0 }).end())
  }
}
