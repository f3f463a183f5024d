import type { EasyInputMessage, ResponseReasoningItem } from 'openai/resources/responses/responses'
import { textAt } from './json.ts'

/**
 * What the provider wants to see again in the next request of a turn, because it keeps nothing itself: its encrypted
 * reasoning, and what the model said before it called a function.
 */
export type Kept = ResponseReasoningItem | EasyInputMessage

/** A thing to keep, built key by key from a continuation of ours; nothing when it is none. */
export function asKept(value: unknown): Kept | undefined {
  const type = textAt(value, 'type')
  if (type === 'message') return keptMessage(textAt(value, 'content'), textAt(value, 'phase'))
  return type === 'reasoning' ? keptReasoning(value) : undefined
}

/** Reasoning that the provider can read again; nothing when it is not encrypted, which only a provider that stores can. */
export function keptReasoning(item: unknown): ResponseReasoningItem | undefined {
  const id = textAt(item, 'id')
  const content = textAt(item, 'encrypted_content')
  if (id === undefined || content === undefined) return undefined
  return { type: 'reasoning', id, summary: [], encrypted_content: content }
}

/** What the model said, with the phase it said it in. */
export function keptMessage(content = '', phase?: string): EasyInputMessage | undefined {
  if (content === '') return undefined
  const known = phase === 'commentary' || phase === 'final_answer'
  return { type: 'message', role: 'assistant', content, ...(known ? { phase } : {}) }
}
