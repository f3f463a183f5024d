export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './launch.ts'
export { startEmbeddedPostgres } from './launch.ts'
