import { record } from './record.ts'
import { isExpired, latest } from './retention.ts'
import type { ArrivedCall, CallOutcome, Session } from './service.ts'
import { next } from './steps.ts'
import type { Conversation } from './store.ts'
import { eventTime, extendWindow } from './window.ts'

/** Notes that a customer called. */
export async function noteCall(session: Session, call: ArrivedCall): Promise<CallOutcome> {
  const current = await session.conversations.lockLatest(call.contactId, call.channelId)
  if (current === undefined || isExpired(current.lastInteractionAt, session.now))
    return { kind: 'ignored', reason: 'nothing_to_attach' }
  const at = eventTime(call.timestampMs, session.now)
  const conversation: Conversation = {
    ...next(current, session.now),
    windowExpiresAt: extendWindow(current.windowExpiresAt, at),
    lastInteractionAt: latest(current.lastInteractionAt, at),
  }
  await record(session, conversation, [], call.eventId)
  return { kind: 'noted', conversation }
}
