import type { Locale, OperatorRole, UserId } from '../kernel/index.ts'

/** One person who can sign in. Belongs to no tenant; memberships connect the two. */
export interface User {
  readonly id: UserId
  /** Lower-cased; unique over all tenants. */
  readonly email: string
  readonly name: string
  readonly phone?: string
  readonly locale: Locale
  readonly status: 'active' | 'disabled'
  /** When the address was first proven; until then whatever hangs on the account is void at the first sign-in. */
  readonly emailVerifiedAt?: Date
  /** For the platform's own people, who sign in at another door. */
  readonly operatorRole?: OperatorRole
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** People across tenants, inside a transaction that sees no tenant. */
export interface UserStore {
  get(id: UserId): Promise<User | undefined>
  /** By lower-cased e-mail. */
  byEmail(email: string): Promise<User | undefined>
  /** Creates or replaces; `version` must follow the stored one. Throws `version_conflict`, `conflict` for a taken e-mail. */
  save(user: User): Promise<void>
}

/** An e-mail address as it is stored and compared: trimmed and lower-cased; nothing when it is none. */
export function normalizeEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase()
  return email.length <= 254 &&
    /^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+\.[^\s@<>"(),:;\\.]+$/.test(email)
    ? email
    : undefined
}
