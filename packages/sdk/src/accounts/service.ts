import { assertAllowed, isAuronxError } from '../kernel/index.ts'
import type { Actor, ChannelId, UnitOfWork } from '../kernel/index.ts'
import type { AccountStore, Channel, Tenant } from './store.ts'

/**
 * The business' own record and numbers. Throws `not_permitted` without `settings:read` or `settings:write`,
 * `channel:read` or `channel:write`.
 */
export interface Accounts {
  /** Creates or replaces the record; its `status` stays as it is. */
  saveTenant(actor: Actor, tenant: Tenant): Promise<void>
  tenant(actor: Actor): Promise<Tenant>
  saveChannel(actor: Actor, channel: Channel): Promise<void>
  channels(actor: Actor): Promise<readonly Channel[]>
  /**
   * Lets a stopped number send again. Returns false when there is no such stopped number, and for one that is being
   * connected or was disconnected.
   */
  resumeChannel(actor: Actor, id: ChannelId): Promise<boolean>
}

/** Creates the service; `wake` is called when a number may send again. */
export function createAccounts(
  work: UnitOfWork<{ readonly accounts: AccountStore }>,
  wake: () => void,
): Accounts {
  return {
    async saveTenant(actor, tenant) {
      assertAllowed(actor, 'settings:write')
      await work.run(actor.tenantId, async ({ accounts }) => {
        const current = await accounts.tenant().catch(nothingYet)
        const { status: _status, ...rest } = tenant
        const status = actor.kind === 'system' ? tenant.status : current?.status
        await accounts.saveTenant({ ...rest, ...(status === undefined ? {} : { status }) })
      })
    },
    async tenant(actor) {
      assertAllowed(actor, 'settings:read')
      return work.run(actor.tenantId, ({ accounts }) => accounts.tenant())
    },
    async saveChannel(actor, channel) {
      assertAllowed(actor, 'channel:write')
      await work.run(actor.tenantId, ({ accounts }) => accounts.saveChannel(channel))
    },
    async channels(actor) {
      assertAllowed(actor, 'channel:read')
      return work.run(actor.tenantId, ({ accounts }) => accounts.channels())
    },
    async resumeChannel(actor, id) {
      assertAllowed(actor, 'channel:write')
      const resumed = await work.run(actor.tenantId, async ({ accounts }) => {
        const channel = await accounts.channel(id)
        if (channel?.status !== 'stopped' || isUnconnected(channel)) return false
        const { stoppedReason: _reason, ...rest } = channel
        await accounts.saveChannel({ ...rest, status: 'active', version: channel.version + 1 })
        return true
      })
      if (resumed) wake()
      return resumed
    },
  }
}

// Such a number has no credentials, or Meta was not asked yet: connecting it is what helps.
function isUnconnected({ stoppedReason = '' }: Channel): boolean {
  return ['connecting', 'disconnecting', 'disconnected'].includes(stoppedReason)
}

function nothingYet(error: unknown): undefined {
  if (!isAuronxError(error, 'not_found')) throw error
}
