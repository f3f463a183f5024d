import * as z from 'zod'
import { route } from '../route.ts'
import {
  idParams,
  idSchema,
  instantSchema,
  nothingSchema,
  pageOf,
  pageQuery,
  versionSchema,
} from '../wire.ts'

const conversationSchema = z
  .object({
    id: idSchema,
    contactId: idSchema,
    channelId: idSchema,
    owner: z.enum(['ai', 'queue', 'human']),
    assigneeId: z.string().optional(),
    status: z.enum(['open', 'resolved']),
    resolvedAt: instantSchema.optional(),
    lastInboundAt: instantSchema.optional(),
    windowExpiresAt: instantSchema.optional(),
    lastInteractionAt: instantSchema,
    lastMessageAt: instantSchema,
    preview: z.string(),
    unreadCount: z.int(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    version: versionSchema,
  })
  .meta({ id: 'Conversation' })

const messageSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    direction: z.enum(['in', 'out']),
    author: z.enum(['customer', 'menu', 'ai', 'staff', 'phone', 'system']),
    at: instantSchema,
    outboxId: idSchema.optional(),
    content: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The message by its `kind`; new kinds appear without notice' }),
  })
  .meta({ id: 'Message' })

const sendSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    contactId: idSchema,
    state: z.enum(['queued', 'sending', 'unknown', 'parked', 'accepted', 'failed', 'discarded']),
    delivery: z.string().optional(),
    errorCode: z.string().optional(),
    attempts: z.int(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Send' })

const turnSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    state: z.enum(['waiting', 'thinking', 'done']),
    outcome: z.string().optional(),
    messageIds: z.array(idSchema),
    disclosed: z.boolean(),
    finishedAt: instantSchema.optional(),
    model: z.string().optional(),
    promptVersion: z.string().optional(),
    calls: z.array(z.object({ name: z.string(), outcome: z.string() })).optional(),
    steps: z.array(z.object({ step: z.string(), outcome: z.string() })).optional(),
    replies: z.array(idSchema).optional(),
  })
  .meta({ id: 'Turn' })

const deadSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    errorCode: z.string(),
    attempts: z.int(),
    receivedAt: instantSchema,
  })
  .meta({ id: 'DeadEvent' })

const deadJobSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    errorCode: z.string(),
    attempts: z.int(),
    runAt: instantSchema,
  })
  .meta({ id: 'DeadJob' })

const tag = 'Conversations'
const read = {
  tag,
  access: 'conversation:read',
  method: 'GET',
  query: nothingSchema,
  body: nothingSchema,
} as const
const act = {
  tag,
  access: 'conversation:assign',
  method: 'POST',
  params: idParams,
  query: nothingSchema,
  body: nothingSchema,
  response: conversationSchema,
  match: 'optional',
} as const
const reply = { ...act, access: 'conversation:reply', match: 'none' } as const
const newest = z.strictObject({ limit: pageQuery.limit })

/** Conversations, their messages, and what could not be sent or handled. */
export const conversationRoutes = {
  listConversations: route({
    ...read,
    operation: 'listConversations',
    path: '/conversations',
    summary: 'Conversations, newest message first',
    params: nothingSchema,
    query: z.strictObject({
      ...pageQuery,
      limit: z.coerce.number().int().min(1).max(100).default(50),
      status: z.enum(['open', 'resolved']).optional(),
    }),
    response: pageOf(conversationSchema),
    kind: 'page',
  }),
  getConversation: route({
    ...read,
    operation: 'getConversation',
    path: '/conversations/{id}',
    summary: 'A conversation',
    params: idParams,
    response: conversationSchema,
  }),
  listMessages: route({
    ...read,
    operation: 'listMessages',
    path: '/conversations/{id}/messages',
    summary: 'The thread with the customer on that number, newest first',
    params: idParams,
    query: z.strictObject(pageQuery),
    response: pageOf(messageSchema),
    kind: 'page',
    isPersonal: true,
  }),
  listTurns: route({
    ...read,
    operation: 'listTurns',
    path: '/conversations/{id}/turns',
    summary: 'Why the assistant said what it said, newest first: codes and ids, no words',
    params: idParams,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    response: z.object({ data: z.array(turnSchema) }),
  }),
  sendReply: route({
    ...reply,
    operation: 'sendReply',
    path: '/conversations/{id}/messages',
    summary: 'Answers the customer and takes the conversation over',
    body: z.strictObject({
      text: z.strictObject({
        body: z.string().trim().min(1).max(4096),
        previewUrl: z.boolean().optional(),
      }),
    }),
    response: sendSchema,
    status: 201,
    problems: ['window_closed', 'no_recipient', 'stale'],
  }),
  takeOver: route({
    ...act,
    operation: 'takeOver',
    path: '/conversations/{id}/take-over',
    summary: 'A person answers from now on',
    problems: ['resolved', 'human_owns'],
  }),
  returnToAi: route({
    ...act,
    operation: 'returnToAi',
    path: '/conversations/{id}/return-to-ai',
    summary: 'Menus or the assistant answer from now on',
    problems: ['resolved', 'human_owns'],
  }),
  handOff: route({
    ...act,
    operation: 'handOff',
    path: '/conversations/{id}/hand-off',
    summary: 'Asks for a person; the reason is a code',
    body: z.strictObject({ reason: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/) }),
    problems: ['resolved', 'human_owns'],
  }),
  resolveConversation: route({
    ...act,
    operation: 'resolveConversation',
    path: '/conversations/{id}/resolve',
    summary: 'Closes a conversation as it was seen',
    access: 'conversation:close',
    match: 'required',
    problems: ['resolved', 'human_owns'],
  }),
  markRead: route({
    ...act,
    operation: 'markRead',
    path: '/conversations/{id}/read',
    summary: 'A member has seen everything',
    problems: ['resolved', 'human_owns'],
  }),
  listSends: route({
    ...read,
    operation: 'listSends',
    path: '/sends',
    summary: 'Messages that did not leave, or whose arrival nobody knows, newest first',
    params: nothingSchema,
    query: newest,
    response: z.object({ data: z.array(sendSchema) }),
  }),
  resend: route({
    ...reply,
    operation: 'resend',
    path: '/sends/{id}/resend',
    summary: 'Sends a parked message again; the customer may get it twice',
    response: sendSchema,
    problems: ['not_parked'],
  }),
  discard: route({
    ...reply,
    operation: 'discard',
    path: '/sends/{id}/discard',
    summary: 'Gives a parked message up',
    response: sendSchema,
    problems: ['not_parked'],
  }),
  listDeadEvents: route({
    ...read,
    operation: 'listDeadEvents',
    path: '/dead-events',
    summary: 'Inbound events that could not be handled, newest first',
    params: nothingSchema,
    query: newest,
    response: z.object({ data: z.array(deadSchema) }),
  }),
  replayEvent: route({
    ...reply,
    operation: 'replayEvent',
    path: '/dead-events/{id}/replay',
    summary: 'Puts an event back in front of its lane',
    response: z.object({ id: idSchema, state: z.literal('waiting') }),
  }),
  listDeadJobs: route({
    ...read,
    operation: 'listDeadJobs',
    path: '/dead-jobs',
    summary: 'What was to be done later and could not be, newest first',
    params: nothingSchema,
    query: newest,
    response: z.object({ data: z.array(deadJobSchema) }),
  }),
  replayJob: route({
    ...reply,
    operation: 'replayJob',
    path: '/dead-jobs/{id}/replay',
    summary: 'Runs a dead job again',
    response: z.object({ id: idSchema, state: z.literal('waiting') }),
  }),
  discardJob: route({
    ...reply,
    operation: 'discardJob',
    path: '/dead-jobs/{id}/discard',
    summary: 'Gives a dead job up',
    response: z.object({ id: idSchema, state: z.literal('discarded') }),
  }),
} as const
