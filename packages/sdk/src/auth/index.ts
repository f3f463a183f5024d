export type { AccessClaims, TokenNames, VerifiedClaims } from './access-token.ts'
export {
  accessTokenMs,
  clockSkewSeconds,
  signAccessToken,
  verifyAccessToken,
} from './access-token.ts'
export type { KeyEnvironment, KeyText } from './api-key-text.ts'
export { parseKey } from './api-key-text.ts'
export type { ApiKeyMade, ApiKeys, ApiKeysDeps, ApiKeyStores, ApiKeyView } from './api-keys.ts'
export { createApiKeys } from './api-keys.ts'
export type { Auth, AuthOptions, AuthStorage, AuthStores } from './auth.ts'
export { createAuth } from './auth.ts'
export type {
  CodeRequest,
  CodeRequested,
  CodeSignIn,
  CodeSignInDeps,
  CodeVerified,
} from './code-sign-in.ts'
export { createCodeSignIn } from './code-sign-in.ts'
export type { CodeBudget, CodeCounts } from './decide-attempt.ts'
export {
  attemptKeepMs,
  attemptMs,
  attemptTries,
  budgetWindowMs,
  codeBudget,
} from './decide-attempt.ts'
export { maxKeyMs, maxKeys, maxOverlapMs } from './decide-key.ts'
export { idleMs, refreshGraceMs, sessionMs } from './decide-session.ts'
export type { Entry, EntryDeps, EntryRefusal, EntryRequest, SignUp } from './entry.ts'
export { createEntry, maxOwnedTenants } from './entry.ts'
export type { KeyPlace, KeyRing, KeyRingDeps, KeySealer, PublicJwk } from './key-ring.ts'
export { createKeyRing, publishBeforeMs, ringCacheMs, signingKeyMs } from './key-ring.ts'
export type { CeremonyDeps, PasskeyAdded, PasskeyView } from './ceremony.ts'
export type { NewOperator, OperatorEnrolment, OperatorInvited } from './operator-enrolment.ts'
export { createOperatorEnrolment } from './operator-enrolment.ts'
export type { Operators, OperatorsDeps, OperatorSignedIn } from './operators.ts'
export { createOperators } from './operators.ts'
export type { AuthProviderDeps, OwnProvider } from './own-provider.ts'
export { createAuthProvider } from './own-provider.ts'
export type { PasskeyDuty } from './passkey-duty.ts'
export { createPasskeyDuty, passkeyDueAt, passkeyRoles, passkeyWithinMs } from './passkey-duty.ts'
export type {
  PasskeyBegun,
  PasskeySignIn,
  PasskeySignInDeps,
  PasskeyVerified,
  SignedInPerson,
} from './passkey-sign-in.ts'
export { createPasskeySignIn } from './passkey-sign-in.ts'
export type { NewPasskey, PasskeyOptions, Passkeys } from './passkeys.ts'
export type {
  AuthMethod,
  KeyPrincipal,
  MemberPrincipal,
  OperatorPrincipal,
  Principal,
  AccessClaim,
  KeyClaim,
  SessionClaim,
} from './principal.ts'
export { actorOf } from './principal.ts'
export type { People, PeopleDeps } from './people.ts'
export { createPeople } from './people.ts'
export type { Profile, ProofDeps } from './proof.ts'
export type { AuthProvider, AuthRequest } from './provider.ts'
export { resolveActor } from './provider.ts'
export { createSealedSigningKeys } from './sealed-signing-keys.ts'
export type {
  Entrance,
  Sessions,
  SessionRefusal,
  SessionsDeps,
  SessionStores,
  SignedIn,
} from './sessions.ts'
export { createOwnSessions, createSessions } from './sessions.ts'
export type {
  ApiKey,
  ApiKeyStore,
  AttemptStore,
  IdentityStores,
  IdentityWork,
  OperatorSession,
  OperatorSessionStore,
  Passkey,
  PasskeyStore,
  RefreshToken,
  Session,
  SessionStore,
  SigningKey,
  SigningKeyStore,
  SignInAttempt,
} from './store.ts'
