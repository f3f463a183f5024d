import { isAuronxError } from '../kernel/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { ThinkLimits, Tokens } from './limits.ts'
import { addTokens, costOf, noTokens, totalTokens } from './limits.ts'
import type { Model, ModelItem, ModelReply, ModelRequest, ModelToolCall } from './model.ts'
import type { Deferred } from './tool.ts'
import type { ToolRecord, ToolResult, ToolSession } from './toolbox.ts'

/** What {@link think} needs. */
export interface ThinkDeps {
  readonly model: Model
  /** Cancels: newer input arrived, or the process stops. */
  readonly signal: AbortSignal
  /** Fires when the time for thinking is over. */
  readonly timeLimit: AbortSignal
  readonly session: ToolSession
  readonly limits: ThinkLimits
}

/** Why a turn came to no answer; the menus or a person take its place. */
export type ThinkFailure =
  | 'timeout'
  | 'unavailable'
  | 'rate_limited'
  | 'rejected'
  | 'malformed'
  | 'refused'
  | 'incomplete'
  | 'empty'
  | 'step_limit'
  | 'token_limit'
  | 'cost_limit'

/** What a turn came to. `guarded`: two answers in a row were not fit to be sent. `cancelled`: nothing may be said. */
export type Conclusion =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'hand_off' }
  | { readonly kind: 'guarded' }
  | { readonly kind: 'failed'; readonly reason: ThinkFailure }
  | { readonly kind: 'cancelled' }

/** Everything a turn leaves behind. Calls are personal data. */
export interface Thought {
  readonly conclusion: Conclusion
  /** Made by our renderer; they follow the text. */
  readonly messages: readonly OutboundMessage[]
  /** To be run in the transaction that commits the reply. */
  readonly deferred: readonly Deferred[]
  readonly calls: readonly ToolRecord[]
  readonly modelCalls: number
  readonly tokens: Tokens
  /** Codes of what was decided on the way, in order. */
  readonly decisions: readonly string[]
}

/** The fixed part of a turn's requests and what the model reads first. */
export type ThinkRequest = Omit<ModelRequest, 'maxOutputTokens'>

/**
 * Lets the model answer, with tools, within limits. Calls run one after the other; the session counts them and answers a
 * repeated one from what it knows. A text leaves only after the session's guard: one that is refused may be written anew once. Throws what the
 * session throws, except `lease_lost`, which is `cancelled`.
 */
export async function think(request: ThinkRequest, deps: ThinkDeps): Promise<Thought> {
  const progress: Progress = {
    input: [...request.input],
    messages: [],
    deferred: [],
    calls: [],
    modelCalls: 0,
    tokens: noTokens,
    decisions: [],
    corrected: false,
  }
  const conclusion = await conclude(request, progress, deps)
  const { messages, deferred, calls, modelCalls, tokens, decisions } = progress
  return { conclusion, messages, deferred, calls, modelCalls, tokens, decisions }
}

interface Progress {
  readonly input: ModelItem[]
  readonly messages: OutboundMessage[]
  readonly deferred: Deferred[]
  readonly calls: ToolRecord[]
  modelCalls: number
  tokens: Tokens
  readonly decisions: string[]
  corrected: boolean
}

async function conclude(
  request: ThinkRequest,
  progress: Progress,
  deps: ThinkDeps,
): Promise<Conclusion> {
  const { limits, signal, timeLimit } = deps
  const either = AbortSignal.any([signal, timeLimit])
  while (progress.modelCalls < limits.steps) {
    const over = overLimit(progress, limits)
    if (over !== undefined) return { kind: 'failed', reason: over }
    progress.modelCalls += 1
    const asked = { ...request, input: [...progress.input], maxOutputTokens: limits.outputTokens }
    const reply = await orAborted(deps.model.respond(asked, { signal: either }), either)
    if (signal.aborted) return { kind: 'cancelled' }
    const ended = await digest(reply, progress, deps)
    if (ended !== undefined) return ended
  }
  return { kind: 'failed', reason: 'step_limit' }
}

/** A model that does not hear its signal must not hold up whoever waits for it. */
async function orAborted(reply: Promise<ModelReply>, signal: AbortSignal): Promise<ModelReply> {
  let giveUp = (): void => undefined
  const aborted = new Promise<ModelReply>((resolve) => {
    giveUp = () => resolve({ kind: 'failed', reason: 'aborted' })
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
  })
  try {
    return await Promise.race([reply, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** Takes one reply in; a conclusion ends the turn. */
async function digest(
  reply: ModelReply,
  progress: Progress,
  deps: ThinkDeps,
): Promise<Conclusion | undefined> {
  if (reply.kind === 'failed') {
    const { reason } = reply
    const timedOut = reason === 'aborted' || deps.timeLimit.aborted
    return { kind: 'failed', reason: timedOut ? 'timeout' : reason }
  }
  progress.tokens = addTokens(progress.tokens, reply.usage)
  if (reply.kind !== 'answered') return { kind: 'failed', reason: reply.kind }
  progress.input.push(...reply.continuation)
  return reply.toolCalls.length === 0
    ? settleText(reply.text, progress, deps)
    : runCalls(reply.toolCalls, progress, deps)
}

async function runCalls(
  calls: readonly ModelToolCall[],
  progress: Progress,
  deps: ThinkDeps,
): Promise<Conclusion | undefined> {
  for (const call of calls) {
    const result = await runCall(call, progress, deps)
    if (result === 'cancelled' || deps.signal.aborted) return { kind: 'cancelled' }
    progress.input.push({ kind: 'tool_result', callId: call.callId, output: result.output })
    if (result.ends === 'hand_off') return { kind: 'hand_off' }
  }
  return undefined
}

async function runCall(
  call: ModelToolCall,
  progress: Progress,
  { session }: ThinkDeps,
): Promise<ToolResult | 'cancelled'> {
  try {
    const result = await session.call(call)
    progress.calls.push(result.record)
    progress.messages.push(...(result.messages ?? []))
    if (result.deferred !== undefined) progress.deferred.push(result.deferred)
    return result
  } catch (error) {
    if (isAuronxError(error, 'lease_lost')) return 'cancelled'
    throw error
  }
}

function settleText(
  text: string,
  progress: Progress,
  { session }: ThinkDeps,
): Conclusion | undefined {
  const rendered = progress.messages.length + progress.deferred.length > 0
  if (text.trim() === '') {
    return rendered ? { kind: 'answered', text: '' } : { kind: 'failed', reason: 'empty' }
  }
  const outcome = session.guard(text)
  if (outcome.kind === 'passed') return { kind: 'answered', text: outcome.text }
  progress.decisions.push(...outcome.reasons.map((reason) => `guard_${reason}`))
  if (progress.corrected) return { kind: 'guarded' }
  progress.corrected = true
  progress.input.push({ kind: 'facts', text: outcome.advice })
  return undefined
}

function overLimit({ tokens }: Progress, limits: ThinkLimits): ThinkFailure | undefined {
  if (totalTokens(tokens) >= limits.tokens) return 'token_limit'
  const { costMicros } = limits
  if (costMicros === undefined) return undefined
  return costOf(tokens, limits.price) >= costMicros ? 'cost_limit' : undefined
}
