import type { WebhookOptions, WebhookReply } from './handler.ts'
import { createWebhook } from './handler.ts'
import type { InboxWebhookOptions } from './inbox-webhook.ts'
import { joined } from './join.ts'
import { signatureHeader } from './signature.ts'

/** A request as Node's servers and frameworks hand it over. */
export interface NodeRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: { readonly [name: string]: string | string[] | undefined }
  /** Each value of each header: a signature that came twice is refused. */
  readonly headersDistinct: { readonly [name: string]: string[] | undefined }
  /** Whether somebody has read the body already. */
  readonly readableDidRead: boolean
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array>
}

/** A response of Node's servers. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown }
}

/** Answers one request of a Node server. */
export type WebhookListener = (request: NodeRequest, response: NodeResponse) => void

/**
 * Makes a listener for `node:http` and for frameworks on it, such as Express. It reads the body itself, because the
 * signature covers the bytes as they came: in front of it stands no body parser. Where one did, the answer is 500 and
 * an error in the log. Throws `invalid_config` as {@link createWebhook} does.
 *
 * @example
 * createServer(createWebhookListener({ inbox: auronx.inbox, appId, appSecret, verifyToken })).listen(3000)
 * app.all('/webhooks/whatsapp', createWebhookListener({ inbox: auronx.inbox, appId, appSecret, verifyToken }))
 */
export function createWebhookListener(
  options: WebhookOptions | InboxWebhookOptions,
): WebhookListener {
  const webhook = createWebhook(options)
  const answer = async (request: NodeRequest): Promise<WebhookReply> => {
    const { method = '', url = '', headers } = request
    const query = new URL(url, 'http://localhost').searchParams
    const early = webhook.begin({
      method,
      query,
      contentLength: headers['content-length']?.toString(),
    })
    if (early !== undefined) return early
    if (request.readableDidRead) {
      options.logger?.error('A body parser read the webhook before it was verified')
      return { status: 500, headers: {}, body: '' }
    }
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of request) {
      length += chunk.length
      if (length > webhook.maxBytes) return webhook.tooLarge()
      chunks.push(chunk)
    }
    return webhook.receive(joined(chunks, length), request.headersDistinct[signatureHeader])
  }
  return (request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, { ...headers }).end(body),
      // The sender went away in the middle of its body; whoever is still there must not wait.
      () => response.writeHead(500, {}).end(''),
    )
  }
}
