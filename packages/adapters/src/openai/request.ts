import type { ModelItem, ModelRequest, ModelTool } from '@auronx/sdk'
import type {
  FunctionTool,
  ResponseCreateParamsNonStreaming,
  ResponseInputItem,
} from 'openai/resources/responses/responses'
import { asKept } from './kept.ts'

/** How much a model thinks before it answers; which values a model knows is its maker's decision. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'

/** What a request carries besides what was asked. */
export interface RequestSettings {
  readonly model: string
  readonly reasoning?: { readonly effort: ReasoningEffort }
}

// A longer key is answered with status 400 and string_above_max_length (seen 2026-11-26); of the safety identifier at
// most 128 characters are read, and the port allows 64.
const maxKeyLength = 64

/**
 * The body of one request: these keys and no others, each written here. Nothing is stored at the provider, no earlier
 * response is referred to, and no tool runs there.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function encodeRequest(
  request: ModelRequest,
  { model, reasoning }: RequestSettings,
): ResponseCreateParamsNonStreaming {
  const tools = request.tools.map(encodeTool)
  return {
    model,
    instructions: request.instructions,
    input: request.input.flatMap(encodeItem),
    ...(tools.length === 0 ? {} : { tools, tool_choice: 'auto', parallel_tool_calls: false }),
    max_output_tokens: request.maxOutputTokens,
    text: { format: { type: 'text' } },
    store: false,
    truncation: 'disabled',
    ...(reasoning === undefined
      ? {}
      : { reasoning: { effort: reasoning.effort }, include: ['reasoning.encrypted_content'] }),
    // Cutting a key only lets more requests share it.
    prompt_cache_key: request.cacheKey.slice(0, maxKeyLength),
    ...(request.safetyId === undefined ? {} : { safety_identifier: request.safetyId }),
  }
}

function encodeTool({ name, description, parameters }: ModelTool): FunctionTool {
  return { type: 'function', name, description, parameters, strict: true }
}

function encodeItem(item: ModelItem): ResponseInputItem[] {
  switch (item.kind) {
    case 'customer':
      return [{ role: 'user', content: item.text }]
    case 'business':
      return [{ role: 'assistant', content: item.text }]
    case 'facts':
      return [{ role: 'developer', content: item.text }]
    case 'tool_call': {
      const { callId, name } = item
      return [{ type: 'function_call', call_id: callId, name, arguments: item.arguments }]
    }
    case 'tool_result':
      return [{ type: 'function_call_output', call_id: item.callId, output: item.output }]
    case 'continuation': {
      const kept = asKept(item.value)
      return kept === undefined ? [] : [kept]
    }
  }
}
