import type { TraceStep } from './lanes/index.ts'
import type { InboundEvent } from './webhook/index.ts'

/** What is recorded of an event that changes nothing here; nothing for one that has to be handled. */
export function recordOnly(event: InboundEvent): TraceStep | undefined {
  switch (event.kind) {
    case 'message':
      return event.groupId === undefined ? undefined : { step: 'gate', outcome: 'group_ignored' }
    case 'account':
      return event.endsAccess ? undefined : { step: 'record', outcome: 'account' }
    case 'echo':
    case 'status':
    case 'call':
    case 'preference':
    case 'identity':
      return undefined
    default:
      return { step: 'record', outcome: event.kind }
  }
}
