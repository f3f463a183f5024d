import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { playResolvedConversation } from '../../packages/sdk/src/resolved.fixture.ts'
import type { Resolved } from '../../packages/sdk/src/resolved.fixture.ts'
import type { ModelItem, ModelReply, ModelRequest } from '../../packages/sdk/src/responder/index.ts'
import type { Measured } from './report.ts'

// From so many equal tokens on, in steps: https://platform.openai.com/docs/guides/prompt-caching (read 2026-11-26).
const leastCached = 1_024
const cachedStep = 128
// Relative prices of a token: input 1.
const prices = { cached: 0.1, output: 8, written: 1.25 } as const

/** T21: tokens of one scripted conversation from the first question to the confirmed order, counted offline. */
export async function measureTokens(): Promise<readonly Measured[]> {
  const plain = await playResolvedConversation()
  const described = await playResolvedConversation(about)
  return [...rowsOf(plain), ...costRows('business described', described)]
}

const about = {
  purpose: 'Coffee, tea and pastry to take away or to have at the counter.',
  tone: 'Friendly and short.',
  texts: {
    hours: 'Monday to Friday from 7:30 to 19:00, Saturday from 9:00 to 14:00.',
    delivery: 'We do not deliver; orders are ready ten minutes after they are confirmed.',
    payment: 'Cash and cards at the counter.',
  },
} as const

function rowsOf(resolved: Resolved): readonly Measured[] {
  const { requests } = resolved
  const [first] = requests
  const tools = count(toolsOf(first))
  const instructions = count(first?.instructions ?? '')
  const stable = countCalls(resolved, renderStable, [])
  const figures = `instructions ${instructions} + tools ${tools} tokens, ${requests.length} calls`
  return [
    {
      id: 'T21',
      what: 'different beginnings (tools and instructions) over all calls',
      value: new Set(requests.map((request) => toolsOf(request) + request.instructions)).size,
      target: 1,
      better: 'exact',
      unit: '',
      figures,
    },
    {
      id: 'T21',
      what: 'tokens of the beginning that every call shares',
      value: tools + instructions,
      target: leastCached,
      better: 'higher',
      unit: '',
      figures,
    },
    {
      id: 'T21',
      what: 'tokens of the tool schemas',
      value: tools,
      target: 500,
      better: 'lower',
      unit: '',
      figures: `${first?.tools.length ?? 0} tools`,
      why: 'all tools of the shop are offered on every call',
    },
    {
      id: 'T21',
      what: 'tokens of a resolved conversation',
      value: stable.input + stable.output,
      target: 0,
      better: 'none',
      unit: '',
      figures: describe(stable),
    },
    ...costRows('default settings', resolved),
  ]
}

/** Fresh tokens and cost, when nobody wrote to the business before and when the beginning is still cached. */
function costRows(settings: string, resolved: Resolved): readonly Measured[] {
  const [first] = resolved.requests
  const naive = countCalls(resolved, renderNaive, [])
  const warm = first === undefined ? [] : [encode(beginningOf(first))]
  return [
    { cache: 'cold', known: [] },
    { cache: 'warm', known: warm },
  ].flatMap(({ cache, known }): readonly Measured[] => {
    const stable = countCalls(resolved, renderStable, known)
    const fresh = stable.input - stable.cached
    const written = costOf(stable, prices.written) / costOf(naive, prices.written)
    return [
      {
        id: 'T21',
        what: `fresh tokens of the conversation, ${settings}, ${cache} cache`,
        value: fresh,
        target: 2_000,
        better: 'lower',
        unit: '',
        figures: describe(stable),
        why: 'the first call is fresh altogether, and of every later one what follows its last full step of 128',
      },
      {
        id: 'T21',
        what: `its cost vs the time on top, ${settings}, ${cache} cache`,
        value: costOf(stable, 1) / costOf(naive, 1),
        target: 0.33,
        better: 'lower',
        unit: 'x',
        figures: `${describe(stable)}; time on top: ${describe(naive)}; ${written.toFixed(2)}x where writing the cache costs 1.25`,
        why: 'see fresh tokens',
      },
    ]
  })
}

interface Counted {
  readonly input: number
  readonly cached: number
  readonly output: number
}

/** Tokens of all calls; cached is what a call has in common with an earlier or known one. */
function countCalls(
  { requests, replies }: Resolved,
  render: (request: ModelRequest, index: number) => string,
  known: readonly (readonly number[])[],
): Counted {
  const seen = [...known]
  let [input, cached] = [0, 0]
  for (const [index, request] of requests.entries()) {
    const tokens = encode(render(request, index))
    const shared = Math.max(0, ...seen.map((earlier) => sharedLength(earlier, tokens)))
    input += tokens.length
    cached += shared < leastCached ? 0 : shared - (shared % cachedStep)
    seen.push(tokens)
  }
  return { input, cached, output: sum(replies.map(outputOf)) }
}

function costOf({ input, cached, output }: Counted, fresh: number): number {
  return (input - cached) * fresh + cached * prices.cached + output * prices.output
}

function describe({ input, cached, output }: Counted): string {
  return `input ${input}, of it cached ${cached}, output ${output}`
}

function renderStable(request: ModelRequest): string {
  return [beginningOf(request), ...request.input.map(textOf)].join('\n')
}

/** The same with the time on top, to the second, as prompts are commonly put together. */
function renderNaive(request: ModelRequest, index: number): string {
  const second = String(index).padStart(2, '0')
  const rest = request.input.filter(({ kind }) => kind !== 'facts').map(textOf)
  return [`now: 2026-03-02 10:00:${second}`, beginningOf(request), ...rest].join('\n')
}

function beginningOf(request: ModelRequest): string {
  return `${toolsOf(request)}\n${request.instructions}`
}

function toolsOf(request: ModelRequest | undefined): string {
  return JSON.stringify(request?.tools ?? [])
}

function textOf(item: ModelItem): string {
  switch (item.kind) {
    case 'customer':
    case 'business':
    case 'facts':
      return `${item.kind}: ${item.text}`
    case 'tool_call':
      return `${item.callId} ${item.name} ${item.arguments}`
    case 'tool_result':
      return `${item.callId} ${item.output}`
    case 'continuation':
      return JSON.stringify(item.value)
  }
}

function outputOf(reply: ModelReply): number {
  if (reply.kind !== 'answered') return 0
  const calls = reply.toolCalls.map((call) => count(`${call.name} ${call.arguments}`))
  return count(reply.text) + sum(calls)
}

function sharedLength(one: readonly number[], other: readonly number[]): number {
  const end = one.findIndex((token, index) => token !== other[index])
  return end === -1 ? one.length : end
}

function count(text: string): number {
  return encode(text).length
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
