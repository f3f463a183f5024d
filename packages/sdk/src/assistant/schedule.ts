import { AuronxError, asId } from '../kernel/index.ts'
import type { Ids, ConversationId } from '../kernel/index.ts'
import type { Job, JobStore } from '../lanes/index.ts'
import { decideTurn } from './decide.ts'
import type { TurnFacts } from './decide.ts'
import type { AssistantTurn, TurnStore } from './store.ts'

/** Kind of the job that runs a turn. */
export const turnJob = 'assistant.turn'

/** The stores that planning a turn needs in a transaction. */
export interface ScheduleStores {
  readonly turns: TurnStore
  readonly jobs: JobStore
}

/**
 * Brings a conversation's turn up to date with a message, in the transaction that handles it. Moving the job is what
 * fences a turn that thinks. Returns the turn that waits now, or nothing, and whether one that thought was ended.
 */
export async function planTurn(
  { turns, jobs }: ScheduleStores,
  facts: Omit<TurnFacts, 'newId'>,
  ids: Ids,
): Promise<{ readonly turn?: AssistantTurn; readonly interrupted: boolean }> {
  const { conversation } = facts
  const current = await turns.lockOpen(conversation.id)
  const plan = decideTurn(current, { ...facts, newId: ids.next('TurnId') })
  for (const turn of plan.turns) await turns.save(turn)
  if (plan.job.kind === 'at') await scheduleTurn(jobs, ids, conversation.id, plan.job.at)
  if (plan.job.kind === 'cancelled') await jobs.cancel(naturalKeyOf(conversation.id))
  const left = plan.turns.length === 0 ? current : plan.turns.at(-1)
  const interrupted = current?.state === 'thinking' && plan.turns.length > 0
  return left === undefined || left.state === 'done' ? { interrupted } : { turn: left, interrupted }
}

/** Schedules or moves the job of a conversation's turn. */
export function scheduleTurn(
  jobs: JobStore,
  ids: Ids,
  conversationId: ConversationId,
  runAt: Date,
): Promise<void> {
  return jobs.schedule({
    id: ids.next('JobId'),
    kind: turnJob,
    naturalKey: naturalKeyOf(conversationId),
    runAt,
    data: { conversationId },
  })
}

/** The conversation that a turn's job is about. Throws `invalid_input`. */
export function conversationOf({ data }: Job): ConversationId {
  const id = data['conversationId']
  if (typeof id === 'string') return asId('ConversationId', id)
  throw new AuronxError('invalid_input', 'A job of the assistant names its conversation')
}

function naturalKeyOf(conversationId: ConversationId): string {
  return `assistant:${conversationId}`
}
