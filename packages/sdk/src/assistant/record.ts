import type { OutboxId } from '../kernel/index.ts'
import type { TraceStep } from '../lanes/index.ts'
import { costOf, noTokens } from '../responder/index.ts'
import type { Instructions, Thought } from '../responder/index.ts'
import type { Start } from './begin.ts'
import type { Brain } from './deps.ts'
import type { TurnRecord } from './store.ts'

/** What identifies a prompt. */
export type Prompt = Pick<Instructions, 'version' | 'hash'>

/** What a record is made of. */
export interface RecordFacts {
  readonly deps: {
    readonly brain: Pick<Brain, 'limits' | 'model'>
    readonly clock: { now(): Date }
  }
  readonly start: Start
  readonly thought?: Thought
  readonly prompt: Prompt
}

/** The record of a turn: codes, counts, handles and digests. */
export function recordOf(
  { deps, start, thought, prompt }: RecordFacts,
  steps: readonly TraceStep[],
  replies: readonly OutboxId[],
): TurnRecord {
  const tokens = thought?.tokens ?? noTokens
  const decisions = (thought?.decisions ?? []).map(
    (outcome): TraceStep => ({ step: 'decision', outcome }),
  )
  return {
    model: deps.brain.model.name,
    promptVersion: prompt.version,
    promptHash: prompt.hash,
    modelCalls: thought?.modelCalls ?? 0,
    calls: thought?.calls ?? [],
    tokens,
    costMicros: costOf(tokens, deps.brain.limits.price),
    latencyMs: Math.max(0, deps.clock.now().getTime() - start.turn.firstAt.getTime()),
    steps: [...decisions, ...steps],
    replies,
  }
}
