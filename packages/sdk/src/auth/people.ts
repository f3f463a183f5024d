import type { AccessDirectory } from '../accounts/index.ts'
import { normalizeEmail } from '../accounts/index.ts'
import type { Clock, UnitOfWork, UserId } from '../kernel/index.ts'
import type { SessionStores } from './sessions.ts'
import type { ApiKeyStore, IdentityWork } from './store.ts'

/** What {@link createPeople} needs. */
export interface PeopleDeps {
  readonly identity: IdentityWork
  readonly access: AccessDirectory
  readonly work: UnitOfWork<SessionStores & { readonly apiKeys: ApiKeyStore }>
  readonly clock: Clock
}

/** Accounts of people, for whoever runs the platform; nothing here is checked. */
export interface People {
  /**
   * Closes the account of an address: nobody signs in with it any more, its sessions and the API keys it made end in every
   * business with their next request, and its passkeys are deleted, because one may be an intruder's. Places in businesses
   * stay. Returns how many sessions ended; nothing when there is no such account. Safe to repeat after a failure.
   */
  disable(email: string): Promise<number | undefined>
  /** Opens a closed account again; false when there is none. */
  enable(email: string): Promise<boolean>
}

/** The service. */
export function createPeople(deps: PeopleDeps): People {
  return {
    async disable(email) {
      const user = await setStatus(deps, email, 'disabled')
      if (user === undefined) return undefined
      // The account is closed first, so that no session opens behind this.
      let ended = 0
      for (const { tenantId, memberId } of await deps.access.membershipsOf(user)) {
        ended += await deps.work.run(tenantId, async ({ sessions, apiKeys }) => {
          await apiKeys.revokeOf(memberId, deps.clock.now())
          return sessions.revokeOf(memberId, deps.clock.now(), 'user_disabled')
        })
      }
      return ended
    },
    enable: async (email) => (await setStatus(deps, email, 'active')) !== undefined,
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
