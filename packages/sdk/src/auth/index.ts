export type {
  AuthMethod,
  KeyPrincipal,
  MemberPrincipal,
  OperatorPrincipal,
  Principal,
  SessionClaim,
} from './principal.ts'
export { actorOf } from './principal.ts'
export type { AuthProvider, AuthRequest } from './provider.ts'
export { resolveActor } from './provider.ts'
export {
  assertMemorySession,
  createMemoryApiKeyStore,
  createMemoryIdentityWork,
  createMemorySessionStore,
} from './stores.memory.ts'
export type {
  ApiKey,
  ApiKeyStore,
  AttemptStore,
  IdentityStores,
  IdentityWork,
  Passkey,
  PasskeyStore,
  RefreshToken,
  Session,
  SessionStore,
  SigningKey,
  SigningKeyStore,
  SignInAttempt,
} from './store.ts'
