export type { Auronx, AuronxOptions, Services, Storage, Stores } from './auronx.ts'
export { createAuronx } from './auronx.ts'
export type { Change } from './changes.ts'
export type { ReplyOutcome, Replies } from './replies.ts'
export type {
  Accounts,
  AccountStore,
  Channel,
  ChannelDirectory,
  ChannelRoute,
  Locale,
  Tenant,
  TenantSettings,
} from './accounts/index.ts'
export { locales } from './accounts/index.ts'
export type { BlobStore, NewBlob, StoredBlob } from './blobs/index.ts'
export { defaultMaxBlobBytes } from './blobs/index.ts'
export type { Contact, ContactStore, Identity } from './contacts/index.ts'
export type {
  Conversation,
  ConversationOwner,
  ConversationStore,
  Message,
  Page,
} from './conversations/index.ts'
export type { AcceptItem, AcceptReport, AcceptResult, Inbox, InboxStore } from './inbox/index.ts'
export type {
  Actor,
  BlobId,
  ChannelId,
  Clock,
  ContactId,
  ConversationId,
  DomainEvent,
  ErrorCode,
  EventStore,
  Evidence,
  IdempotencyClaim,
  IdempotencyStore,
  IdempotentRequest,
  IdKinds,
  Ids,
  InboxEventId,
  JobId,
  Json,
  LogFields,
  Logger,
  MemberId,
  MessageId,
  OrderId,
  OutboxId,
  PriceId,
  ProductId,
  Random,
  TenantId,
  TimeZones,
  UnitOfWork,
  VariantId,
} from './kernel/index.ts'
export {
  AuronxError,
  asId,
  createIds,
  createRandom,
  createSystemClock,
  errorCodes,
  idempotencyInProgress,
  idempotencyKeepMs,
  idempotencyMismatch,
  isAuronxError,
  joinWork,
  runOnce,
  silentLogger,
  sleep,
  systemActor,
} from './kernel/index.ts'
export type {
  DeadEvent,
  Job,
  JobGrant,
  JobQueue,
  JobStore,
  LaneGrant,
  LaneQueue,
  LaneStore,
  TraceStep,
  Traces,
  WaitingEvent,
} from './lanes/index.ts'
export type {
  DeliveryStatus,
  Messenger,
  OutboundMessage,
  OutboxEntry,
  OutboxQueue,
  OutboxState,
  OutboxStore,
  ParkedOutcome,
  ParkedSends,
  Recipient,
  SendGrant,
  SendOutcome,
  Settlement,
} from './outbox/index.ts'
export type {
  Catalog,
  CatalogStore,
  Offer,
  OfferQuery,
  Price,
  PriceInput,
  Product,
  ProductInput,
  Reservation,
  StockInput,
  StockItem,
  StockLevel,
  TaxCategory,
  Variant,
} from './catalog/index.ts'
export type { Conversations } from './conversations/index.ts'
export type { Contacts } from './contacts/index.ts'
export type {
  ActionDirectory,
  ActionResult,
  ActionStore,
  ActionToken,
  Confirmation,
  Order,
  OrderLine,
  OrderRefusal,
  Orders,
  OrderStatus,
  OrderStore,
} from './orders/index.ts'
export { formatMoney, money } from './kernel/index.ts'
export type { Money, TaxRounding } from './kernel/index.ts'
