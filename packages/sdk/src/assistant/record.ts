import { sha256Hex } from '../kernel/index.ts'
import type { OutboxId } from '../kernel/index.ts'
import type { TraceStep } from '../lanes/index.ts'
import { costOf, noTokens } from '../responder/index.ts'
import type { Instructions, Thought, ToolRecord } from '../responder/index.ts'
import type { Start } from './begin.ts'
import type { Brain } from './deps.ts'
import type { CallRecord, TurnRecord } from './store.ts'

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
export async function recordOf(
  { deps, start, thought, prompt }: RecordFacts,
  steps: readonly TraceStep[],
  replies: readonly OutboxId[],
): Promise<TurnRecord> {
  const tokens = thought?.tokens ?? noTokens
  const decisions = (thought?.decisions ?? []).map((outcome): TraceStep => ({
    step: 'decision',
    outcome,
  }))
  return {
    model: deps.brain.model.name,
    promptVersion: prompt.version,
    promptHash: prompt.hash,
    modelCalls: thought?.modelCalls ?? 0,
    calls: await Promise.all((thought?.calls ?? []).map(callOf)),
    tokens,
    costMicros: costOf(tokens, deps.brain.limits.price),
    latencyMs: Math.max(0, deps.clock.now().getTime() - start.turn.firstAt.getTime()),
    steps: [...decisions, ...steps],
    replies,
  }
}

const handlePattern = /"([a-z]\d{1,3})"/g
const namePattern = /^[a-z_]{1,40}$/

// What the model made up as a name could carry anything; ours are snake case.
async function callOf({ name, arguments: args, outcome, cached }: ToolRecord): Promise<CallRecord> {
  return {
    name: namePattern.test(name) ? name : 'unknown',
    digest: await sha256Hex(args),
    handles: [...args.matchAll(handlePattern)].flatMap(([, handle]) => handle ?? []).slice(0, 20),
    outcome,
    cached,
  }
}
