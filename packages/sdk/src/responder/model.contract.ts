import { sleep } from '../kernel/index.ts'
import type { ContractAssert, ContractCase } from '../testing/contract.ts'
import type { Model, ModelFailure, ModelReply, ModelRequest } from './model.ts'

/**
 * What the provider does with requests from now on, whatever its protocol calls it.
 *
 * - `text`, `calls`: answers, and reports `usage`; the arguments of calls are written as they are, valid or not
 * - `refusal`: says that it will not answer; `cut_off`: says that the answer is not whole
 * - `status`: answers with an HTTP error that quotes the request, with `retryAfter` as its `Retry-After` header
 * - `not_json`, `wrong_shape`, `half_json`: answers 200 with what is no answer; `huge`: with twenty megabytes
 * - `silent`: sends nothing; `stalled`: headers and half of an answer; `dripping`: one byte every 50 ms, without an end
 * - `reset`: breaks the connection; `unreachable`: cannot be connected to
 */
export type WireAnswer =
  | { readonly kind: 'text'; readonly text: string; readonly usage: WireUsage }
  | { readonly kind: 'calls'; readonly calls: readonly WireCall[]; readonly usage: WireUsage }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | {
      readonly kind:
        | 'refusal'
        | 'cut_off'
        | 'not_json'
        | 'wrong_shape'
        | 'half_json'
        | 'huge'
        | 'silent'
        | 'stalled'
        | 'dripping'
        | 'reset'
        | 'unreachable'
    }

/** Tokens as the provider reports them. */
export interface WireUsage {
  readonly input: number
  readonly cachedInput: number
  readonly output: number
}

/** A function call as the provider writes it. */
export interface WireCall {
  readonly callId: string
  readonly name: string
  readonly arguments: string
}

/** The provider in the hands of a test. */
export interface ModelControl {
  next(answer: WireAnswer): Promise<void>
  /** The bodies of the requests that arrived, in order, as text. */
  asked(): Promise<readonly string[]>
}

/** What the model contract is run against: a model and the provider it talks to. */
export interface ModelSubject {
  /** Waits ten seconds for an answer, and accepts at most two megabytes. */
  readonly model: Model
  /** The same model, with a time limit of 300 milliseconds. */
  readonly impatient: Model
  readonly control: ModelControl
}

const usage: WireUsage = { input: 1_200, cachedInput: 0, output: 37 }
const greeting = { kind: 'text', text: 'We open at nine.', usage } as const
const call: WireCall = { callId: 'call_7', name: 'search_offers', arguments: '{"query":"kiwi"}' }
const calling: WireAnswer = { kind: 'calls', calls: [call], usage }
const secret = 'The garden gate code is 4711'

const failures: readonly (readonly [WireAnswer, ModelFailure])[] = [
  ...[400, 401, 403, 404].map((status) => [{ kind: 'status', status }, 'rejected'] as const),
  [{ kind: 'status', status: 429 }, 'rate_limited'],
  ...[500, 502, 503].map((status) => [{ kind: 'status', status }, 'unavailable'] as const),
  ...(['reset', 'unreachable'] as const).map((kind) => [{ kind }, 'unavailable'] as const),
  ...(['not_json', 'wrong_shape', 'half_json', 'huge'] as const).map(
    (kind) => [{ kind }, 'malformed'] as const,
  ),
  [{ kind: 'calls', calls: [{ ...call, arguments: '{"query":"ki' }], usage }, 'malformed'],
]

/** Promises of {@link Model}. */
export const modelContract: readonly ContractCase<ModelSubject>[] = [
  {
    name: 'returns the text and what it cost in tokens',
    async run(subject, assert) {
      await subject.control.next(greeting)
      const reply = await ask(subject)
      assert.equal(reply.kind, 'answered')
      if (reply.kind !== 'answered') return
      assert.equal(reply.text, 'We open at nine.')
      assert.deepEqual(reply.toolCalls, [])
      assert.deepEqual(reply.usage, usage)
    },
  },
  {
    name: 'tells which of the tokens the provider had cached',
    async run(subject, assert) {
      const cached = { ...usage, cachedInput: 1_024 }
      await subject.control.next({ ...greeting, usage: cached })
      const reply = await ask(subject)
      assert.deepEqual(reply.kind === 'answered' && reply.usage, cached)
    },
  },
  {
    name: 'returns a call as the model wrote it',
    async run(subject, assert) {
      await subject.control.next(calling)
      const reply = await ask(subject)
      assert.equal(reply.kind, 'answered')
      if (reply.kind !== 'answered') return
      assert.equal(reply.text, '')
      assert.deepEqual(reply.toolCalls, [call])
      assert.deepEqual(reply.usage, usage)
    },
  },
  {
    name: 'shows the provider instructions, tools and every item, oldest first',
    async run(subject, assert) {
      await subject.control.next(greeting)
      await ask(subject, conversation)
      const [body = ''] = await subject.control.asked()
      const marks = ['customer-1', 'business-1', 'customer-2', 'facts-1']
      const places = marks.map((mark) => body.indexOf(mark))
      assert.ok(places.every((place) => place >= 0))
      assert.deepEqual(
        places,
        places.toSorted((one, other) => one - other),
      )
      for (const mark of ['instructions-1', 'search_offers', 'tool-description-1', '"query"']) {
        assert.ok(body.includes(mark), mark)
      }
    },
  },
  {
    name: 'writes the same request the same way every time',
    async run(subject, assert) {
      await subject.control.next(greeting)
      await ask(subject, conversation)
      await ask(subject, conversation)
      const [first, second] = await subject.control.asked()
      assert.ok(first !== undefined && first === second)
    },
  },
  {
    name: 'takes its own continuation and the results of its calls back, each call once',
    async run(subject, assert) {
      await subject.control.next(calling)
      const reply = await ask(subject)
      assert.equal(reply.kind, 'answered')
      if (reply.kind !== 'answered') return
      await subject.control.next(greeting)
      const result = { kind: 'tool_result', callId: call.callId, output: 'result-1' } as const
      const input = [...request.input, ...reply.continuation, result]
      assert.equal((await ask(subject, { ...request, input })).kind, 'answered')
      const body = (await subject.control.asked()).at(-1) ?? ''
      assert.equal(body.split('kiwi').length, 2)
      assert.ok(body.indexOf('kiwi') < body.indexOf('result-1'))
    },
  },
  {
    name: 'is not troubled by a continuation that it did not make',
    async run(subject, assert) {
      await subject.control.next(greeting)
      const foreign = { kind: 'continuation', value: { provider: 'foreign-1' } } as const
      const input = [...request.input, foreign]
      assert.equal((await ask(subject, { ...request, input })).kind, 'answered')
    },
  },
  ...(
    [
      ['refusal', 'refused'],
      ['cut_off', 'incomplete'],
    ] as const
  ).map(([kind, outcome]) => ({
    name: `calls a ${kind} ${outcome}`,
    async run(subject: ModelSubject, assert: ContractAssert) {
      await subject.control.next({ kind })
      assert.equal((await ask(subject)).kind, outcome)
    },
  })),
  ...failures.map(([answer, reason]) => ({
    name: `calls ${nameOf(answer)} ${reason}, and asks once`,
    async run(subject: ModelSubject, assert: ContractAssert) {
      await subject.control.next(answer)
      const reply = await ask(subject)
      assert.deepEqual(reply, { kind: 'failed', reason })
      assert.ok((await subject.control.asked()).length <= 1)
    },
  })),
  {
    name: 'passes on how long to wait',
    async run(subject, assert) {
      await subject.control.next({ kind: 'status', status: 429, retryAfter: '7' })
      const expected = { kind: 'failed', reason: 'rate_limited', retryAfterMs: 7_000 }
      assert.deepEqual(await ask(subject), expected)
    },
  },
  {
    name: 'works again when the provider does',
    async run(subject, assert) {
      for (const kind of ['unreachable', 'reset', 'not_json'] as const) {
        await subject.control.next({ kind })
        assert.equal((await ask(subject)).kind, 'failed')
        await subject.control.next(greeting)
        assert.equal((await ask(subject)).kind, 'answered', kind)
      }
    },
  },
  ...(['silent', 'stalled', 'dripping'] as const).map((kind) => ({
    name: `ends with a timeout when the provider is ${kind}`,
    async run({ impatient, control }: ModelSubject, assert: ContractAssert) {
      await control.next({ kind })
      const reply = await within(3_000, impatient.respond(request, patience()))
      assert.deepEqual(reply, { kind: 'failed', reason: 'timeout' })
    },
  })),
  {
    name: 'sends nothing for a caller who has given up',
    async run({ model, control }, assert) {
      await control.next(greeting)
      const reply = await model.respond(request, { signal: AbortSignal.abort() })
      assert.deepEqual(reply, { kind: 'failed', reason: 'aborted' })
      assert.deepEqual(await control.asked(), [])
    },
  },
  ...(['silent', 'stalled'] as const).map((kind) => ({
    name: `ends soon after its caller gives up on a provider that is ${kind}`,
    async run({ model, control }: ModelSubject, assert: ContractAssert) {
      await control.next({ kind })
      const caller = new AbortController()
      const reply = model.respond(request, { signal: caller.signal })
      const { signal } = patience()
      while ((await control.asked()).length === 0 && !signal.aborted) await sleep(5, signal)
      caller.abort()
      const expected = { kind: 'failed', reason: 'aborted' }
      assert.deepEqual(await within(1_000, reply), expected)
    },
  })),
  {
    name: 'never quotes the conversation in what it says about a failure',
    async run(subject, assert) {
      const input = [{ kind: 'customer', text: secret }] as const
      for (const [answer] of failures) {
        await subject.control.next(answer)
        const reply = await ask(subject, { ...request, input })
        assert.ok(!JSON.stringify(reply).includes('4711'), nameOf(answer))
      }
    },
  },
]

const request: ModelRequest = {
  instructions: 'instructions-1',
  tools: [
    {
      name: 'search_offers',
      description: 'tool-description-1',
      parameters: {
        type: 'object',
        properties: { query: { type: 'string' } },
        required: ['query'],
        additionalProperties: false,
      },
    },
  ],
  input: [{ kind: 'customer', text: 'When do you open?' }],
  maxOutputTokens: 400,
  cacheKey: 'cache-key-1',
  safetyId: 'pseudonym-1',
}

const conversation: ModelRequest = {
  ...request,
  input: [
    { kind: 'customer', text: 'customer-1' },
    { kind: 'business', text: 'business-1' },
    { kind: 'customer', text: 'customer-2' },
    { kind: 'facts', text: 'facts-1' },
  ],
}

function ask({ model }: ModelSubject, asked: ModelRequest = request): Promise<ModelReply> {
  return model.respond(asked, patience())
}

function patience() {
  return { signal: AbortSignal.timeout(20_000) }
}

function nameOf(answer: WireAnswer): string {
  if (answer.kind === 'status') return `status ${answer.status}`
  return answer.kind === 'calls' ? 'a call with half of its arguments' : answer.kind
}

async function within(limitMs: number, reply: Promise<ModelReply>): Promise<ModelReply | 'late'> {
  const waiting = new AbortController()
  const late = sleep(limitMs, waiting.signal).then(() => 'late' as const)
  const first = await Promise.race([reply, late])
  waiting.abort()
  return first
}
