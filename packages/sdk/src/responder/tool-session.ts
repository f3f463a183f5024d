import type { Json } from '../kernel/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import { authorityOf, decideAuthority } from './authority.ts'
import { guardText } from './guards.ts'
import { createHandles } from './handles.ts'
import type { Handles } from './handles.ts'
import { replacePersonal } from './minimise.ts'
import type { ModelToolCall } from './model.ts'
import { plainText } from './plain.ts'
import type { Tool, ToolAnswer, ToolContext, ToolTurn } from './tool.ts'
import type { ToolResult, ToolSession } from './toolbox.ts'

/** What one turn may use. */
export const toolLimits = { calls: 8, interactiveMessages: 2, argumentChars: 8000 } as const

interface State {
  calls: number
  interactive: number
  ended: boolean
  /** Outputs by call, until something changes. */
  readonly answered: Map<string, string>
  readonly deferred: Set<string>
}

/** A turn's use of the tools. */
export function openSession(tools: ReadonlyMap<string, Tool>, turn: ToolTurn): ToolSession {
  const handles = createHandles()
  const state: State = {
    calls: 0,
    interactive: 0,
    ended: false,
    answered: new Map(),
    deferred: new Set(),
  }
  const table = authorityOf(turn.settings)
  const contextOf = (tool: Tool): ToolContext => ({
    turn,
    handles,
    decide: (facts, action = tool.authority) => decideAuthority(table, action, facts),
  })
  return {
    async call(call) {
      const tool = tools.get(call.name)
      const refusal = refuse(state, tool, call, [...tools.keys()])
      if (refusal !== undefined || tool === undefined)
        return told(call, refusal ?? failed('unknown_tool'), handles)
      const input = parse(call.arguments)
      if (input === undefined) return told(call, failed('invalid_arguments'), handles)
      const key = `${call.name} ${canonical(input)}`
      const known = state.answered.get(key)
      if (known !== undefined) return repeated(call, known)
      const answer = allowed(contextOf(tool)) ?? (await tool.run(input, contextOf(tool)))
      const result = told(call, spend(state, answer), handles)
      if (tool.authority !== 'inform') state.answered.clear()
      state.answered.set(key, result.output)
      if (result.ends !== undefined) state.ended = true
      return result
    },
    guard: (text) =>
      state.ended
        ? { kind: 'refused', reasons: ['ended'], advice: 'A person answers now. Write nothing.' }
        : guardText(text, { handles, settings: turn.settings }),
  }
}

function refuse(
  state: State,
  tool: Tool | undefined,
  call: ModelToolCall,
  names: readonly string[],
): ToolAnswer | undefined {
  if (state.ended) return failed('ended')
  state.calls += 1
  if (state.calls > toolLimits.calls) return failed('too_many_calls')
  if (tool === undefined)
    return { outcome: 'unknown_tool', data: { error: 'unknown tool', tools: names } }
  return call.arguments.length > toolLimits.argumentChars ? failed('invalid_arguments') : undefined
}

/** What the table says before any facts are known: an action that is never the assistant's does not even start. */
function allowed({ decide }: ToolContext): ToolAnswer | undefined {
  const decision = decide({})
  if (decision.kind === 'refused') return failed('not_allowed')
  return decision.kind === 'needs_staff' && decision.reason === 'rule'
    ? { outcome: 'needs_staff', data: { told: 'a person decides this' }, ends: 'hand_off' }
    : undefined
}

/** Takes an answer's messages and effect off the turn's budget; what does not fit is left out, and the model is told. */
function spend(state: State, answer: ToolAnswer): ToolAnswer {
  const { messages, deferred, ...rest } = answer
  const isNew = deferred !== undefined && !state.deferred.has(deferred.name)
  const wanted = (messages ?? []).filter(isInteractive).length + (isNew ? deferred.cards : 0)
  if (state.interactive + wanted > toolLimits.interactiveMessages)
    return {
      ...rest,
      outcome: 'too_many_messages',
      data: { error: 'no more cards in this turn', result: rest.data },
    }
  state.interactive += wanted
  if (isNew) state.deferred.add(deferred.name)
  return {
    ...rest,
    ...(messages === undefined ? {} : { messages }),
    ...(isNew ? { deferred } : {}),
  }
}

function isInteractive({ kind }: OutboundMessage): boolean {
  return kind !== 'text'
}

function told(call: ModelToolCall, answer: ToolAnswer, handles: Handles): ToolResult {
  const { outcome, data, messages, deferred, ends } = answer
  const output = outputOf(data, handles)
  return {
    output,
    record: recordOf(call, outcome, output, false),
    ...(messages === undefined ? {} : { messages }),
    ...(deferred === undefined ? {} : { deferred }),
    ...(ends === undefined ? {} : { ends }),
  }
}

function repeated(call: ModelToolCall, output: string): ToolResult {
  return { output, record: recordOf(call, 'cached', output, true) }
}

function recordOf(
  call: ModelToolCall,
  outcome: string,
  output: string,
  cached: boolean,
): ToolResult['record'] {
  const { callId, name } = call
  return {
    callId: callId.slice(0, 100),
    name: name.slice(0, 100),
    arguments: call.arguments.slice(0, 2000),
    outcome,
    output,
    cached,
  }
}

const longestOutput = 6000

/** Data as the model reads it. Phone numbers and the like within it become slots, which our renderer fills. */
function outputOf(data: Json, handles: Handles): string {
  const output = JSON.stringify(clean(data, handles))
  return output.length <= longestOutput ? output : '{"error":"too long"}'
}

function clean(data: Json, handles: Handles): Json {
  if (typeof data === 'string')
    return replacePersonal(plainText(data), ({ value }) => handles.slot(value))
  if (isList(data)) return data.map((one) => clean(one, handles))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, one]) => [key, clean(one, handles)]))
}

function failed(outcome: string): ToolAnswer {
  return { outcome, data: { error: outcome.replaceAll('_', ' ') } }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return value
  } catch {
    return undefined
  }
}

/** JSON with keys in order, so that the same arguments are the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
