import { assert, describe, expect, test } from 'vitest'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import { runContract } from '../testing/run-contract.ts'
import type { ModelSubject, WireAnswer } from './model.contract.ts'
import { modelContract } from './model.contract.ts'
import type { ModelFailure, ModelReply, ModelRequest } from './model.ts'
import type { ScriptedStep } from './model.scripted.ts'
import { scriptedCalls, scriptedText } from './model.scripted.ts'
import { createRecordedModel } from './recorded.fixture.ts'

const noUsage = { input: 0, cachedInput: 0, output: 0 }
const request: ModelRequest = {
  instructions: 'Help.',
  tools: [],
  input: [{ kind: 'customer', text: 'Hello' }],
  maxOutputTokens: 100,
  cacheKey: 'tenant-1',
}

async function open(): Promise<ModelSubject> {
  let answer: WireAnswer = { kind: 'silent' }
  const model = createRecordedModel(() => stepOf(answer))
  return {
    model,
    impatient: createRecordedModel(() => stepOf(answer, 300)),
    control: {
      async next(next) {
        answer = next
      },
      asked: async () => model.requests.map((asked) => JSON.stringify(asked)),
    },
  }
}

describe('the scripted model keeps the contract of models', () =>
  runContract({ test, assert: nodeAssert, open }, modelContract))

test('plays its answers in order, then has none', async () => {
  const model = createRecordedModel([scriptedText('One'), scriptedCalls([{ name: 'f', args: {} }])])
  const replies = [await ask(model), await ask(model), await ask(model)]
  expect(replies.map((reply) => reply.kind)).toEqual(['answered', 'answered', 'failed'])
  expect(model.requests).toEqual([request, request, request])
})

test('a function may answer by what it is asked, also later', async () => {
  const model = createRecordedModel(async ({ input }, index) =>
    scriptedText(`${index}: ${input.length}`),
  )
  const reply = await ask(model)
  assert(reply.kind === 'answered')
  expect(reply.text).toBe('0: 1')
})

test('a slow answer comes after its time', async () => {
  const model = createRecordedModel([{ kind: 'slow', afterMs: 20, reply: scriptedText('Late') }])
  expect(await ask(model)).toEqual(scriptedText('Late'))
})

test('giving up ends a script that never answers', async () => {
  const model = createRecordedModel(() => new Promise(() => undefined))
  const signal = AbortSignal.timeout(20)
  expect(await model.respond(request, { signal })).toEqual(failed('aborted'))
})

function ask(model: ReturnType<typeof createRecordedModel>): Promise<ModelReply> {
  return model.respond(request, { signal: new AbortController().signal })
}

function failed(reason: ModelFailure, retryAfterMs?: number): ModelReply {
  return { kind: 'failed', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

function stepOf(answer: WireAnswer, limitMs?: number): ScriptedStep {
  switch (answer.kind) {
    case 'text':
      return scriptedText(answer.text, answer.usage)
    case 'calls':
      return callsOf(answer)
    case 'status':
      return statusOf(answer.status, answer.retryAfter)
    case 'refusal':
      return { kind: 'refused', usage: noUsage }
    case 'cut_off':
      return { kind: 'incomplete', usage: noUsage }
    case 'not_json':
    case 'wrong_shape':
    case 'half_json':
    case 'huge':
      return failed('malformed')
    case 'reset':
    case 'unreachable':
      return failed('unavailable')
    case 'silent':
    case 'stalled':
    case 'dripping':
      return limitMs === undefined
        ? { kind: 'silent' }
        : { kind: 'slow', afterMs: limitMs, reply: failed('timeout') }
  }
}

function callsOf({ calls, usage }: Extract<WireAnswer, { kind: 'calls' }>): ScriptedStep {
  try {
    return scriptedCalls(
      calls.map((call) => ({ ...call, args: JSON.parse(call.arguments) })),
      usage,
    )
  } catch {
    return failed('malformed')
  }
}

function statusOf(status: number, retryAfter?: string): ScriptedStep {
  const waitMs = retryAfter === undefined ? undefined : Number(retryAfter) * 1_000
  if (status === 429) return failed('rate_limited', waitMs)
  return failed(status >= 500 ? 'unavailable' : 'rejected', waitMs)
}
