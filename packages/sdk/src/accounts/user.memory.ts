import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase } from '../kernel/index.ts'
import type { User, UserStore } from './user.ts'

/** People over an in-memory database. */
export function createMemoryUserStore(database: MemoryDatabase): UserStore {
  const users = database.table<User>('users')
  return {
    get: async (id) => users.get(id),
    byEmail: async (email) => [...users.values()].find((user) => user.email === email),
    async save(user) {
      const current = users.get(user.id)
      if ((current?.version ?? 0) !== user.version - 1) {
        throw new AuronxError('version_conflict', 'The user was changed meanwhile')
      }
      const isTaken = [...users.values()].some(
        ({ id, email }) => id !== user.id && email === user.email,
      )
      if (isTaken) throw new AuronxError('conflict', 'Another user has this e-mail address')
      users.set(user.id, user)
    },
  }
}
