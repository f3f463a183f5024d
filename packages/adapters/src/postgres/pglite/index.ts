export type { PgliteClient, PgliteOptions } from './client.ts'
export { createPgliteClient } from './client.ts'
