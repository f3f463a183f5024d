import { isAuronxError, randomHex, silentLogger } from '../kernel/index.ts'
import type { Clock, Logger, Random, UnitOfWork } from '../kernel/index.ts'
import { createSecret } from '../secrets/index.ts'
import type { Sealer, Secret } from '../secrets/index.ts'
import { createWebhook } from '../webhook/index.ts'
import type { Delivery, InboundEvent, UnreadableReason, Webhook } from '../webhook/index.ts'
import { credentialCacheMs } from './resolve.ts'
import { openCredential } from './sealing.ts'
import type { AppDirectory, AppEntry, CredentialStore } from './store.ts'

/** A Meta app whose webhooks are taken. */
export interface WebhookApp {
  readonly appId: string
  readonly appSecret: Secret
  readonly verifyToken: Secret
}

/** A delivery, and the app whose secret verified it: the inbox takes events of that app's numbers only. */
export interface AppDelivery extends Delivery {
  readonly appId: string
}

/** What {@link createAppWebhooks} takes. */
export interface AppWebhookDeps {
  readonly directory: AppDirectory
  readonly work: UnitOfWork<{ readonly credentials: CredentialStore }>
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  readonly logger?: Logger
  /** Apps that are configured rather than stored. */
  readonly fixed?: readonly WebhookApp[]
  readonly accept: (events: readonly InboundEvent[], delivery: AppDelivery) => Promise<void>
  readonly onUnreadable?: (
    rawBody: Uint8Array,
    reason: UnreadableReason,
    delivery: AppDelivery,
  ) => Promise<void>
  readonly onRefused?: Parameters<typeof createWebhook>[0]['onRefused']
}

/** One webhook address for all apps, of which there may be more tomorrow. */
export interface AppWebhooks {
  /**
   * The endpoint with the apps of now, at most a minute old. When they cannot be read anew the ones before serve; throws
   * `storage_unavailable` (retryable) when there are none yet.
   */
  current(): Promise<Webhook>
  /** Reads the apps anew on the next request; other processes do so within a minute. */
  forget(): void
}

/** Creates the address; without any app it turns everything away. */
export function createAppWebhooks(deps: AppWebhookDeps): AppWebhooks {
  let newest: { readonly webhook: Promise<Webhook>; readonly untilMs: number } | undefined
  let working: Webhook | undefined
  const build = async (): Promise<Webhook> => {
    try {
      working = webhookOf(deps, [...(deps.fixed ?? []), ...(await readApps(deps))])
      return working
    } catch (error) {
      if (working === undefined || !isAuronxError(error, 'storage_unavailable')) throw error
      return working
    }
  }
  return {
    current() {
      const nowMs = deps.clock.now().getTime()
      if (newest !== undefined && newest.untilMs > nowMs) return newest.webhook
      const webhook = build()
      const entry = { webhook, untilMs: nowMs + credentialCacheMs }
      newest = entry
      webhook.catch(() => {
        if (newest === entry) newest = undefined
      })
      return webhook
    },
    forget() {
      newest = undefined
    },
  }
}

async function readApps(deps: AppWebhookDeps): Promise<readonly WebhookApp[]> {
  const apps: WebhookApp[] = []
  for (const entry of await deps.directory.apps()) {
    try {
      const app = await readApp(deps, entry)
      if (app !== undefined) apps.push(app)
    } catch (error) {
      // One tenant's damaged secret must not turn the others' deliveries away.
      if (!isAuronxError(error, 'seal_broken')) throw error
      const logger = deps.logger ?? silentLogger
      logger.error('An app secret does not open; its webhooks are refused', { app: entry.appId })
    }
  }
  return apps
}

async function readApp(
  { work, sealer }: AppWebhookDeps,
  { tenantId, appId }: AppEntry,
): Promise<WebhookApp | undefined> {
  const stored = await work.run(tenantId, ({ credentials }) =>
    credentials.list({ kind: 'app', id: appId }),
  )
  const secret = stored.find((credential) => credential.kind === 'app_secret')
  const token = stored.find((credential) => credential.kind === 'verify_token')
  if (secret === undefined || token === undefined) return undefined
  return {
    appId,
    appSecret: await openCredential(sealer, tenantId, secret),
    verifyToken: await openCredential(sealer, tenantId, token),
  }
}

function webhookOf(deps: AppWebhookDeps, apps: readonly WebhookApp[]): Webhook {
  const { accept, onUnreadable, onRefused, logger, clock, random } = deps
  // An endpoint needs a secret; one that nobody knows verifies nothing.
  const nobody = createSecret(randomHex(random, 32))
  const known = [...apps, { appId: '', appSecret: nobody, verifyToken: nobody }]
  const of = (delivery: Delivery): AppDelivery => ({
    ...delivery,
    appId: known[delivery.secretIndex]?.appId ?? '',
  })
  return createWebhook({
    appSecrets: known.map((app) => app.appSecret.reveal()),
    verifyTokens: known.map((app) => app.verifyToken.reveal()),
    clock,
    accept: (events, delivery) => accept(events, of(delivery)),
    ...(logger === undefined ? {} : { logger }),
    ...(onRefused === undefined ? {} : { onRefused }),
    ...(onUnreadable === undefined
      ? {}
      : {
          onUnreadable: (body: Uint8Array, reason: UnreadableReason, delivery: Delivery) =>
            onUnreadable(body, reason, of(delivery)),
        }),
  })
}
