import type { AccessDirectory } from '../accounts/index.ts'
import { normalizeEmail } from '../accounts/index.ts'
import { createAuditor } from '../audit/index.ts'
import { systemActor } from '../kernel/index.ts'
import type { Clock, Random, UnitOfWork, UserId } from '../kernel/index.ts'
import type { SessionStores } from './sessions.ts'
import type { ApiKeyStore, IdentityWork } from './store.ts'

/** What {@link createPeople} needs. */
export interface PeopleDeps {
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  readonly work: UnitOfWork<SessionStores & { readonly apiKeys: ApiKeyStore }>
  readonly clock: Clock
  readonly random: Random
}

/**
 * Accounts of people, for whoever runs the platform; nothing here is checked. Each business that the person belongs to finds it
 * in its audit log, written with what it tells; the account itself belongs to no business and changes just before.
 */
export interface People {
  /**
   * Closes the account of an address: nobody signs in with it any more, its sessions and the API keys it made end in every
   * business with their next request, and its passkeys are deleted, because one may be an intruder's. Places in businesses
   * stay. Returns how many sessions ended; nothing when there is no such account. Safe to repeat after a failure.
   */
  disable(email: string): Promise<number | undefined>
  /** Opens a closed account again; false when there is none. Safe to repeat after a failure. */
  enable(email: string): Promise<boolean>
}

/** The service. */
export function createPeople(deps: PeopleDeps): People {
  const { access, work, clock } = deps
  const auditor = createAuditor(deps)
  return {
    async disable(email) {
      const user = await setStatus(deps, email, 'disabled')
      if (user === undefined) return undefined
      // The account is closed first, so that no session opens behind this.
      let ended = 0
      for (const { tenantId, memberId: id } of await access.membershipsOf(user)) {
        ended += await work.run(tenantId, async (stores) => {
          const keys = await stores.apiKeys.revokeOf(id, clock.now())
          const sessions = await stores.sessions.revokeOf(id, clock.now(), 'user_disabled')
          await auditor.record(stores, systemActor(tenantId, 'host'), {
            action: 'account.closed',
            target: { type: 'member', id },
            facts: { sessions, keys },
          })
          return sessions
        })
      }
      return ended
    },
    async enable(email) {
      const user = await setStatus(deps, email, 'active')
      if (user === undefined) return false
      for (const { tenantId, memberId: id } of await access.membershipsOf(user)) {
        await work.run(tenantId, (stores) =>
          auditor.record(stores, systemActor(tenantId, 'host'), {
            action: 'account.opened',
            target: { type: 'member', id },
          }),
        )
      }
      return true
    },
  }
}

function setStatus(
  { identity, clock }: PeopleDeps,
  address: string,
  status: 'active' | 'disabled',
): Promise<UserId | undefined> {
  return identity.run(async ({ users, operatorSessions, passkeys }) => {
    const user = await users.byEmail(normalizeEmail(address) ?? '')
    if (user === undefined) return undefined
    if (user.status !== status)
      await users.save({ ...user, status, updatedAt: clock.now(), version: user.version + 1 })
    if (status === 'disabled') {
      await operatorSessions.delete(user.id)
      await passkeys.delete(user.id)
    }
    return user.id
  })
}
