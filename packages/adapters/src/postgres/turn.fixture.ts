import type { AssistantTurn, Conversation, Message } from '@auronx/sdk'
import type { EngineSubject } from './testing.ts'

/** A turn that waits to answer a message, not yet stored. `text` stands in its record. */
export function turnOf(
  { ids, clock }: Pick<EngineSubject<unknown>, 'ids' | 'clock'>,
  { id: conversationId, contactId, channelId }: Conversation,
  message: Message,
  text: string,
): AssistantTurn {
  const at = clock.now()
  return {
    id: ids.next('TurnId'),
    conversationId,
    contactId,
    channelId,
    state: 'waiting',
    messageIds: [message.id],
    firstAt: at,
    eventId: ids.next('InboxEventId'),
    dueAt: at,
    disclosed: true,
    record: {
      model: text,
      promptVersion: '1',
      promptHash: 'e'.repeat(64),
      modelCalls: 0,
      calls: [],
      tokens: { input: 0, cachedInput: 0, output: 0 },
      costMicros: 0,
      latencyMs: 0,
      steps: [],
      replies: [],
    },
    version: 1,
  }
}
