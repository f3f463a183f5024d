import type { ConversationId, MemberId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import { next, withOwner } from './steps.ts'
import type { Conversation } from './store.ts'

/** Who holds conversations, over an in-memory database. */
export function createMemoryAssignmentStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): {
  release(
    memberId: MemberId,
    at: Date,
  ): Promise<
    readonly {
      readonly conversationId: ConversationId
      readonly ownerEpoch: number
      readonly version: number
    }[]
  >
} {
  const conversations = database.table<Conversation & { readonly tenantId: TenantId }>(
    'conversations',
  )
  return {
    async release(memberId, at) {
      const held = [...conversations].filter(
        ([, row]) =>
          row.tenantId === tenantId && row.assigneeId === memberId && row.status === 'open',
      )
      return held.map(([key, row]) => {
        const released = { ...withOwner(next(row, at), 'queue', undefined), tenantId }
        conversations.set(key, released)
        const { id: conversationId, ownerEpoch, version } = released
        return { conversationId, ownerEpoch, version }
      })
    },
  }
}
