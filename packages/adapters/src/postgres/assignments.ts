import { asId } from '@auronx/sdk'
import type { AssignmentStore, TenantId } from '@auronx/sdk'
import { integer, text } from './row.ts'
import type { Sql } from './sql.ts'

/** Who holds conversations, on PostgreSQL. */
export function createPostgresAssignmentStore(sql: Sql, tenantId: TenantId): AssignmentStore {
  return {
    async release(memberId, at) {
      const rows = await sql.query({
        name: 'assignments_release',
        text: `update conversations set owner = 'queue', assignee_id = null, owner_epoch = owner_epoch + 1,
            updated_at = $3, version = version + 1
          where tenant_id = $1 and assignee_id = $2 and status = 'open'
          returning id, owner_epoch, version`,
        values: [tenantId, memberId, at],
      })
      return rows.map((row) => ({
        conversationId: asId('ConversationId', text(row, 'id')),
        ownerEpoch: integer(row, 'owner_epoch'),
        version: integer(row, 'version'),
      }))
    },
  }
}
