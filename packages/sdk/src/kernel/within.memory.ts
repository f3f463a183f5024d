import type { ContactId, ConversationId, TenantId } from './brand.ts'
import type { MemoryDatabase } from './memory.ts'
import type { Within } from './within.ts'
import { isWithin } from './within.ts'

interface Row {
  readonly id: ConversationId
  readonly tenantId: TenantId
  readonly contactId: ContactId
  readonly owner: string
  readonly assigneeId?: string
}

/** What a narrowed list of one tenant may show, over an in-memory database. */
export interface MemoryReach {
  hasConversation(id: ConversationId): boolean
  /** Whether a customer has a conversation there. */
  hasContact(id: ContactId): boolean
}

/** Reads the reach; without `within` it is everything. */
export function readMemoryReach(
  database: MemoryDatabase,
  tenantId: TenantId,
  within: Within | undefined,
): MemoryReach {
  if (within === undefined) return { hasConversation: () => true, hasContact: () => true }
  const there = [...database.table<Row>('conversations').values()].filter(
    (row) => row.tenantId === tenantId && isWithin(row, within),
  )
  const contacts = new Set(there.map(({ contactId }) => contactId))
  const conversations = new Set(there.map(({ id }) => id))
  return {
    hasConversation: (id) => conversations.has(id),
    hasContact: (id) => contacts.has(id),
  }
}
