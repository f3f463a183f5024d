import { sleep } from '../kernel/index.ts'
import type { Model, ModelReply, ModelRequest, ModelToolCall, ModelUsage } from './model.ts'

/**
 * One answer of a script: a reply as it is, `silent` until the caller gives up, or `slow`, a reply after `afterMs`
 * milliseconds.
 */
export type ScriptedStep =
  | ModelReply
  | { readonly kind: 'silent' }
  | { readonly kind: 'slow'; readonly afterMs: number; readonly reply: ModelReply }

/** The answers in order, or a function of the request and of how many came before it. */
export type ModelScript =
  | readonly ScriptedStep[]
  | ((request: ModelRequest, index: number) => ScriptedStep | Promise<ScriptedStep>)

/** A model that plays a script. */
export interface ScriptedModel extends Model {
  /** Every request that was asked, in order. */
  readonly requests: readonly ModelRequest[]
}

/**
 * A model without a provider, for tests and demonstrations. Each request takes the next answer of the script; after the
 * last one it is `failed` with `unavailable`. A call whose signal has already fired is recorded neither as a request nor
 * as a step.
 */
export function createScriptedModel(
  script: ModelScript,
  { name = 'scripted' }: { readonly name?: string } = {},
): ScriptedModel {
  const requests: ModelRequest[] = []
  return {
    name,
    requests,
    async respond(request, { signal }) {
      if (signal.aborted) return aborted
      const index = requests.push(request) - 1
      return beforeAbort(play(script, request, index, signal), signal)
    },
  }
}

/** A reply that is a text. */
export function scriptedText(text: string, usage: ModelUsage = someUsage): ModelReply {
  return { kind: 'answered', text, toolCalls: [], continuation: [], usage }
}

/** A reply that asks for functions, with the calls as its continuation. Call ids default to `call-1` upwards. */
export function scriptedCalls(
  calls: readonly { readonly name: string; readonly args: unknown; readonly callId?: string }[],
  usage: ModelUsage = someUsage,
): ModelReply {
  const toolCalls = calls.map(({ name, args, callId }, at): ModelToolCall => {
    return { callId: callId ?? `call-${at + 1}`, name, arguments: JSON.stringify(args) }
  })
  const continuation = toolCalls.map((call) => ({ kind: 'tool_call' as const, ...call }))
  return { kind: 'answered', text: '', toolCalls, continuation, usage }
}

const aborted: ModelReply = { kind: 'failed', reason: 'aborted' }
const someUsage: ModelUsage = { input: 100, cachedInput: 0, output: 20 }

async function play(
  script: ModelScript,
  request: ModelRequest,
  index: number,
  signal: AbortSignal,
): Promise<ModelReply> {
  const step = typeof script === 'function' ? await script(request, index) : script[index]
  if (step === undefined) return { kind: 'failed', reason: 'unavailable' }
  if (step.kind === 'silent') return new Promise(() => undefined)
  if (step.kind !== 'slow') return step
  await sleep(step.afterMs, signal)
  return step.reply
}

async function beforeAbort(reply: Promise<ModelReply>, signal: AbortSignal): Promise<ModelReply> {
  if (signal.aborted) return aborted
  let giveUp = (): void => undefined
  const abortion = new Promise<ModelReply>((resolve) => {
    giveUp = () => resolve(aborted)
    signal.addEventListener('abort', giveUp)
  })
  const first = await Promise.race([reply, abortion])
  signal.removeEventListener('abort', giveUp)
  return signal.aborted ? aborted : first
}
