export type { IdentityDecision } from './identify.ts'
export {
  decideIdentity,
  identitiesOf,
  identityKey,
  isSame,
  normalizeUsername,
  phoneVariants,
  searchedIdentities,
} from './identify.ts'
export type { ContactListSubject } from './list.contract.ts'
export { contactListContract } from './list.contract.ts'
export { createMemoryContactLists } from './list.memory.ts'
export type { ContactLists, ContactQuery, ContactSearch } from './list.ts'
export { listContacts } from './list.ts'
export { maskIdentities, maskPhone } from './mask.ts'
export type {
  ChangeIdentityOutcome,
  Contacts,
  ContactsDeps,
  ContactStores,
  IdentifyOptions,
  IdentifyOutcome,
  MergeOutcome,
  SuppressOutcome,
  SetLocaleOutcome,
} from './service.ts'
export { createContacts } from './service.ts'
export type { ContactSubject } from './store.contract.ts'
export { contactContract } from './store.contract.ts'
export { createMemoryContactStore } from './store.memory.ts'
export type {
  ClosedConversation,
  Contact,
  ContactStore,
  Identity,
  KnownContact,
  Suppressed,
  Suppression,
} from './store.ts'
export type { LiftCommand, SuppressCommand } from './suppress.ts'
export { preference } from './suppress.ts'
