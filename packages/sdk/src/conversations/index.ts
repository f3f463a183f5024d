export type { Conversation, ConversationOwner, ConversationStore, Message, Page } from './store.ts'
