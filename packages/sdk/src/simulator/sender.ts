import type { DeliveryAttempt, DeliveryDeps, WebhookChange } from './delivery.ts'
import { signWireBody, toWireBody } from './escape.ts'
import type { JsonObject } from './json.ts'
import { createPoster } from './post.ts'

const longestLog = 1000

/** Signs and posts updates, and keeps a log of it. */
export interface Sender {
  /** Posts updates; resolves to the record of the attempt. */
  send(url: string, changes: readonly WebhookChange[], attempt: number): Promise<DeliveryAttempt>
  attempts(): readonly DeliveryAttempt[]
  close(): void
}

/** A sender with its own connections. */
export function createSender(deps: DeliveryDeps): Sender {
  const poster = createPoster({ timeoutMs: deps.options.timeoutMs ?? 10_000 })
  const log: DeliveryAttempt[] = []
  return {
    async send(url, changes, attempt) {
      const body = toWireBody(envelope(deps.wabaId, changes))
      const status = await poster.post(url, headersFor(body, deps.appSecret), body)
      const record = {
        atMs: deps.clock.now().getTime(),
        status,
        attempt,
        fields: [...new Set(changes.map((change) => change.field))],
        bytes: body.length,
      }
      log.push(record)
      if (log.length > longestLog) log.shift()
      return record
    },
    attempts: () => [...log],
    close: () => poster.close(),
  }
}

function envelope(wabaId: string, changes: readonly WebhookChange[]): JsonObject {
  const time = changes.find((change) => change.time !== undefined)?.time
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: wabaId,
        ...(time === undefined ? {} : { time }),
        changes: changes.map(({ field, value }) => ({ value, field })),
      },
    ],
  }
}

function headersFor(body: string, appSecret: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    'x-hub-signature-256': signWireBody(body, appSecret),
  }
}
