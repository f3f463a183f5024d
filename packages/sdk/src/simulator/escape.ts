import { createHmac } from 'node:crypto'
import type { Json } from '../kernel/index.ts'

/**
 * A payload as Meta puts it on the wire: JSON whose non-ASCII characters are `\u` escapes with lower-case hex digits,
 * one per UTF-16 unit, and whose slashes are `\/`.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function toWireBody(payload: Json): string {
  return JSON.stringify(payload)
    .replaceAll('/', '\\/')
    .replaceAll(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}

/** The value of `X-Hub-Signature-256` for a body: `sha256=` and 64 lower-case hex digits. */
export function signWireBody(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body, 'utf8').digest('hex')}`
}
