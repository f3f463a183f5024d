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
  AccessDirectory,
  AccessSettings,
  Invitation,
  Member,
  Membership,
  TeamStore,
} from './member.ts'
export { permissionsOf } from './member.ts'
export { createMemoryAccessDirectory, createMemoryTeamStore } from './team.memory.ts'
export { createMemoryUserStore } from './user.memory.ts'
export type { User, UserStore } from './user.ts'
export { normalizeEmail } from './user.ts'
export type {
  AccountStore,
  Channel,
  ChannelDirectory,
  ChannelRoute,
  Tenant,
  TenantSettings,
  TenantStatus,
} from './store.ts'
export type { Locale } from '../kernel/index.ts'
export { locales } from '../kernel/index.ts'
