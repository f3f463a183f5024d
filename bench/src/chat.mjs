import { createWhatsAppAdapter } from '@chat-adapter/whatsapp'
import { Chat, ConsoleLogger } from 'chat'
import { appSecret, phoneNumberId } from './webhooks.ts'

/**
 * The Chat SDK with its WhatsApp adapter, which runs `handle(thread)` for every direct message; messages of one customer
 * wait for each other. Plain JavaScript, because its adapter does not fit its own types under our compiler settings.
 */
export function createBot(state, handle) {
  const logger = new ConsoleLogger('silent')
  const whatsapp = createWhatsAppAdapter({
    appSecret,
    accessToken: 'bench',
    phoneNumberId,
    verifyToken: 'bench',
    apiUrl: 'http://graph.invalid',
    logger,
  })
  const chat = new Chat({
    userName: 'bench',
    adapters: { whatsapp },
    state,
    logger,
    concurrency: 'queue',
  })
  chat.onDirectMessage(handle)
  return {
    /** Takes one webhook in: its status, and `done` for when its handlers have ended. */
    async receive(bytes, signature) {
      const request = new Request('http://localhost/', {
        method: 'POST',
        headers: { 'x-hub-signature-256': signature },
        body: bytes.toString('latin1'),
      })
      const tasks = []
      const response = await chat.webhooks.whatsapp(request, {
        waitUntil: (task) => void tasks.push(task),
      })
      return { status: response.status, done: Promise.all(tasks) }
    },
    async stop() {
      await chat.shutdown()
    },
  }
}
