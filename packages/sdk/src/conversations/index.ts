export type { EchoFacts, InboundFacts, ThreadDecision } from './arrive.ts'
export { decideEcho, decideInbound } from './arrive.ts'
export type {
  ActionCommand,
  ConversationAction,
  ConversationDecision,
  FoldedConversation,
} from './decide.ts'
export { allowedActions, conversationActions, decideAction, evolve, transitions } from './decide.ts'
export type { ConversationChange } from './steps.ts'
export { previewLength, previewOf } from './preview.ts'
export { getWithin, isReachable, reachesContact } from './reach.ts'
export { isCurrent } from './reply.ts'
export { expiresAt, isExpired, retentionMonths } from './retention.ts'
export type {
  ActionOutcome,
  ArrivedCall,
  ArrivedMessage,
  ArriveOutcome,
  Conversations,
  ConversationsDeps,
  CallOutcome,
  ConversationStores,
  NotedReplies,
  NoteOutcome,
} from './service.ts'
export { createConversations } from './service.ts'
export type { ConversationSubject } from './store.contract.ts'
export { conversationContract } from './store.contract.ts'
export type { AssignmentSubject } from './assignments.contract.ts'
export { assignmentContract } from './assignments.contract.ts'
export { createMemoryAssignmentStore } from './assignments.memory.ts'
export { createMemoryConversationStore } from './store.memory.ts'
export type { Conversation, ConversationOwner, ConversationStore, Message, Page } from './store.ts'
export {
  calledAt,
  effectsOf,
  eventTime,
  extendWindow,
  isWindowOpen,
  maxAheadMs,
  windowMarginMs,
  windowMs,
} from './window.ts'
