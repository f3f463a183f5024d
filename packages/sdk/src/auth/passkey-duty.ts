import type { Member } from '../accounts/index.ts'
import type { Clock, Role } from '../kernel/index.ts'
import type { IdentityWork } from './store.ts'

/** How long who rules over others may go without a passkey: seven days, in milliseconds. */
export const passkeyWithinMs = 7 * 24 * 3_600_000
/** How long it is remembered that somebody has a passkey, in milliseconds: one minute. */
const rememberMs = 60_000
const mostRemembered = 10_000

/** Roles that need a passkey. Operators of the platform have no other way in. */
export const passkeyRoles: readonly Role[] = ['owner', 'admin']

type Bound = Pick<Member, 'userId' | 'role' | 'updatedAt'>

/**
 * Who rules over others owes a passkey: who does, and until when. A mailed code goes on opening the account, which is the way back
 * for who lost the passkey with its device.
 */
export interface PasskeyDuty {
  /** Until when a member has to add a passkey; nothing for who need not, or has one. */
  dueAt(member: Bound): Promise<Date | undefined>
  /** Whether that time is over. Asks storage only then, and at most once a minute for who has a passkey. */
  isOverdue(member: Bound): Promise<boolean>
}

/**
 * Until when a member in this role needs a passkey: seven days after it joined, got the role, or was let in again. Nothing for
 * roles that need none. Pure.
 */
export function passkeyDueAt({ role, updatedAt }: Bound): Date | undefined {
  return passkeyRoles.includes(role) ? new Date(updatedAt.getTime() + passkeyWithinMs) : undefined
}

/** The rule over stored passkeys. */
export function createPasskeyDuty(deps: {
  readonly identity: IdentityWork
  readonly clock: Clock
}): PasskeyDuty {
  const { identity, clock } = deps
  const known = new Map<string, number>()
  const hasPasskey = async (userId: Member['userId']): Promise<boolean> => {
    const now = clock.now().getTime()
    const until = known.get(userId)
    if (until !== undefined && now < until) return true
    const passkeys = await identity.run((stores) => stores.passkeys.list(userId))
    known.delete(userId)
    if (passkeys.length === 0) return false
    if (known.size >= mostRemembered) known.clear()
    known.set(userId, now + rememberMs)
    return true
  }
  return {
    async dueAt(member) {
      const at = passkeyDueAt(member)
      return at === undefined || (await hasPasskey(member.userId)) ? undefined : at
    },
    async isOverdue(member) {
      const at = passkeyDueAt(member)
      return at !== undefined && clock.now() >= at && !(await hasPasskey(member.userId))
    },
  }
}
