export type { Client, Operations } from './client.ts'
export { createClient } from './client.ts'
export type { EventOptions } from './events.ts'
export type { CallInput, ClientOptions } from './request.ts'
