import type { ActionOutcome, Conversations } from '../conversations/index.ts'
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

/**
 * Conversations in which a person who steps in stops the turn that thinks in this process, also before the caller's
 * transaction is committed: the turn waits for it then, and starts over when it was rolled back.
 */
export function stopsTurns(
  conversations: Conversations,
  { interrupt }: Pick<Interrupts, 'interrupt'>,
): Conversations {
  const stop = (outcome: ActionOutcome): ActionOutcome => {
    if (outcome.kind === 'changed') interrupt(outcome.conversation.id)
    return outcome
  }
  return {
    ...conversations,
    async noteEcho(actor, message) {
      const outcome = await conversations.noteEcho(actor, message)
      if ('conversation' in outcome) interrupt(outcome.conversation.id)
      return outcome
    },
    takeOver: async (actor, id) => stop(await conversations.takeOver(actor, id)),
    handOff: async (actor, id, reason) => stop(await conversations.handOff(actor, id, reason)),
    resolve: async (actor, id, reason) => stop(await conversations.resolve(actor, id, reason)),
  }
}
