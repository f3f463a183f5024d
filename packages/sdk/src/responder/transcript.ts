import type { Message } from '../conversations/index.ts'
import type { ConversationId } from '../kernel/index.ts'
import type { ModelItem } from './model.ts'

/** The thread as a model may see it. */
export interface Transcript {
  /** Oldest first. */
  readonly items: readonly ModelItem[]
  /** Puts the contact's own values in for placeholders; those it does not know are left out. */
  restore(text: string): string
}

/** What {@link transcriptOf} needs besides the messages. */
export interface TranscriptOptions {
  /** Placeholders of one conversation stay the same over its turns. */
  readonly conversationId: ConversationId
}

/** The thread, newest message first, as a model may see it: minimised, framed as data, bounded, cut in blocks. */
export function transcriptOf(
  _messages: readonly Message[],
  _options: TranscriptOptions,
): Transcript {
  return { items: [], restore: (text) => text }
}
