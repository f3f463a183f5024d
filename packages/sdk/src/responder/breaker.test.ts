import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFakeClock, scriptedText } from '../testing/index.ts'
import { createRecordedModel } from './recorded.fixture.ts'
import type { ScriptedStep } from '../testing/index.ts'
import type { BreakerState } from './breaker.ts'
import { admitCall, closedBreaker, recordReply, withBreaker } from './breaker.ts'
import type { ModelFailure, ModelReply, ModelRequest } from './model.ts'

const request: ModelRequest = {
  instructions: 'Help.',
  tools: [],
  input: [{ kind: 'customer', text: 'Hello' }],
  maxOutputTokens: 100,
  cacheKey: 'tenant-1',
}
const noUsage = { input: 0, cachedInput: 0, output: 0 }
const ok = scriptedText('Hello')
const down = failed('unavailable')

describe('when it opens', () => {
  test.each(['timeout', 'unavailable', 'rate_limited', 'rejected', 'malformed'] as const)(
    'three times %s in a row',
    async (reason) => {
      const { ask, model } = breaker([failed(reason), failed(reason), failed(reason), ok])
      expect(await ask(4)).toEqual([reason, reason, reason, 'unavailable'])
      expect(model.requests.length).toBe(3)
    },
  )

  test('not for failures that an answer interrupts', async () => {
    const { ask } = breaker([down, down, ok, down, down, ok])
    expect((await ask(6)).at(-1)).toBe('answered')
  })

  test.each([
    ['the caller gave up', failed('aborted')],
    ['the model refused', { kind: 'refused', usage: noUsage }],
    ['the answer was cut off', { kind: 'incomplete', usage: noUsage }],
  ] as const)('not because %s', async (_name, reply) => {
    const { ask, model } = breaker([reply, reply, reply, reply, ok])
    expect((await ask(5)).at(-1)).toBe('answered')
    expect(model.requests.length).toBe(5)
  })

  test('an abort does not forgive failures before it', async () => {
    const { ask } = breaker([down, failed('aborted'), down, down, ok])
    expect((await ask(5)).at(-1)).toBe('unavailable')
  })

  test('at once when the provider says how long to wait', async () => {
    const { ask, clock, model } = breaker([failed('rate_limited', 45_000), ok])
    await ask(2)
    expect(model.requests.length).toBe(1)
    clock.advance(44_999)
    expect(await ask(1)).toEqual(['unavailable'])
    clock.advance(1)
    expect(await ask(1)).toEqual(['answered'])
  })

  test('for a short wait only as long as that', async () => {
    const { ask, clock } = breaker([failed('rate_limited', 1_000), ok])
    await ask(1)
    clock.advance(1_000)
    expect(await ask(1)).toEqual(['answered'])
  })

  test('never for longer than allowed, whatever the provider says', async () => {
    const { ask, clock } = breaker([failed('rate_limited', 10 ** 12), ok])
    await ask(1)
    clock.advance(300_000)
    expect(await ask(1)).toEqual(['answered'])
  })

  test('for a model that throws, which breaks its promise', async () => {
    const clock = createFakeClock()
    const broken = createRecordedModel(() => Promise.reject(new Error('broken')))
    const guarded = withBreaker(broken, { clock })
    const ask = () => guarded.respond(request, { signal: new AbortController().signal })
    for (const _ of [1, 2, 3]) await expect(ask()).rejects.toThrow('broken')
    expect(await ask()).toEqual(failed('unavailable', 30_000))
  })
})

describe('while it is open', () => {
  test('says for how long', async () => {
    const { respond, ask, clock } = breaker([down, down, down])
    await ask(3)
    clock.advance(10_000)
    expect(await respond()).toEqual(failed('unavailable', 20_000))
  })

  test('one call probes after the pause, and the others wait for what it comes to', async () => {
    const settle: (() => void)[] = []
    const { ask, clock, model } = breaker((_request, index) =>
      index < 3
        ? down
        : new Promise<ScriptedStep>((resolve) => {
            settle.push(() => resolve(ok))
          }),
    )
    await ask(3)
    clock.advance(30_000)
    const probe = ask(1)
    expect(await ask(2)).toEqual(['unavailable', 'unavailable'])
    expect(model.requests.length).toBe(4)
    for (const end of settle) end()
    expect(await probe).toEqual(['answered'])
  })

  test('a probe that fails opens it for another pause', async () => {
    const { ask, clock, model } = breaker([down, down, down, down, ok])
    await ask(3)
    clock.advance(30_000)
    expect(await ask(2)).toEqual(['unavailable', 'unavailable'])
    expect(model.requests.length).toBe(4)
    clock.advance(30_000)
    expect(await ask(1)).toEqual(['answered'])
  })

  test('a probe whose caller gives up leaves the next call to probe', async () => {
    const { ask, clock } = breaker([down, down, down, failed('aborted'), ok])
    await ask(3)
    clock.advance(30_000)
    expect(await ask(2)).toEqual(['aborted', 'answered'])
  })

  test('a probe that never ends does not hold it for ever', async () => {
    const { ask, respond, clock } = breaker([down, down, down, { kind: 'silent' }, ok])
    await ask(3)
    clock.advance(30_000)
    void respond()
    clock.advance(30_000)
    expect(await ask(1)).toEqual(['answered'])
  })

  test('a probe that is answered closes it, and counting starts again', async () => {
    const { ask, clock } = breaker([down, down, down, ok, down, down, ok])
    await ask(3)
    clock.advance(30_000)
    expect(await ask(4)).toEqual(['answered', 'unavailable', 'unavailable', 'answered'])
  })

  test('tells of each change once', async () => {
    const { ask, clock, phases } = breaker([down, down, down, down, ok])
    await ask(4)
    clock.advance(30_000)
    await ask(1)
    clock.advance(30_000)
    await ask(1)
    expect(phases).toEqual(['open', 'half_open', 'open', 'half_open', 'closed'])
  })
})

describe('whatever happens', () => {
  const replies = fc.oneof(
    fc.constant(ok),
    fc
      .tuple(
        fc.constantFrom<ModelFailure>('timeout', 'unavailable', 'rate_limited', 'aborted'),
        fc.option(fc.integer({ min: 0, max: 10 ** 9 }), { nil: undefined }),
      )
      .map(([reason, retryAfterMs]) => failed(reason, retryAfterMs)),
  )
  const steps = fc.array(fc.tuple(replies, fc.integer({ min: 0, max: 60_000 })), { maxLength: 60 })

  test('it lets a call pass again within the longest pause', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { state, nowMs } = play(all)
        expect(admitCall(state, nowMs + 300_000).admitted).toBe(true)
      }),
    )
  })

  test('what a call of an older generation comes to changes nothing', () => {
    fc.assert(
      fc.property(steps, replies, (all, reply) => {
        const { state, nowMs } = play(all)
        const late = { generation: state.generation - 1, reply, nowMs }
        expect(recordReply(state, late)).toEqual(state)
      }),
    )
  })

  function play(all: readonly (readonly [ModelReply, number])[]) {
    let state: BreakerState = closedBreaker
    let nowMs = 0
    for (const [reply, waitMs] of all) {
      nowMs += waitMs
      const admission = admitCall(state, nowMs)
      const { generation } = admission.state
      state = admission.admitted
        ? recordReply(admission.state, { generation, reply, nowMs })
        : admission.state
    }
    return { state, nowMs }
  }
})

function failed(reason: ModelFailure, retryAfterMs?: number): ModelReply {
  return { kind: 'failed', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

function breaker(script: Parameters<typeof createRecordedModel>[0]) {
  const clock = createFakeClock()
  const model = createRecordedModel(script)
  const phases: string[] = []
  const guarded = withBreaker(model, { clock, onChange: ({ phase }) => phases.push(phase) })
  const respond = () => guarded.respond(request, { signal: new AbortController().signal })
  const ask = async (times: number): Promise<string[]> => {
    const outcomes: string[] = []
    for (let time = 0; time < times; time += 1) {
      const reply = await respond()
      outcomes.push(reply.kind === 'failed' ? reply.reason : reply.kind)
    }
    return outcomes
  }
  return { clock, model, phases, respond, ask }
}
