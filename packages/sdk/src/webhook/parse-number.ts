import type { InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import { defined, readText } from './narrow.ts'
import type { Scope } from './scope.ts'
import { accountBase } from './scope.ts'

/** Narrows the value of `phone_number_quality_update`; undefined without its event. */
export function parseNumberQuality(value: Fields, scope: Scope): InboundEvent | undefined {
  const event = readText(value['event'])
  if (event === undefined) return undefined
  return {
    kind: 'number_quality',
    ...accountBase(scope, 'number_quality', value),
    event,
    ...defined({
      oldLimit: readText(value['old_limit']),
      currentLimit: readText(value['current_limit']),
      dailyLimit: readText(value['max_daily_conversations_per_business']),
    }),
  }
}

/** Narrows the value of `phone_number_name_update`; undefined without its decision. */
export function parseNumberName(value: Fields, scope: Scope): InboundEvent | undefined {
  const decision = readText(value['decision'])
  if (decision === undefined) return undefined
  return {
    kind: 'number_name',
    ...accountBase(scope, 'number_name', value),
    decision,
    ...defined({
      requestedName: readText(value['requested_verified_name']),
      rejectionReason: readText(value['rejection_reason']),
    }),
  }
}

/** Narrows the value of `security`; undefined without its event. */
export function parseSecurity(value: Fields, scope: Scope): InboundEvent | undefined {
  const event = readText(value['event'])
  if (event === undefined) return undefined
  return {
    kind: 'security',
    ...accountBase(scope, 'security', value),
    event,
    ...defined({ requester: readText(value['requester']) }),
  }
}
