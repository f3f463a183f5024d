export type { Auronx, AuronxOptions, Services, Storage, Stores } from './auronx.ts'
export { createAuronx } from './auronx.ts'
export type { AssistantOptions } from './assistant.ts'
export type {
  AssistantTurn,
  CallRecord,
  Spend,
  TurnOutcome,
  TurnRecord,
  TurnStore,
} from './assistant/index.ts'
export type { Change } from './changes.ts'
export type { ReplyOutcome, Replies } from './replies.ts'
export type {
  Accounts,
  AccountStore,
  AnsweringSettings,
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
  TaxBehavior,
  TenantId,
  TimeZones,
  TurnId,
  UnitCode,
  UnitOfWork,
  VariantId,
} from './kernel/index.ts'
export {
  asId,
  AuronxError,
  createIds,
  createRandom,
  createSystemClock,
  createTimeZones,
  errorCodes,
  formatQuantity,
  idempotencyInProgress,
  idempotencyKeepMs,
  idempotencyMismatch,
  isAuronxError,
  joinWork,
  parseMoney,
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
  BreakerOptions,
  BreakerSettings,
  BreakerState,
  Model,
  ModelFailure,
  ModelItem,
  ModelReply,
  ModelRequest,
  ModelTool,
  ModelToolCall,
  ModelUsage,
} from './responder/index.ts'
export { withBreaker } from './responder/index.ts'
export type {
  Catalog,
  CatalogRefusal,
  CatalogStore,
  Offer,
  OfferQuery,
  Price,
  PriceInput,
  Product,
  ProductInput,
  Reservation,
  ResolvePriceOutcome,
  SaveProductOutcome,
  Shortage,
  StockChange,
  StockInput,
  StockItem,
  StockLevel,
  StockMovement,
  TaxCategory,
  Variant,
} from './catalog/index.ts'
export type { Conversations } from './conversations/index.ts'
export type { Contacts } from './contacts/index.ts'
export type {
  Acted,
  ActionChoice,
  ActionCommand,
  ActionDirectory,
  ActionResult,
  ActionStore,
  ActionToken,
  CartOutcome,
  Confirmation,
  Drafted,
  Order,
  OrderCommand,
  OrderLine,
  OrderLineFacts,
  OrderOf,
  OrderQuery,
  OrderRefusal,
  Orders,
  OrderStatus,
  OrderStore,
  OrderStores,
  OrderTotals,
  Proposed,
  Settled,
  Viewed,
} from './orders/index.ts'
export { formatMoney, money } from './kernel/index.ts'
export type { Money, TaxRounding } from './kernel/index.ts'
export {
  createCatalog,
  priceInputSchema,
  productInputSchema,
  stockInputSchema,
  titleOf,
} from './catalog/index.ts'
export {
  allowedActions,
  createOrderExpiry,
  createOrders,
  createShop,
  foldOrder,
  hashToken,
  orderStatuses,
} from './orders/index.ts'
export type {
  AssistantSettings,
  AuthorityAction,
  AuthorityLevel,
  AuthorityRule,
  BusinessTopic,
} from './accounts/index.ts'
export type {
  Deferred,
  ModelPrice,
  ThinkLimits,
  Tokens,
  Tool,
  ToolAnswer,
  ToolContext,
  ToolDefinition,
  ToolTurn,
} from './responder/index.ts'
export { defineTool } from './responder/index.ts'
