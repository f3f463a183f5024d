import { createWebhookHandler } from '@auronx/sdk/webhook'
import { getPlatform } from '../../../platform.ts'

/** Meta's challenge, when the address is entered there. */
export async function GET(request: Request): Promise<Response> {
  return answer(request)
}

/**
 * Acknowledges once the events are stored, and answers the customer after the response. A function that is frozen in
 * between leaves its work to the next webhook or to the cron route.
 */
export async function POST(request: Request): Promise<Response> {
  const response = await answer(request)
  const { auronx, waitUntil } = getPlatform()
  if (response.ok) waitUntil(() => auronx.work({ maxMs: 10_000 }))
  return response
}

function answer(request: Request): Promise<Response> {
  const { auronx, meta } = getPlatform()
  return createWebhookHandler({ ...meta, inbox: auronx.inbox })(request)
}
