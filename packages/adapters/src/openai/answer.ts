import type { ModelItem, ModelReply, ModelToolCall, ModelUsage } from '@auronx/sdk'
import { countAt, listAt, member, parseJson, textAt } from './json.ts'
import { keptMessage, keptReasoning } from './kept.ts'

/** Tokens as the provider counted them. `cachedInput` and `cacheWrite` are parts of `input`. */
export interface TokenCounts extends ModelUsage {
  readonly cacheWrite: number
}

/**
 * What an answer of the Responses API means. Kinds of output that we do not know are left out; an answer that is
 * neither text nor call is `malformed`.
 */
export function decodeAnswer(body: unknown): ModelReply {
  switch (textAt(body, 'status')) {
    case 'completed':
      return decodeOutput(listAt(body, 'output'), usageOf(body))
    case 'incomplete':
      return { kind: 'incomplete', usage: usageOf(body) }
    case 'failed':
      return decodeFailure(textAt(member(body, 'error'), 'code'))
    default:
      return malformed
  }
}

/** The tokens that an answer reports; zeros where it reports none. */
export function tokensOf(body: unknown): TokenCounts {
  const usage = member(body, 'usage')
  const details = member(usage, 'input_tokens_details')
  const input = countAt(usage, 'input_tokens')
  const cachedInput = Math.min(countAt(details, 'cached_tokens'), input)
  const cacheWrite = Math.min(countAt(details, 'cache_write_tokens'), input - cachedInput)
  return { input, cachedInput, cacheWrite, output: countAt(usage, 'output_tokens') }
}

const malformed: ModelReply = { kind: 'failed', reason: 'malformed' }

/** What one item of the output brings. */
type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly keep: readonly ModelItem[] }
  | { readonly kind: 'call'; readonly call: ModelToolCall }
  | { readonly kind: 'keep'; readonly keep: readonly ModelItem[] }
  | { readonly kind: 'refusal' | 'broken' }

function decodeOutput(output: readonly unknown[] | undefined, usage: ModelUsage): ModelReply {
  if (output === undefined) return malformed
  const pieces = output.map(decodeItem)
  if (pieces.some((piece) => piece.kind === 'refusal')) return { kind: 'refused', usage }
  if (pieces.some((piece) => piece.kind === 'broken')) return malformed
  const texts = pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []))
  const text = texts.filter((part) => part !== '').join('\n\n')
  const toolCalls = pieces.flatMap((piece) => (piece.kind === 'call' ? [piece.call] : []))
  if (text === '' && toolCalls.length === 0) return malformed
  return { kind: 'answered', text, toolCalls, continuation: pieces.flatMap(keptOf), usage }
}

function decodeItem(item: unknown): Piece {
  switch (textAt(item, 'type')) {
    case 'message':
      return decodeMessage(item)
    case 'function_call':
      return decodeCall(item)
    case 'reasoning':
      return { kind: 'keep', keep: continuation(keptReasoning(item)) }
    default:
      return { kind: 'keep', keep: [] }
  }
}

function decodeMessage(item: unknown): Piece {
  const parts = listAt(item, 'content')
  if (parts === undefined || isCutOff(item)) return { kind: 'broken' }
  if (parts.some((part) => textAt(part, 'type') === 'refusal')) return { kind: 'refusal' }
  const text = parts
    .filter((part) => textAt(part, 'type') === 'output_text')
    .map((part) => textAt(part, 'text') ?? '')
    .join('')
  const phase = textAt(item, 'phase')
  const keep = continuation(keptMessage(text, phase))
  // Commentary is what a model says to itself between calls, not to the customer.
  return phase === 'commentary' ? { kind: 'keep', keep } : { kind: 'text', text, keep }
}

function decodeCall(item: unknown): Piece {
  const callId = textAt(item, 'call_id') ?? ''
  const name = textAt(item, 'name') ?? ''
  const args = textAt(item, 'arguments')
  if (callId === '' || name === '' || args === undefined) return { kind: 'broken' }
  if (isCutOff(item) || parseJson(args) === undefined) return { kind: 'broken' }
  return { kind: 'call', call: { callId, name, arguments: args } }
}

function isCutOff(item: unknown): boolean {
  return textAt(item, 'status') === 'incomplete'
}

function keptOf(piece: Piece): readonly ModelItem[] {
  switch (piece.kind) {
    case 'text':
    case 'keep':
      return piece.keep
    case 'call':
      return [{ kind: 'tool_call', ...piece.call }]
    case 'refusal':
    case 'broken':
      return []
  }
}

function continuation(value: unknown): readonly ModelItem[] {
  return value === undefined ? [] : [{ kind: 'continuation', value }]
}

function decodeFailure(code: string | undefined): ModelReply {
  if (code === 'rate_limit_exceeded') return { kind: 'failed', reason: 'rate_limited' }
  if (code === 'server_error') return { kind: 'failed', reason: 'unavailable' }
  return { kind: 'failed', reason: 'rejected' }
}

function usageOf(body: unknown): ModelUsage {
  const { input, cachedInput, output } = tokensOf(body)
  return { input, cachedInput, output }
}
