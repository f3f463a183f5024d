import { describe, expect, test } from 'vitest'
import { openDesk } from './assistant.fixture.ts'
import type { Desk } from './assistant.fixture.ts'
import { textsOf } from './responder/index.ts'
import type { ModelReply } from './responder/index.ts'
import { scriptedText } from './responder/model.scripted.ts'
import { createRecordedModel } from './responder/recorded.fixture.ts'
import { createSimulatedTime } from './simulated-time.fixture.ts'
import type { SimulatedTime } from './simulated-time.fixture.ts'

// The table in docs/guides/assistant.md states these times for the settings where nothing else is said.
const quietMs = 1_500
const turnMs = 20_000
const answerWithinMs = 30_000
const leaseMs = 8_000
// The adapter's own limit of a call; see `timeoutMs` there.
const callMs = 15_000
// A step of the simulated time, before each of the two moments that are compared.
const grainMs = 500

/** What a provider does with one request: its reply, and after how long. */
type Behaviour = readonly [reply: ModelReply | 'never', afterMs: number]

const usage = { input: 100, cachedInput: 0, output: 10 }
const failed = (
  reason: Extract<ModelReply, { kind: 'failed' }>['reason'],
  retryAfterMs?: number,
): ModelReply => ({
  kind: 'failed',
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})

interface Fault {
  readonly name: string
  /** What the provider does, request by request; the last one goes on. */
  readonly does: readonly Behaviour[]
  readonly withinMs: number
  readonly asked: number
}

const faults: readonly Fault[] = [
  {
    name: 'timeout: no answer within the limit of a call',
    does: [[failed('timeout'), callMs]],
    withinMs: quietMs + callMs,
    asked: 1,
  },
  {
    name: 'slow stream: drips, and is cut off at the limit of a call',
    does: [[failed('timeout'), callMs]],
    withinMs: quietMs + callMs,
    asked: 1,
  },
  {
    name: 'slow stream: whole calls that take long, one after the other',
    does: [[lookAround(), 9_000]],
    withinMs: quietMs + turnMs,
    asked: 3,
  },
  {
    name: 'an adapter without a limit of its own',
    does: [['never', 0]],
    withinMs: quietMs + turnMs,
    asked: 1,
  },
  {
    name: '429 without Retry-After',
    does: [[failed('rate_limited'), 250]],
    withinMs: quietMs + 2 * 250 + 500,
    asked: 2,
  },
  {
    name: '429 with a Retry-After of three seconds',
    does: [[failed('rate_limited', 3_000), 250]],
    withinMs: quietMs + 2 * 250 + 3_000,
    asked: 2,
  },
  {
    name: '429 with a Retry-After of a minute',
    does: [[failed('rate_limited', 60_000), 250]],
    withinMs: quietMs + 250,
    asked: 1,
  },
  {
    name: '5xx at once',
    does: [[failed('unavailable'), 250]],
    withinMs: quietMs + 2 * 250 + 500,
    asked: 2,
  },
  {
    name: '5xx after long',
    does: [[failed('unavailable'), 14_000]],
    withinMs: quietMs + turnMs,
    asked: 2,
  },
  {
    name: 'truncated arguments',
    does: [[failed('malformed'), 2_000]],
    withinMs: quietMs + 2 * 2_000 + 500,
    asked: 2,
  },
  {
    name: 'an answer that was cut off',
    does: [[{ kind: 'incomplete', usage }, 4_000]],
    withinMs: quietMs + 4_000,
    asked: 1,
  },
  {
    name: 'refusal',
    does: [[{ kind: 'refused', usage }, 2_000]],
    withinMs: quietMs + 2_000,
    asked: 1,
  },
  {
    name: 'wrong schema',
    does: [[failed('malformed'), 2_000]],
    withinMs: quietMs + 2 * 2_000 + 500,
    asked: 2,
  },
  {
    name: 'huge stream: given up at the longest answer',
    does: [[failed('malformed'), 6_000]],
    withinMs: quietMs + 2 * 6_000 + 500,
    asked: 2,
  },
]

describe('a customer whose assistant meets a fault has an answer or a person in time, once', () => {
  test.each(faults)('$name', async ({ does, withinMs, asked }) => {
    expect(withinMs).toBeLessThanOrEqual(answerWithinMs)
    const shop = await open(does)
    await shop.desk.write('do you have flat white today?')
    await shop.time.pass(shop.desk, 120_000)
    expect(shop.model.requests).toHaveLength(asked)
    expect(JSON.stringify(shop.desk.newest())).toContain('Flat white')
    expectOnceWithin(shop, withinMs)
  })

  test('again and again: after three failures the menus answer without asking it', async () => {
    const shop = await open([[failed('timeout'), callMs]])
    for (let round = 0; round < 4; round += 1) {
      await shop.desk.write('do you have flat white today?')
      await shop.time.pass(shop.desk, 17_500)
    }
    expect(shop.model.requests).toHaveLength(3)
    expect(shop.sentMs).toHaveLength(4)
    expect(shop.sentMs[3]).toBeLessThanOrEqual(3 * 17_500 + quietMs + grainMs)
  })
})

describe('a process that dies while its model thinks leaves the turn to another one', () => {
  const moments = [0, 4_000, 8_000, 12_000]

  test.each(moments)('%i ms after it began to, with time enough to answer', async (diedAfterMs) => {
    const shop = await open([
      ['never', 0],
      [scriptedText('Yes, we do.'), 6_000],
    ])
    await shop.desk.write('do you have flat white today?')
    await shop.dieAfter(quietMs + diedAfterMs)
    await shop.time.pass(shop.desk, 120_000)
    expect(shop.model.requests).toHaveLength(2)
    expect(shop.desk.said().join()).toContain('Yes, we do.')
    expectOnceWithin(shop, quietMs + diedAfterMs + leaseMs + 6_000)
    expect(shop.sentMs[0]).toBeLessThanOrEqual(answerWithinMs + grainMs)
  })

  test('at the last moment: the menus answer as soon as its lease is over', async () => {
    const shop = await open([['never', 0]])
    await shop.desk.write('do you have flat white today?')
    await shop.dieAfter(quietMs + 19_500)
    await shop.time.pass(shop.desk, 120_000)
    expect(shop.model.requests).toHaveLength(1)
    expect(JSON.stringify(shop.desk.newest())).toContain('Flat white')
    expectOnceWithin(shop, answerWithinMs + leaseMs)
  })

  test('and is not taken away from one that lives, however long it thinks', async () => {
    const shop = await open([[scriptedText('Yes, we do.'), 19_000]])
    await shop.desk.write('do you have flat white today?')
    await shop.time.pass(shop.desk, 120_000)
    expect(shop.model.requests).toHaveLength(1)
    expectOnceWithin(shop, quietMs + 19_000)
  })

  test('three times: a person is asked, and the customer told so', async () => {
    const shop = await open([['never', 0]], { answerWithinMs: 600_000 })
    await shop.desk.write('do you have flat white today?')
    await shop.dieAfter(quietMs)
    await shop.dieAfter(leaseMs)
    shop.breakMenus()
    await shop.time.pass(shop.desk, 120_000)
    await expectPerson(shop)
  })
})

test('a person who steps in elsewhere stops a model that thinks when its lease is renewed', async () => {
  const shop = await open([['never', 0]])
  await shop.desk.write('do you have flat white today?')
  await shop.thinkElsewhere(quietMs + 1_000)
  const { desk } = shop
  const conversationId = await desk.conversation()
  await desk.auronx.conversations.takeOver(desk.staff, conversationId)
  await shop.thinkElsewhere(2_000)
  const [turn] = await desk.auronx.turns.list(desk.system, { conversationId, limit: 10 })
  expect(turn?.outcome).toBe('person_owns')
  expect(shop.sentMs).toEqual([])
})

describe('a turn that cannot be committed', () => {
  test('goes to a person, who is announced, and stands among the dead jobs', async () => {
    const shop = await open([[failed('unavailable'), 250]])
    await shop.desk.write('do you have flat white today?')
    shop.breakMenus()
    await shop.time.pass(shop.desk, 120_000)
    await expectPerson(shop)
    expectOnceWithin(shop, quietMs + 3 * (2 * 250 + 500) + 1_000 + 2_000)
    const { traces } = shop.desk.auronx
    const [dead, ...others] = await traces.deadJobs(shop.desk.system, 10)
    expect(others).toEqual([])
    expect(dead).toMatchObject({ kind: 'assistant.turn', attempts: 3, errorCode: 'internal' })
    if (dead === undefined) return
    // There is nothing left to answer: run again, it is gone.
    expect(await traces.replayJob(shop.desk.staff, dead.id)).toBe(true)
    await shop.time.pass(shop.desk, 10_000)
    expect(await traces.deadJobs(shop.desk.system, 10)).toEqual([])
    expect(shop.sentMs).toHaveLength(1)
  })

  test('whose adapter throws is answered by the menus', async () => {
    const shop = await open('throws')
    await shop.desk.write('do you have flat white today?')
    await shop.time.pass(shop.desk, 120_000)
    expect(shop.model.requests).toHaveLength(2)
    expect(JSON.stringify(shop.desk.newest())).toContain('Flat white')
    expectOnceWithin(shop, quietMs + 1_000 + 2_000)
  })
})

test('a host that has no model any more answers by the menus what waited for one', async () => {
  const shop = await open([[scriptedText('too late'), 0]])
  await shop.desk.write('do you have flat white today?')
  shop.desk.clock.advance(quietMs)
  await shop.desk.without.work({ maxMs: 10_000 })
  expect(shop.model.requests).toEqual([])
  expect(JSON.stringify(shop.desk.newest())).toContain('Flat white')
})

interface Shop {
  readonly desk: Desk
  readonly time: SimulatedTime
  readonly model: ReturnType<typeof createRecordedModel>
  /** When messages left, in milliseconds since the shop was opened. */
  readonly sentMs: readonly number[]
  /** Another process works for so many milliseconds from now. */
  thinkElsewhere(ms: number): Promise<void>
  /** Another process takes the turn up, and dies after so many milliseconds from now. */
  dieAfter(ms: number): Promise<void>
  /** From now on the menus throw. */
  breakMenus(): void
}

async function open(
  does: readonly Behaviour[] | 'throws',
  answering: Parameters<typeof openDesk>[1] = {},
): Promise<Shop> {
  const time = createSimulatedTime()
  const sentMs: number[] = []
  let broken = false
  const model = createRecordedModel(async (_request, index) => {
    if (does === 'throws') throw new Error('broken')
    const [reply, afterMs] = does[Math.min(index, does.length - 1)] ?? ['never', 0]
    if (reply === 'never') return { kind: 'silent' }
    if (afterMs > 0) await time.wait(afterMs, new AbortController().signal)
    return reply
  })
  const { wait, timeout } = time
  const desk: Desk = await openDesk(
    { model, wait, timeout, pause: wait },
    answering,
    async () => {
      sentMs.push(desk.clock.now().getTime() - openedMs)
    },
    (storage) => ({
      ...storage,
      work: {
        run: (tenantId, body) =>
          storage.work.run(tenantId, (stores) => {
            const offers = () => Promise.reject(new Error('broken'))
            return body(broken ? { ...stores, catalog: { ...stores.catalog, offers } } : stores)
          }),
      },
    }),
  )
  const openedMs = desk.clock.now().getTime()
  const elsewhere: Desk = {
    ...desk,
    async pass() {
      await desk.second.work({ maxMs: 10_000 })
    },
  }
  const thinkElsewhere = (ms: number): Promise<void> => time.pass(elsewhere, ms)
  return {
    desk,
    time,
    model,
    sentMs,
    thinkElsewhere,
    async dieAfter(ms) {
      await thinkElsewhere(ms)
      time.kill()
    },
    breakMenus() {
      broken = true
    },
  }
}

function lookAround(): ModelReply {
  const call = { callId: 'c', name: 'get_cart', arguments: '{}' }
  return {
    kind: 'answered',
    text: '',
    toolCalls: [call],
    continuation: [{ kind: 'tool_call', ...call }],
    usage,
  }
}

function expectOnceWithin({ sentMs }: Shop, withinMs: number): void {
  expect(sentMs).toHaveLength(1)
  expect(sentMs[0]).toBeLessThanOrEqual(withinMs + grainMs)
}

async function expectPerson({ desk }: Shop): Promise<void> {
  expect(desk.said()).toEqual([textsOf('en').handOff])
  const id = await desk.conversation()
  expect(await desk.auronx.conversations.get(desk.system, id)).toMatchObject({ owner: 'queue' })
  const [turn] = await desk.auronx.turns.list(desk.system, { conversationId: id, limit: 10 })
  expect(turn?.outcome).toBe('handed_off')
  expect(turn?.record?.steps).toContainEqual({ step: 'assistant', outcome: 'gave_up' })
}
