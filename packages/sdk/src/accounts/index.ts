export type { Answering, AnsweringSettings } from './answering-settings.ts'
export { answeringOf } from './answering-settings.ts'
export type {
  AssistantSettings,
  AuthorityAction,
  AuthorityLevel,
  AuthorityRule,
  BusinessTopic,
} from './assistant-settings.ts'
export { authorityActions, businessTopics } from './assistant-settings.ts'
export type { Accounts } from './service.ts'
export { createAccounts } from './service.ts'
export type { AccountSubject } from './store.contract.ts'
export { accountContract } from './store.contract.ts'
export {
  createMemoryAccountStore,
  createMemoryChannelDirectory,
  isMemoryChannelStopped,
} from './store.memory.ts'
export type {
  AccountStore,
  Channel,
  ChannelDirectory,
  ChannelRoute,
  Locale,
  Tenant,
  TenantSettings,
} from './store.ts'
export { locales } from './store.ts'
