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
export { maskIdentities, maskPhone } from './mask.ts'
export type {
  ChangeIdentityOutcome,
  Contacts,
  ContactsDeps,
  ContactStores,
  IdentifyOptions,
  IdentifyOutcome,
  MergeOutcome,
} from './service.ts'
export { createContacts } from './service.ts'
export type { ContactSubject } from './store.contract.ts'
export { contactContract } from './store.contract.ts'
export { createMemoryContactStore } from './store.memory.ts'
export type { ClosedConversation, Contact, ContactStore, Identity, KnownContact } from './store.ts'
