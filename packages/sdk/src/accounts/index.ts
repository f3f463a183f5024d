export type { AccountStore, Channel, ChannelDirectory, ChannelRoute, Locale, Tenant, TenantSettings } from './store.ts'
export { locales } from './store.ts'
