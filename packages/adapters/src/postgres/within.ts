import type { TenantId, Within } from '@auronx/sdk'
import type { Condition } from './where.ts'

/** The condition on a conversation that a list is narrowed to. */
export function ofReach({ assigneeId, withQueue }: Within): Condition {
  return [`(assignee_id = ?${withQueue ? ` or owner = 'queue'` : ''})`, assigneeId]
}

/** As {@link ofReach}, for what belongs to a conversation or a customer by the id in `column`. */
export function inReach(
  column: string,
  of: 'id' | 'contact_id',
  tenantId: TenantId,
  within: Within | undefined,
): Condition | false {
  if (within === undefined) return false
  const [condition, ...values] = ofReach(within)
  return [
    `${column} in (select ${of} from conversations where tenant_id = ? and ${condition})`,
    tenantId,
    ...values,
  ]
}
