export type { SealContext, Sealer, SealScope } from './sealer.ts'
export type { Secret } from './secret.ts'
export { createSecret } from './secret.ts'
