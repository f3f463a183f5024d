import type { DomainEvent } from '../kernel/index.ts'
import { dropStale } from '../outbox/index.ts'
import type { ConversationChange } from './steps.ts'
import type { Session } from './service.ts'
import type { Conversation } from './store.ts'

/** Saves a conversation and what happened to it; a person who owns it now ends what still waits of the owner before. `correlationId` defaults to what caused the actor's command. */
export async function record(
  session: Session,
  conversation: Conversation,
  changes: readonly ConversationChange[],
  correlationId?: string,
): Promise<void> {
  await session.conversations.save(conversation)
  if (changes.length === 0) return
  if (conversation.owner === 'human') await dropStale(session.outbox, conversation, session.now)
  const cause = correlationId ?? session.actor.evidence?.id
  await session.events.append(
    changes.map(({ type, data }): DomainEvent => {
      const id = session.ids.next('InboxEventId')
      return {
        id,
        tenantId: session.actor.tenantId,
        type,
        schema: 1,
        aggregateType: 'conversation',
        aggregateId: conversation.id,
        aggregateVersion: conversation.version,
        occurredAt: session.now,
        actor: session.actor,
        correlationId: cause ?? id,
        data,
      }
    }),
  )
}
