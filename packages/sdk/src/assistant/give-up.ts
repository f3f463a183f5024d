import type { BackoffPolicy, JobRule } from '../lanes/index.ts'
import { instructionsOf } from '../responder/index.ts'
import { loadTurn, whyOver } from './begin.ts'
import type { Start } from './begin.ts'
import { concludeTurn, leave } from './commit.ts'
import { end } from './decide.ts'
import type { TurnDeps, TurnStores } from './deps.ts'
import { conversationOf } from './schedule.ts'

/** The model is asked twice, then the menus are; when nothing of it can be committed, a person is. */
export const turnBackoff: BackoffPolicy = { firstMs: 1_000, maxMs: 2_000, maxAttempts: 3 }

/**
 * What a turn that nobody could commit leaves behind: the conversation waits for a person, and the customer is told so. It
 * asks neither model nor shop, which may be what is broken.
 */
export function createGiveUp<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
): NonNullable<JobRule<Stores>['whenDead']> {
  return async (_actor, job, stores) => {
    const conversation = await stores.conversations.lock(conversationOf(job))
    const turn = conversation && (await stores.turns.lockOpen(conversation.id))
    const found = turn && (await loadTurn(stores, turn))
    if (conversation === undefined || turn === undefined || found === undefined) return nothingLeft
    const now = deps.clock.now()
    const over = whyOver(turn, found, now)
    if (over !== undefined) {
      await stores.turns.save(end(turn, over, now))
      return nothingLeft
    }
    const start: Start = { ...found, turn, recent: [], thinkMs: 'gave_up' }
    const prompt = await instructionsOf(found.tenant.settings)
    const committed = await concludeTurn({ stores, deps, start, prompt }, turn, conversation)
    return () => leave(deps, start, committed)
  }
}

const nothingLeft = (): void => undefined
