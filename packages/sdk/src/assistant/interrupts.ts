import type { ConversationId } from '../kernel/index.ts'

/** Turns that think in this process, so that newer input can stop them before they notice by themselves. */
export interface Interrupts {
  /** A signal that fires when the conversation's turn is interrupted; call `close` in the end. */
  open(conversationId: ConversationId): { readonly signal: AbortSignal; readonly close: () => void }
  /** Stops the turn of a conversation, if it thinks here. A turn stopped without need starts over. */
  interrupt(conversationId: ConversationId): void
}

/** Creates an empty set. */
export function createInterrupts(): Interrupts {
  const open = new Map<ConversationId, AbortController>()
  return {
    open(conversationId) {
      const controller = new AbortController()
      open.set(conversationId, controller)
      const close = (): void => {
        if (open.get(conversationId) === controller) open.delete(conversationId)
      }
      return { signal: controller.signal, close }
    },
    interrupt: (conversationId) => open.get(conversationId)?.abort(),
  }
}
