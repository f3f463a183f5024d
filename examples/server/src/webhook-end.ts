import { createAppWebhooks, createSecret } from '@auronx/sdk'
import type { AppWebhooks, Auronx, Clock, Logger, Random } from '@auronx/sdk'
import type { Webhook } from '@auronx/sdk/webhook'
import type { WhatsAppConfig } from './config.ts'
import type { Vault } from './vault.ts'

/** The address that Meta delivers to, for every app that is known. */
export interface WebhookEnd {
  readonly webhook: Webhook
  /** Learns of apps that were connected or left. */
  forget(): void
}

/**
 * One webhook for the app that this process is configured with and for those that were connected since. Throws
 * `storage_unavailable` when the apps cannot be read for the first time.
 */
export async function openWebhookEnd(parts: {
  readonly auronx: Pick<Auronx, 'inbox'>
  readonly account: WhatsAppConfig
  readonly vault: Vault
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
}): Promise<WebhookEnd> {
  const { auronx, account, vault, clock, random, logger } = parts
  const apps = createAppWebhooks({
    clock,
    random,
    logger,
    directory: vault.apps,
    work: vault.work,
    sealer: vault.sealer,
    fixed: [
      {
        appId: account.appId,
        appSecret: createSecret(account.appSecret),
        verifyToken: createSecret(account.verifyToken),
      },
    ],
    accept: async (events, { appId }) => {
      await auronx.inbox.accept(events, { appId })
    },
    onUnreadable: (bytes, _reason, { appId }) => auronx.inbox.keepUnreadable(bytes, { appId }),
    onRefused: (code) => logger.warn('webhook: turned away', { code }),
  })
  return { webhook: following(apps, await apps.current()), forget: () => apps.forget() }
}

// What is asked before a body is read is answered by the newest apps that a body was read with.
function following(apps: AppWebhooks, first: Webhook): Webhook {
  let newest = first
  const renew = async (): Promise<Webhook> => {
    newest = await apps.current().catch(() => newest)
    return newest
  }
  return {
    maxBytes: first.maxBytes,
    tooLarge: () => newest.tooLarge(),
    begin(request) {
      void renew()
      return newest.begin(request)
    },
    receive: async (bytes, signature) => (await renew()).receive(bytes, signature),
  }
}
