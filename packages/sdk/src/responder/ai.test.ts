import { describe, expect, test } from 'vitest'
import { AuronxError } from '../kernel/index.ts'
import { think } from './ai.ts'
import type { ThinkDeps } from './ai.ts'
import { costOf, defaultLimits } from './limits.ts'
import type { Model, ModelReply } from './model.ts'
import { scriptedCalls, scriptedText } from './model.scripted.ts'
import { createRecordedModel } from './recorded.fixture.ts'
import type { ModelScript } from './model.scripted.ts'
import { withSecondTry } from './second-try.ts'
import type { ToolResult, ToolSession } from './toolbox.ts'

const never = new AbortController().signal
const request = { instructions: 'i', tools: [], input: [], cacheKey: 'k' }

const result = (more: Partial<ToolResult> = {}): ToolResult => ({
  output: '{"ok":true}',
  record: { callId: 'c', name: 'look', arguments: '{}', outcome: 'ok', output: '', cached: false },
  ...more,
})

const session = (call: ToolSession['call'] = async () => result()): ToolSession => ({
  call,
  guard: (text) =>
    text.includes('bad')
      ? { kind: 'refused', reasons: ['amount'], advice: 'No amounts.' }
      : { kind: 'passed', text },
})

function run(script: ModelScript, more: Partial<ThinkDeps> = {}) {
  const model = createRecordedModel(script)
  const deps = { model, session: session(), signal: never, timeLimit: never, limits: defaultLimits }
  return { model, thought: think(request, { ...deps, ...more }) }
}

const look = scriptedCalls([{ name: 'look', args: {} }])

test('gives the model its calls back with their results, then sends its text', async () => {
  const { model, thought } = run([look, scriptedText('Here it is.')])
  expect(await thought).toMatchObject({
    conclusion: { kind: 'answered', text: 'Here it is.' },
    modelCalls: 2,
    tokens: { input: 200, cachedInput: 0, output: 40 },
  })
  expect(model.requests[1]?.input.map(({ kind }) => kind)).toEqual(['tool_call', 'tool_result'])
  expect(model.requests[0]?.input).toEqual([])
})

test('a call that hands over ends the turn, and calls after it do not run', async () => {
  const called: string[] = []
  const both = scriptedCalls([
    { name: 'handoff', args: {} },
    { name: 'look', args: {} },
  ])
  const { thought } = run([both], {
    session: session(async ({ name }) => {
      called.push(name)
      return result({ ends: 'hand_off' })
    }),
  })
  expect((await thought).conclusion).toEqual({ kind: 'hand_off' })
  expect(called).toEqual(['handoff'])
})

test('a text that is refused may be written anew once', async () => {
  const bad = scriptedText('bad')
  const mended = run([bad, scriptedText('good')])
  expect(await mended.thought).toMatchObject({
    conclusion: { kind: 'answered', text: 'good' },
    decisions: ['guard_amount'],
  })
  expect(mended.model.requests[1]?.input).toEqual([{ kind: 'facts', text: 'No amounts.' }])
  expect((await run([bad, bad]).thought).conclusion).toEqual({ kind: 'guarded' })
})

test('no text at all is an answer only when something was rendered', async () => {
  const card = { kind: 'text', body: 'card' } as const
  const rendered = run([look, scriptedText('')], {
    session: session(async () => result({ messages: [card] })),
  })
  expect(await rendered.thought).toMatchObject({
    conclusion: { kind: 'answered', text: '' },
    messages: [card],
  })
  expect((await run([look, scriptedText(' ')]).thought).conclusion).toEqual({
    kind: 'failed',
    reason: 'empty',
  })
})

describe('limits', () => {
  test('of steps, tokens and cost end the turn before another call', async () => {
    const cases = [
      [{ steps: 3 }, 'step_limit', 3],
      [{ tokens: 200 }, 'token_limit', 2],
      [{ costMicros: 100, price: { input: 1e6, cachedInput: 0, output: 0 } }, 'cost_limit', 1],
    ] as const
    for (const [limits, reason, calls] of cases) {
      const { model, thought } = run(() => look, { limits: { ...defaultLimits, ...limits } })
      expect((await thought).conclusion).toEqual({ kind: 'failed', reason })
      expect(model.requests).toHaveLength(calls)
    }
  })

  test('of time end a call that is under way', async () => {
    const { thought } = run([{ kind: 'silent' }], { timeLimit: AbortSignal.timeout(1) })
    expect((await thought).conclusion).toEqual({ kind: 'failed', reason: 'timeout' })
  })

  test('of time hold for a model that does not hear its signal', async () => {
    const deaf: Model = { name: 'deaf', respond: () => new Promise(() => undefined) }
    const { thought } = run([], { model: deaf, timeLimit: AbortSignal.timeout(1) })
    expect((await thought).conclusion).toEqual({ kind: 'failed', reason: 'timeout' })
  })
})

test('nothing is said after a cancellation, wherever the turn stands', async () => {
  const stop = new AbortController()
  const stopping = run(
    () => {
      stop.abort()
      return scriptedText('too late')
    },
    { signal: stop.signal },
  )
  expect((await stopping.thought).conclusion).toEqual({ kind: 'cancelled' })
  const lost = run([look], {
    session: session(() => Promise.reject(new AuronxError('lease_lost', 'The turn was replaced'))),
  })
  expect((await lost.thought).conclusion).toEqual({ kind: 'cancelled' })
  const broken = run([look], { session: session(() => Promise.reject(new Error('broken'))) })
  await expect(broken.thought).rejects.toThrow('broken')
})

test('cost counts what was cached at its own price and rounds up', () => {
  const price = { input: 1_250_000, cachedInput: 125_000, output: 10_000_000 }
  expect(costOf({ input: 1_000, cachedInput: 600, output: 50 }, price)).toBe(1_075)
  expect(costOf({ input: 1, cachedInput: 0, output: 0 }, price)).toBe(2)
  expect(costOf({ input: 1, cachedInput: 0, output: 0 }, undefined)).toBe(0)
})

describe('a second try', () => {
  const asked = { ...request, maxOutputTokens: 1 }
  const failed = (reason: 'unavailable' | 'rejected', retryAfterMs?: number): ModelReply => ({
    kind: 'failed',
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
  const attempt = async (script: readonly ModelReply[], signal = never) => {
    const waits: number[] = []
    const model = createRecordedModel(script)
    const reply = await withSecondTry(model, async (ms) => void waits.push(ms)).respond(asked, {
      signal,
    })
    return { reply: reply.kind, waits, calls: model.requests.length }
  }

  test('is made once, after the wait that the provider asks for', async () => {
    const good = scriptedText('fine')
    const answered = { reply: 'answered', calls: 2 }
    expect(await attempt([failed('unavailable'), good])).toEqual({ ...answered, waits: [500] })
    expect(await attempt([failed('unavailable', 900), good])).toEqual({ ...answered, waits: [900] })
    const both = [failed('unavailable'), failed('unavailable'), good]
    expect(await attempt(both)).toEqual({ reply: 'failed', calls: 2, waits: [500] })
  })

  test('is not made for what will not pass, nor after a longer wait than the menus take', async () => {
    const once = { reply: 'failed', calls: 1, waits: [] }
    expect(await attempt([failed('rejected')])).toEqual(once)
    expect(await attempt([failed('unavailable', 5_001)])).toEqual(once)
    expect(await attempt([scriptedText('fine')])).toEqual({ ...once, reply: 'answered' })
  })
})
