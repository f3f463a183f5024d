import type { EgressHost } from '../egress/index.ts'
import { createEgress } from '../egress/index.ts'
import type { Messenger } from '../outbox/index.ts'
import { createWhatsAppMessenger, defaultMediaHosts } from './client.ts'

/** How to reach the Cloud API with one access token. */
export interface WhatsAppAccess {
  readonly accessToken: string
  /** A simulator on this machine. Default `https://graph.facebook.com`. */
  readonly baseUrl?: string
}

/** Meta's lines in the list of outside hosts, which is the register of sub-processors. */
export const metaHosts: readonly EgressHost[] = [
  {
    host: 'graph.facebook.com',
    purpose: 'Delivers messages on WhatsApp',
    subProcessor: 'Meta',
  },
  ...defaultMediaHosts.map((host) => ({
    host,
    purpose: 'Serves media that customers send',
    subProcessor: 'Meta',
  })),
]

/**
 * The messenger over Meta's Cloud API for one access token, with a way out of its own: to {@link metaHosts}, or with
 * `baseUrl` to this machine and nowhere else. For tokens per number, media of yours or one way out for the whole
 * application, use {@link createWhatsAppMessenger}. Throws `invalid_config` for an address that cannot be one.
 */
export function createWhatsApp({ accessToken, baseUrl }: WhatsAppAccess): Messenger {
  const tokens = async (): Promise<string> => accessToken
  if (baseUrl === undefined) {
    return createWhatsAppMessenger({ egress: createEgress({ hosts: metaHosts }), tokens })
  }
  const egress = createEgress({ hosts: [], allowLoopback: true })
  return createWhatsAppMessenger({ egress, tokens, baseUrl, allowLoopbackMedia: true })
}
