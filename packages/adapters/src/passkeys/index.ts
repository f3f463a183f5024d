export type { PasskeysOptions } from './passkeys.ts'
export { createPasskeys } from './passkeys.ts'
