export type { Contact, ContactStore, Identity } from './store.ts'
