import {
  createPostgresUsageDirectory,
  createPostgresUsageStore,
  createPostgresWork,
  defaultNames,
} from '@auronx/adapters/postgres'
import { createUsage } from '@auronx/sdk'
import type { Actor, Clock, Logger, Random, Usage, UsageName } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import type { Trail } from './audit-trail.ts'
import type { Database } from './database.ts'
import type { Vault } from './vault.ts'

/** Usage data of this server's businesses, in this server's database. */
export function openUsage(deps: {
  readonly database: Pick<Database, 'client'>
  readonly vault: Pick<Vault, 'sealer'>
  readonly clock: Clock
  readonly random: Random
}): Usage {
  const { client } = deps.database
  return createUsage({
    ...deps,
    sealer: deps.vault.sealer,
    directory: createPostgresUsageDirectory(client, defaultNames.schema),
    work: createPostgresWork(client, defaultNames, (sql, tenantId) => ({
      usage: createPostgresUsageStore(sql, tenantId),
    })),
  })
}

/** Counts one use and never disturbs it: a count that fails is logged and gone. */
export type Count = (actor: Actor, name: UsageName) => Promise<void>

/** Creates the counter. */
export function createCount(usage: Usage, logger: Logger): Count {
  return async (actor, name) => {
    try {
      await usage.record(actor, name)
    } catch (error) {
      logger.warn('usage: a use was not counted', {
        name,
        error: error instanceof Error ? error.name : 'unknown',
      })
    }
  }
}

const features: Readonly<Record<string, UsageName>> = {
  'conversation.read': 'feature.conversation-read',
  'passkey.added': 'feature.passkey-added',
}

/** A trail that also counts which features are used. */
export function withCount(trail: Trail, count: Count): Trail {
  return async (actor, event) => {
    await trail(actor, event)
    const name = features[event.action]
    if (name !== undefined) await count(actor, name)
  }
}

/** Pages by the request that fills them. */
export const pageUses: ReadonlyMap<string, UsageName> = new Map([
  ['/live/summary', 'page.live'],
  ['/account/sessions', 'page.account'],
])

/** Pages and features by the operation of the REST API that they use. */
export const operationUses: ReadonlyMap<string, UsageName> = new Map([
  [api.takeOver.operation, 'feature.conversation-taken-over'],
  [api.returnToAi.operation, 'feature.conversation-given-back'],
  [api.resolveConversation.operation, 'feature.conversation-resolved'],
  [api.sendReply.operation, 'feature.reply'],
  [api.resend.operation, 'feature.send-resent'],
  [api.discard.operation, 'feature.send-discarded'],
  [api.replayEvent.operation, 'feature.event-replayed'],
  [api.listMembers.operation, 'page.team'],
  [api.invite.operation, 'feature.member-invited'],
  [api.changeRole.operation, 'feature.member-changed'],
  [api.suspendMember.operation, 'feature.member-changed'],
  [api.reactivateMember.operation, 'feature.member-changed'],
  [api.removeMember.operation, 'feature.member-changed'],
  [api.listApiKeys.operation, 'page.keys'],
  [api.createApiKey.operation, 'feature.key-created'],
  [api.rotateApiKey.operation, 'feature.key-rotated'],
  [api.revokeApiKey.operation, 'feature.key-revoked'],
  [api.listChannels.operation, 'page.numbers'],
  [api.connectChannel.operation, 'feature.number-connected'],
  [api.getChannelHealth.operation, 'feature.number-checked'],
  [api.disconnectChannel.operation, 'feature.number-disconnected'],
])
