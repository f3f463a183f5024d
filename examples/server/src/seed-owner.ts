import type { Clock, Ids, Locale, Storage, TenantId, User, UserId } from '@auronx/sdk'

/** What {@link seedOwner} needs. */
export interface OwnerDeps {
  readonly storage: Pick<Storage, 'identity' | 'work'>
  readonly clock: Clock
  readonly ids: Ids
  readonly locale: Locale
  readonly ownerEmail: string
  /** Whether the address needs no proof, because it is the demonstration's own. */
  readonly isProven: boolean
}

/**
 * Sees to it that a person owns the first business, and returns the account. An account that is there already, and a
 * business that has owners already, stay as they are.
 */
export async function seedOwner(deps: OwnerDeps, tenantId: TenantId): Promise<UserId> {
  const user = await findUser(deps)
  const now = deps.clock.now()
  return deps.storage.work.run(tenantId, async ({ team }) => {
    const [owner] = await team.lockOwners()
    if (owner !== undefined) return owner.userId
    await team.saveMember({
      id: deps.ids.next('MemberId'),
      userId: user.id,
      email: user.email,
      name: user.name,
      role: 'owner',
      status: 'active',
      createdAt: now,
      updatedAt: now,
      version: 1,
    })
    return user.id
  })
}

function findUser({ storage, clock, ids, locale, ownerEmail, isProven }: OwnerDeps): Promise<User> {
  return storage.identity.run(async ({ users }) => {
    const known = await users.byEmail(ownerEmail)
    if (known !== undefined) return known
    const now = clock.now()
    const user: User = {
      id: ids.next('UserId'),
      email: ownerEmail,
      name: 'Sam Demo',
      locale,
      status: 'active',
      ...(isProven ? { emailVerifiedAt: now } : {}),
      createdAt: now,
      updatedAt: now,
      version: 1,
    }
    await users.save(user)
    return user
  })
}
