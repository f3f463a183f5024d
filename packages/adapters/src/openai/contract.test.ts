import { createEgress } from '@auronx/sdk'
import type { Egress } from '@auronx/sdk'
import { modelContract, runContract } from '@auronx/sdk/testing'
import type { ModelSubject, WireAnswer } from '@auronx/sdk/testing'
import { LLMock } from '@copilotkit/aimock'
import { afterEach, assert, describe, test } from 'vitest'
import { contractAssert } from '../postgres/testing.ts'
import { forbiddenIn } from './allowed.fixture.ts'
import { createOpenAiModel } from './index.ts'
import type { LoopbackProvider, RecordedRequest } from './provider.fixture.ts'
import { startProvider } from './provider.fixture.ts'

const loopback = createEgress({ hosts: [], allowLoopback: true })

describe('against a provider on loopback, every byte of whose requests is looked at', () => {
  const providers: LoopbackProvider[] = []
  afterEach(async () => {
    for (const provider of providers.splice(0)) {
      await provider.close()
      assert.deepEqual(provider.requests.flatMap(forbiddenIn), [])
    }
  })
  const open = async (): Promise<ModelSubject> => {
    const control = await startProvider()
    providers.push(control)
    return { ...models(control.baseUrl, loopback), control }
  }
  runContract({ test, assert: contractAssert, open }, modelContract)
})

describe('against aimock, which knows nothing of us, with the same look at what leaves', () => {
  const mocks: LLMock[] = []
  const sent: RecordedRequest[] = []
  afterEach(async () => {
    for (const mock of mocks.splice(0)) await mock.stop()
    assert.deepEqual(sent.splice(0).flatMap(forbiddenIn), [])
  })
  const open = async (): Promise<ModelSubject> => {
    const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' })
    await mock.start()
    mocks.push(mock)
    const egress = createEgress({
      hosts: [],
      allowLoopback: true,
      async fetch(request, init) {
        sent.push(await recordOf(request.clone()))
        return fetch(request, init)
      },
    })
    const next = async (answer: WireAnswer): Promise<void> => play(mock, answer)
    const control = { next, asked: async () => sent.map(({ body }) => body) }
    return { ...models(`${mock.url}/v1`, egress), control }
  }
  const skip = [
    ['tells which of the tokens the provider had cached', 'it reports no cached tokens'],
    ['calls a refusal refused', 'it does not refuse'],
    ['calls status 429 rate_limited, and asks once', 'it always says how long to wait'],
    ...['unreachable', 'wrong_shape', 'half_json', 'huge'].map((kind) => [
      `calls ${kind} ${kind === 'unreachable' ? 'unavailable' : 'malformed'}, and asks once`,
      'it cannot be made to',
    ]),
    ['works again when the provider does', 'it cannot be made unreachable'],
    ['ends with a timeout when the provider is stalled', 'it cannot stop half way'],
    ['ends with a timeout when the provider is dripping', 'it answers in one piece'],
    ['ends soon after its caller gives up on a provider that is stalled', 'as above'],
    ['never quotes the conversation in what it says about a failure', 'not all failures exist'],
  ].map(([name = '', reason = '']) => ({ name, reason }))
  runContract({ test, assert: contractAssert, open, skip }, modelContract)
})

async function recordOf(request: Request): Promise<RecordedRequest> {
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  }
}

function models(baseUrl: string, egress: Egress): Pick<ModelSubject, 'model' | 'impatient'> {
  const deps = { apiKey: 'sk-test', model: 'test-model', baseUrl, egress }
  return {
    model: createOpenAiModel({ ...deps, timeoutMs: 10_000 }),
    impatient: createOpenAiModel({ ...deps, timeoutMs: 300 }),
  }
}

function play(mock: LLMock, answer: WireAnswer): void {
  mock.clearFixtures()
  mock.clearChaos()
  switch (answer.kind) {
    case 'text': {
      mock.on({}, { content: answer.text, usage: usageOf(answer.usage) })
      return
    }
    case 'calls': {
      const toolCalls = answer.calls.map(({ callId, ...call }) => ({ ...call, id: callId }))
      mock.on({}, { toolCalls, usage: usageOf(answer.usage) })
      return
    }
    case 'cut_off':
      return void mock.on({}, { content: 'We open at', finishReason: 'length' })
    case 'status': {
      const retryAfter =
        answer.retryAfter === undefined ? {} : { retryAfter: Number(answer.retryAfter) }
      mock.on({}, { error: { message: 'No' }, status: answer.status, ...retryAfter })
      return
    }
    case 'not_json':
      return void mock.on({}, { content: 'x' }, { chaos: { malformedRate: 1 } })
    case 'reset':
      return void mock.on({}, { content: 'x' }, { chaos: { disconnectRate: 1 } })
    case 'silent':
      return void mock.on({}, { content: 'x' }, { chaos: { latencyMs: 5_000 } })
    default:
      throw new Error(`aimock cannot play ${answer.kind}`)
  }
}

function usageOf(usage: { readonly input: number; readonly output: number }) {
  return { input_tokens: usage.input, output_tokens: usage.output }
}
