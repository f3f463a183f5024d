export type {
  AdminOutcome,
  AdminRefusal,
  NumberAccess,
  NumberAdmin,
  NumberFacts,
  SendAbility,
  TokenFacts,
} from './admin.ts'
export type { ConnectOutcome, ConnectRequest } from './connect.ts'
export type { NumberDeps, NumberStores } from './deps.ts'
export type { Disconnected } from './disconnect.ts'
export type { NumberRefusal, NumberStep } from './refusal.ts'
export type { ChannelTokens } from './resolve.ts'
export { createChannelTokens, credentialCacheMs } from './resolve.ts'
export { credentialPlace } from './sealing.ts'
export type { NumberHealth, Numbers } from './service.ts'
export { createNumbers } from './service.ts'
export type { CredentialSubject } from './store.contract.ts'
export { credentialContract } from './store.contract.ts'
export {
  createMemoryAppDirectory,
  createMemoryCredentialStore,
  createMemorySealedCredentials,
} from './store.memory.ts'
export type {
  AppDirectory,
  AppEntry,
  CredentialFacts,
  CredentialKind,
  CredentialOwner,
  CredentialStore,
  StoredCredential,
} from './store.ts'
export type { AppDelivery, AppWebhookDeps, AppWebhooks, WebhookApp } from './webhook-apps.ts'
export { createAppWebhooks } from './webhook-apps.ts'
