export type {
  Dispatcher,
  DispatcherDeps,
  DispatchStores,
  SendPacing,
  SuppressingRefusal,
} from './dispatch.ts'
export { maskEntry } from './mask.ts'
export { createDispatcher } from './dispatch.ts'
export type { EnqueueDeps, Outgoing } from './enqueue.ts'
export { enqueue, leaseFor } from './enqueue.ts'
export type { OwnerNow } from './fence.ts'
export { dropStale, isStale, staleOwner } from './fence.ts'
export type { Degraded, DegradeWords } from './degrade.ts'
export { choiceOf, decimalDigit, degrade, maxChoices, numbersOf } from './degrade.ts'
export type { MessageCheck, MessageProblem, MessageRule } from './limits.ts'
export { checkMessage, messageLimits } from './limits.ts'
export type { SuppressionCode } from './suppressed.ts'
export { suppressionOf } from './suppressed.ts'
export { truncateText } from './truncate.ts'
export type {
  ButtonsMessage,
  ContactCard,
  ListMessage,
  ListRow,
  ListSection,
  MediaSource,
  MessageHeader,
  OutboundMessage,
  Recipient,
  ReplyButton,
  TemplateComponent,
  TemplateParameter,
} from './message.ts'
export type {
  Advice,
  AlertTopic,
  CallOptions,
  DownloadOutcome,
  DownloadRequest,
  MediaContent,
  Messenger,
  ReadRequest,
  SendOutcome,
  SendRequest,
  UploadOutcome,
} from './messenger.ts'
export type { OutcomeDecision } from './outcome.ts'
export { decideOutcome } from './outcome.ts'
export type { ParkedOutcome, ParkedSends, ParkedSendsDeps } from './park.ts'
export { createParkedSends } from './park.ts'
export { settle } from './settle.ts'
export type { OutboxSubject } from './store.contract.ts'
export { outboxContract } from './store.contract.ts'
export { createMemoryOutboxQueue, createMemoryOutboxStore } from './store.memory.ts'
export type {
  DeliveryStatus,
  OutboxEntry,
  OutboxQueue,
  OutboxState,
  OutboxStore,
  SendGrant,
  Settlement,
} from './store.ts'
export { recipientOf } from './recipient.ts'
