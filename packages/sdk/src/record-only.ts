import type { HandledEvent, TraceStep } from './lanes/index.ts'
import type { Decoded } from './pipeline-ahead.ts'
import type { InboundEvent } from './webhook/index.ts'

/** What is recorded of events of which none changes anything here; nothing when one has to be handled. */
export function recordAll(events: readonly Decoded[]): readonly HandledEvent[] | undefined {
  const recorded = events.flatMap(({ waiting, event }) => {
    const step = recordOnly(event)
    return step === undefined ? [] : [{ id: waiting.id, trace: [step] }]
  })
  return recorded.length === events.length ? recorded : undefined
}

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
