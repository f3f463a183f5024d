export { checkRootKeys } from './check.ts'
export { createSealer } from './create-sealer.ts'
export type { Place } from './envelope.ts'
export { keyVersionOf as sealedVersion } from './envelope.ts'
export type { KeyDeps } from './keyring.ts'
export { keyCacheMs } from './keyring.ts'
export type { RootKey, RootKeysOutcome } from './root-key-text.ts'
export { readRootKeys } from './root-key-text.ts'
export type { SecretsSubject } from './root-keys.contract.ts'
export { secretsContract } from './root-keys.contract.ts'
export type { Secrets, WrappedKey } from './root-keys.ts'
export { createRootKeys } from './root-keys.ts'
export type { Rotation, RotationDeps, RotationReport, RotationStores } from './rotate.ts'
export { createRotation, retiredKeepMs, rootKeysInUse } from './rotate.ts'
export { platformTenant } from './scope.ts'
export type { SealContext, Sealer, SealScope } from './sealer.ts'
export type { Secret } from './secret.ts'
export { createSecret } from './secret.ts'
export type { SealingKeySubject } from './store.contract.ts'
export { sealingKeyContract } from './store.contract.ts'
export { createMemorySealingKeyDirectory, createMemorySealingKeyStore } from './store.memory.ts'
export type {
  SealedColumn,
  SealedValue,
  SealingKey,
  SealingKeyDirectory,
  SealingKeyRef,
  SealingKeyStore,
} from './store.ts'
export type { KeyStatus, KeyUpkeep, KeyUpkeepReport } from './upkeep.ts'
export { createKeyUpkeep, sealingKeyMs } from './upkeep.ts'
