import type { MessageContent } from '../webhook/index.ts'
import { decideEcho, decideInbound } from './arrive.ts'
import type { EchoFacts, ThreadDecision } from './arrive.ts'
import { plainText, previewOf } from './preview.ts'
import { record } from './record.ts'
import { latest } from './retention.ts'
import type { ArrivedMessage, ArriveOutcome, Session } from './service.ts'
import type { Conversation, Message } from './store.ts'
import { effectsOf, eventTime } from './window.ts'

/** Stores a customer's message. */
export function receive(session: Session, arrived: ArrivedMessage): Promise<ArriveOutcome> {
  return arrive(session, arrived, { direction: 'in', author: 'customer' })
}

/** Stores what a colleague wrote on the business' phone. */
export function noteEcho(session: Session, arrived: ArrivedMessage): Promise<ArriveOutcome> {
  return arrive(session, arrived, { direction: 'out', author: 'phone' })
}

type Writer = Pick<Message, 'direction' | 'author'>

const defaultReopenMs = 24 * 60 * 60 * 1000

async function arrive(
  session: Session,
  arrived: ArrivedMessage,
  writer: Writer,
): Promise<ArriveOutcome> {
  const { content } = arrived
  if (content.type !== 'edit' && content.type !== 'revoke') return place(session, arrived, writer)
  const original = await findMessage(session, arrived, content.originalMessageId)
  if (original?.direction === writer.direction) return revise(session, arrived, original)
  if (content.type === 'revoke') return { kind: 'ignored', reason: 'nothing_to_attach' }
  return place(session, { ...arrived, content: content.content }, writer)
}

async function place(
  session: Session,
  arrived: ArrivedMessage,
  writer: Writer,
): Promise<ArriveOutcome> {
  const { contactId, channelId } = arrived
  const [current, known] = await Promise.all([
    session.conversations.lockLatest(contactId, channelId),
    findMessage(session, arrived, arrived.providerMessageId),
  ])
  if (known !== undefined) return { kind: 'duplicate' }
  const message = messageOf(session, arrived, writer)
  const decision = decideArrival(session, arrived, writer, message, current)
  if (decision.kind === 'nowhere') return { kind: 'ignored', reason: 'nothing_to_attach' }
  const { conversation, changes, closed } = decision
  if (closed !== undefined)
    await record(session, closed.conversation, closed.changes, arrived.eventId)
  await record(session, conversation, changes, arrived.eventId)
  const placed = { ...message, conversationId: conversation.id }
  await session.conversations.append([placed])
  return { kind: 'received', conversation, message: placed }
}

function decideArrival(
  session: Session,
  arrived: ArrivedMessage,
  writer: Writer,
  message: Omit<Message, 'conversationId'>,
  current: Conversation | undefined,
): ThreadDecision {
  const facts: EchoFacts = {
    contactId: arrived.contactId,
    channelId: arrived.channelId,
    content: arrived.content,
    at: message.at,
    preview: previewOf(message.content),
    now: session.now,
    reopenWithinMs: arrived.reopenWithinMs ?? defaultReopenMs,
    newId: session.ids.next('ConversationId'),
  }
  return writer.direction === 'in'
    ? decideInbound(current, { ...facts, messageId: message.id })
    : decideEcho(current, facts)
}

function messageOf(
  session: Session,
  arrived: ArrivedMessage,
  writer: Writer,
): Omit<Message, 'conversationId'> {
  return {
    id: session.ids.next('MessageId'),
    ...writer,
    content: { kind: 'inbound', content: arrived.content },
    providerMessageId: storableId(arrived.providerMessageId),
    eventId: arrived.eventId,
    at: eventTime(arrived.timestampMs, session.now),
  }
}

/** An edited message gets its new content; of a deleted one nothing stays but that it was deleted. */
async function revise(
  session: Session,
  arrived: ArrivedMessage,
  original: Message,
): Promise<ArriveOutcome> {
  const conversation = await session.conversations.lock(original.conversationId)
  if (conversation === undefined) return { kind: 'ignored', reason: 'nothing_to_attach' }
  const revised: Message = {
    ...original,
    content: { kind: 'inbound', content: revisedContent(arrived.content) },
  }
  await session.conversations.append([revised])
  const shown = conversation.preview === previewOf(original.content)
  const counts = original.direction === 'in' && effectsOf(arrived.content).interaction
  const at = eventTime(arrived.timestampMs, session.now)
  const updated: Conversation = {
    ...conversation,
    ...(shown ? { preview: previewOf(revised.content) } : {}),
    ...(counts ? { lastInteractionAt: latest(conversation.lastInteractionAt, at) } : {}),
    updatedAt: session.now,
    version: conversation.version + 1,
  }
  await record(session, updated, [], arrived.eventId)
  return { kind: 'revised', conversation: updated, message: revised }
}

function revisedContent(content: MessageContent): MessageContent {
  return content.type === 'edit' ? content.content : content
}

async function findMessage(
  session: Session,
  { contactId, channelId }: ArrivedMessage,
  providerMessageId: string,
): Promise<Message | undefined> {
  const { items } = await session.conversations.thread({
    contactId,
    channelId,
    limit: 1,
    providerMessageId: storableId(providerMessageId),
  })
  return items[0]
}

// Meta's ids are short and printable; whatever else comes must not keep the message from being stored.
function storableId(providerMessageId: string): string {
  return plainText(providerMessageId.slice(0, 512))
}
