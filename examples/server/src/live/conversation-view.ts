import type {
  Actor,
  Auronx,
  Conversation,
  ConversationId,
  Message,
  OutboxEntry,
  OutboxId,
  TraceStep,
} from '@auronx/sdk'
import { nameCustomer } from './customer-name.ts'
import type { ConversationView, DeskPage, MessageView, StepView, ThreadView } from './desk.ts'
import { viewContent } from './message-view.ts'

const listLimit = 30
const threadLimit = 100

/** Conversations as the live page lists them, newest message first. */
export async function listConversations(
  auronx: Auronx,
  actor: Actor,
  query: { readonly cursor?: string },
): Promise<DeskPage<ConversationView>> {
  const page = await auronx.conversations.list(actor, { ...query, limit: listLimit })
  const items = await Promise.all(page.items.map((item) => viewConversation(auronx, actor, item)))
  return page.cursor === undefined ? { items } : { items, cursor: page.cursor }
}

/** The newest messages of a conversation's customer, with what happened to each. */
export async function showThread(
  auronx: Auronx,
  actor: Actor,
  id: ConversationId,
): Promise<ThreadView | undefined> {
  const conversation = await auronx.conversations.get(actor, id)
  if (conversation === undefined) return undefined
  const { contactId, channelId } = conversation
  const page = await auronx.conversations.thread(actor, {
    contactId,
    channelId,
    limit: threadLimit,
  })
  const messages = page.items.toReversed()
  const [view, traces, entries] = await Promise.all([
    viewConversation(auronx, actor, conversation),
    auronx.traces.ofEvents(
      actor,
      messages.flatMap(({ eventId }) => eventId ?? []),
    ),
    findEntries(auronx, actor, messages),
  ])
  return {
    conversation: view,
    messages: messages.map((message) =>
      viewMessage(
        message,
        message.outboxId === undefined ? undefined : entries.get(message.outboxId),
        message.eventId === undefined ? [] : (traces.get(message.eventId) ?? []),
      ),
    ),
  }
}

async function viewConversation(
  auronx: Auronx,
  actor: Actor,
  conversation: Conversation,
): Promise<ConversationView> {
  const { id, owner, assigneeId, status, preview, unreadCount, windowExpiresAt } = conversation
  return {
    id,
    owner,
    status,
    preview,
    unread: unreadCount,
    version: conversation.version,
    lastMessageAt: conversation.lastMessageAt.toISOString(),
    ...(await nameCustomer(auronx, actor, conversation.contactId)),
    ...(assigneeId === undefined ? {} : { assignee: assigneeId }),
    ...(windowExpiresAt === undefined ? {} : { windowExpiresAt: windowExpiresAt.toISOString() }),
  }
}

async function findEntries(
  auronx: Auronx,
  actor: Actor,
  messages: readonly Message[],
): Promise<ReadonlyMap<OutboxId, OutboxEntry>> {
  const conversations = new Set(messages.map(({ conversationId }) => conversationId))
  const lists = await Promise.all(
    [...conversations].map((conversationId) =>
      auronx.outbox.list(actor, { conversationId, limit: 200 }),
    ),
  )
  return new Map(lists.flat().map((entry) => [entry.id, entry]))
}

function viewMessage(
  message: Message,
  entry: OutboxEntry | undefined,
  steps: readonly TraceStep[],
): MessageView {
  const { id, direction, author, at, content } = message
  return {
    id,
    direction,
    author,
    at: at.toISOString(),
    bubble: viewContent(content),
    steps: steps.map(viewStep),
    ...(entry === undefined ? {} : { sending: viewSending(entry) }),
  }
}

function viewSending({
  state,
  delivery,
  errorCode,
}: OutboxEntry): NonNullable<MessageView['sending']> {
  return {
    state,
    ...(delivery === undefined ? {} : { delivery }),
    ...(errorCode === undefined ? {} : { errorCode }),
  }
}

function viewStep({ step, outcome, detail = {} }: TraceStep): StepView {
  const facts = Object.entries(detail).map(([key, value]) => `${key} ${value}`)
  return {
    step: step.replaceAll('_', ' '),
    outcome: outcome.replaceAll('_', ' '),
    detail: facts.join(', '),
  }
}
