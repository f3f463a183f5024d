export type { AccountSubject } from '../accounts/index.ts'
export {
  accountContract,
  createMemoryAccountStore,
  createMemoryChannelDirectory,
} from '../accounts/index.ts'
export type { BlobSubject } from '../blobs/index.ts'
export { blobContract, createMemoryBlobStore } from '../blobs/index.ts'
export type { InboxSubject } from '../inbox/index.ts'
export { createMemoryInboxStore, inboxContract } from '../inbox/index.ts'
export type { EventSubject, IdempotencySubject } from '../kernel/index.ts'
export {
  createMemoryDatabase,
  createMemoryEventStore,
  createMemoryIdempotencyStore,
  createMemoryWork,
  eventContract,
  idempotencyContract,
} from '../kernel/index.ts'
export type { LaneSubject } from '../lanes/index.ts'
export {
  createMemoryJobQueue,
  createMemoryJobStore,
  createMemoryLaneQueue,
  createMemoryLaneStore,
  laneContract,
} from '../lanes/index.ts'
export type { OutboxSubject } from '../outbox/index.ts'
export {
  createMemoryOutboxQueue,
  createMemoryOutboxStore,
  outboxContract,
} from '../outbox/index.ts'
export type { FakeClock } from './clock.ts'
export { createFakeClock } from './clock.ts'
export type {
  ContractAssert,
  ContractCase,
  ContractRun,
  ContractSkip,
  StoreSubject,
} from './contract.ts'
export { createSeededRandom } from './random.ts'
export { runContract } from './run-contract.ts'
export type { ContactListSubject, ContactSubject } from '../contacts/index.ts'
export {
  contactContract,
  contactListContract,
  createMemoryContactLists,
  createMemoryContactStore,
} from '../contacts/index.ts'
export type { AssignmentSubject, ConversationSubject } from '../conversations/index.ts'
export {
  assignmentContract,
  createMemoryAssignmentStore,
  conversationContract,
  createMemoryConversationStore,
  expiresAt,
} from '../conversations/index.ts'
export type {
  ArrivedMessage,
  MessengerControl,
  MessengerFault,
  MessengerSubject,
} from '../outbox/messenger.contract.ts'
export { messengerContract } from '../outbox/messenger.contract.ts'
export type { FakeMessenger } from '../outbox/messenger.fake.ts'
export { createFakeMessenger } from '../outbox/messenger.fake.ts'
export type {
  ModelControl,
  ModelSubject,
  WireAnswer,
  WireCall,
  WireUsage,
} from '../responder/model.contract.ts'
export { modelContract } from '../responder/model.contract.ts'
export type { ModelScript, ScriptedModel, ScriptedStep } from '../responder/model.scripted.ts'
export { createScriptedModel, scriptedCalls, scriptedText } from '../responder/model.scripted.ts'
export { createMemoryStorage } from './memory-storage.ts'
export type { CatalogListSubject, CatalogSubject } from '../catalog/index.ts'
export {
  catalogContract,
  catalogListContract,
  createMemoryCatalogLists,
  createMemoryCatalogStore,
} from '../catalog/index.ts'
export type { OrderSubject } from '../orders/index.ts'
export {
  createMemoryActionDirectory,
  createMemoryActionStore,
  createMemoryOrderStore,
  orderContract,
} from '../orders/index.ts'
export type { TeamSubject } from '../accounts/team.contract.ts'
export { invitationOf, memberOf, teamContract } from '../accounts/team.contract.ts'
export { createMemoryAccessDirectory, createMemoryTeamStore } from '../accounts/index.ts'
export type { IdentitySubject } from '../auth/identity.contract.ts'
export { identityContract, userOf } from '../auth/identity.contract.ts'
export type { SessionSubject } from '../auth/session.contract.ts'
export { keyOf, refreshOf, sessionContract, sessionOf } from '../auth/session.contract.ts'
export {
  createMemoryApiKeyStore,
  createMemoryIdentityWork,
  createMemorySessionStore,
} from '../auth/stores.memory.ts'
export type { FakeMailer, MailerSubject } from '../notifications/index.ts'
export { createFakeMailer, mailerContract } from '../notifications/index.ts'
export type { SealingKeySubject, SecretsSubject } from '../secrets/index.ts'
export {
  createMemorySealingKeyDirectory,
  createMemorySealingKeyStore,
  sealingKeyContract,
  secretsContract,
} from '../secrets/index.ts'
export type { CredentialSubject } from '../numbers/index.ts'
export {
  createMemoryAppDirectory,
  createMemoryCredentialStore,
  createMemorySealedCredentials,
  credentialContract,
} from '../numbers/index.ts'
export type { AuditSubject } from '../audit/index.ts'
export { auditContract, createMemoryAuditStore } from '../audit/index.ts'
export type { TurnSubject } from '../assistant/index.ts'
export { createMemoryTurnStore, turnContract } from '../assistant/index.ts'
export type { UsageSubject } from '../usage/index.ts'
export {
  createMemoryUsageDirectory,
  createMemoryUsageStore,
  usageContract,
} from '../usage/index.ts'
export type { ReachSubject } from '../within-reach.contract.ts'
export { reachContract } from '../within-reach.contract.ts'
export type { CleanupSubject } from '../cleanup.contract.ts'
export { cleanupContract } from '../cleanup.contract.ts'
