import type { OutboundMessage } from '../outbox/index.ts'
import type { Turn } from './turn.ts'

/** What an {@link Assistant} came to. `unavailable`: it has no answer now, so the menus answer instead. */
export type AssistantOutcome =
  | { readonly kind: 'answered'; readonly messages: readonly OutboundMessage[] }
  | { readonly kind: 'hand_off'; readonly messages: readonly OutboundMessage[] }
  | { readonly kind: 'unavailable'; readonly reason: string }

/**
 * Answers free text that no menu understands. It proposes and explains; it never runs an action token, and it is not
 * asked while a person owns the conversation. `reason` of an outcome is a code.
 */
export interface Assistant {
  /** An answer to this turn. Throws nothing that the business expects: a failed model is `unavailable`. */
  answer(turn: Turn): Promise<AssistantOutcome>
}
