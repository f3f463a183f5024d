export type { AcceptItem, AcceptResult, InboxStore } from './store.ts'
