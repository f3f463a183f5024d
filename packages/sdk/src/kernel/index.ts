export type { Actor, ActorVia, Evidence, Reach } from './actor.ts'
export { hostActor, staffActor, systemActor, withoutGrants } from './actor.ts'
export type { AccessContext, AccessDecision, Asker } from './allow.ts'
export {
  assertAllowed,
  decideAccess,
  isAllowed,
  isPermission,
  isRecentSignIn,
  mayGrant,
  mayGrantRole,
} from './allow.ts'
export type {
  BlobId,
  Brand,
  ChannelId,
  ContactId,
  ConversationId,
  IdKinds,
  InboxEventId,
  JobId,
  MemberId,
  MessageId,
  OrderId,
  OutboxId,
  PriceId,
  ProductId,
  SessionId,
  TenantId,
  TurnId,
  UserId,
  VariantId,
} from './brand.ts'
export { asId } from './brand.ts'
export type { BatchesDeps } from './batches.ts'
export { createBatches } from './batches.ts'
export type { ErrorCode, ErrorDetail, ErrorOptions } from './errors.ts'
export { AuronxError, errorCodes, isAuronxError } from './errors.ts'
export type { DomainEvent, EventStore, Json } from './events.ts'
export type { EventSubject } from './events.contract.ts'
export { eventContract } from './events.contract.ts'
export { createMemoryEventStore } from './events.memory.ts'
export type { IdempotencySubject } from './idempotency.contract.ts'
export { idempotencyContract } from './idempotency.contract.ts'
export { createMemoryIdempotencyStore } from './idempotency.memory.ts'
export type { IdempotencyClaim, IdempotencyStore, IdempotentRequest } from './idempotency.ts'
export {
  idempotencyInProgress,
  idempotencyKeepMs,
  idempotencyMismatch,
  runOnce,
} from './idempotency.ts'
export type { Ids, Random } from './ids.ts'
export { createIds, createRandom, randomHex, readId, toHex } from './ids.ts'
export type { Locale } from './locale.ts'
export { locales } from './locale.ts'
export type { OperatorPermission, OperatorRole, Permission, Role } from './permissions.ts'
export {
  contactPermissions,
  neverForKeys,
  operatorPermissions,
  operatorRolePermissions,
  optionalPermissions,
  permissions,
  recentSignInMs,
  rolePermissions,
  roles,
  sensitivePermissions,
} from './permissions.ts'
export type { LogFields, Logger } from './logger.ts'
export { silentLogger } from './logger.ts'
export type { MemoryDatabase, MemoryTable } from './memory.ts'
export { createMemoryDatabase, createMemoryWork } from './memory.ts'
export { sha256Hex, sha256HexOfEach } from './digest.ts'
export type { NodeCrypto } from './node-crypto.ts'
export { findNodeCrypto } from './node-crypto.ts'
export { sleep } from './sleep.ts'
export { soon } from './soon.ts'
export type { CivilDateTime, Clock, TimeZones } from './time.ts'
export { createSystemClock } from './time.ts'
export type { UnitOfWork } from './work.ts'
export type { SharedWorkDeps } from './shared-work.ts'
export { shareWork } from './shared-work.ts'
export { joinWork } from './work.ts'
export { allocate, divideRounded } from './allocate.ts'
export { currencyCodes, currencyExponent, currencyTableDate, isCurrency } from './currencies.ts'
export type { Money, WireMoney } from './money.ts'
export {
  addMoney,
  compareMoney,
  decimalAmount,
  formatMoney,
  inRange,
  money,
  parseMoney,
  subtractMoney,
  sumMoney,
  toWireMoney,
} from './money.ts'
export type {
  Discount,
  DocumentTotals,
  LineTax,
  PriceDocumentInput,
  PricedLine,
  PriceLineInput,
  TaxBehavior,
  TaxGroup,
  TaxRounding,
} from './pricing.ts'
export { priceDocument, taxRateUnit } from './pricing.ts'
export type { UnitCode } from './quantity.ts'
export {
  assertQuantity,
  formatQuantity,
  isUnitCode,
  parseQuantity,
  unitScales,
  wholeUnits,
} from './quantity.ts'
export { createTimeZones } from './time-zones.ts'
export type { WebKey } from './web-key.ts'
export type { Within } from './within.ts'
export { isWithin, withinOf } from './within.ts'
export type { MemoryReach } from './within.memory.ts'
export { readMemoryReach } from './within.memory.ts'
