import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFaults } from './faults.ts'
import type { Rehearsal } from './rehearsal.fixture.ts'
import { recordOf, seededRandom, startRehearsal } from './rehearsal.fixture.ts'

let stage: Rehearsal
let anaId: string

beforeEach(async () => {
  stage = await startRehearsal()
  anaId = stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' }).id
  stage.simulator.customers.sendText(anaId, 'hi')
  await stage.simulator.idle()
})
afterEach(() => stage.stop())

function send(signal?: AbortSignal): Promise<Response> {
  return fetch(`${stage.address.graphUrl}/106540352242922/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: '+15550100101',
      type: 'text',
      text: { body: 'hello' },
      biz_opaque_callback_data: 'intent',
    }),
    ...(signal === undefined ? {} : { signal }),
  })
}

describe('a fault of Graph', () => {
  for (const moment of ['before', 'after'] as const) {
    const count = moment === 'after' ? 1 : 0

    it(`that cuts the connection ${moment} the effect leaves ${count} accepted`, async () => {
      stage.simulator.faults.next({ kind: `reset_${moment}` })
      await expect(send()).rejects.toThrow('fetch failed')
      await stage.simulator.idle()
      expect(stage.simulator.accepted()).toHaveLength(count)
      expect(stage.statuses()).toHaveLength(2 * count)
    })

    it(`that answers 500 ${moment} the effect leaves ${count} accepted`, async () => {
      stage.simulator.faults.next({ kind: `http_500_${moment}` })
      const answer = await send()
      expect(answer.status).toBe(500)
      expect(recordOf(await answer.json())['error']).toMatchObject({ code: 131000 })
      expect(stage.simulator.accepted()).toHaveLength(count)
    })

    it(`that never answers ${moment} the effect leaves ${count} accepted`, async () => {
      stage.simulator.faults.next({ kind: `timeout_${moment}` })
      const stop = new AbortController()
      const attempt = send(stop.signal)
      await untilGraphCalled(1)
      stop.abort()
      await expect(attempt).rejects.toThrow('abort')
      expect(stage.simulator.accepted()).toHaveLength(count)
    })
  }

  it('hits as often as it says, then is used up', async () => {
    stage.simulator.faults.next({ kind: 'error', code: 130429, times: 2 })
    const answers = [await send(), await send(), await send()]
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 200])
    expect(stage.simulator.faults.pending()).toEqual([])
  })

  it('can be a gateway’s page, or nothing', async () => {
    stage.simulator.faults.next({ kind: 'http_500_before', body: 'html' })
    stage.simulator.faults.next({ kind: 'http_500_before', body: 'empty' })
    const first = await send()
    expect([first.status, first.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await (await send()).text()).toBe('')
  })

  it('can be slowness, until time moves', async () => {
    stage.simulator.faults.next({ kind: 'slow', delayMs: 3000 })
    const attempt = send()
    await until(() => stage.time.pending() === 1)
    stage.time.advance(3000)
    expect((await attempt).status).toBe(200)
  })

  it('leaves other endpoints alone unless it is meant for them', async () => {
    stage.simulator.faults.next({ kind: 'error', code: 131016 })
    expect((await stage.graph('GET', '106540352242922')).status).toBe(200)
    stage.simulator.faults.clear()
    stage.simulator.faults.next({ kind: 'error', code: 2, on: 'any' })
    expect((await stage.graph('GET', '106540352242922')).status).toBe(503)
  })

  it('by chance is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, probability) => {
        const draw = (): boolean[] => {
          const faults = createFaults(seededRandom(1))
          faults.next({ kind: 'reset_before', times: Infinity, probability, seed })
          return Array.from({ length: 50 }, () => faults.take('messages') !== undefined)
        }
        expect(draw()).toEqual(draw())
      }),
    )
  })
})

describe('a fault of the webhooks', () => {
  it('can deliver every update twice', async () => {
    stage.simulator.faults.webhooks({ duplicate: 1, seed: 1 })
    await send()
    await stage.simulator.idle()
    expect(stage.statuses()).toHaveLength(4)
    expect(new Set(stage.statuses()).size).toBe(2)
  })

  it('can drop statuses of one kind', async () => {
    stage.simulator.faults.webhooks({ drop: { delivered: 1 } })
    await send()
    await stage.simulator.idle()
    expect(stage.statuses().map((each) => each.split(': ')[1])).toEqual(['sent'])
  })

  it('can let later updates overtake, without losing any', async () => {
    stage.simulator.faults.webhooks({ reorder: 0.5, seed: 4 })
    for (let index = 0; index < 20; index += 1)
      stage.simulator.customers.sendText(anaId, `m${index}`)
    await stage.simulator.idle()
    const bodies = stage.received.slice(1).map((post) => /"body":"(m\d+)"/.exec(post.body)?.[1])
    const inOrder = Array.from({ length: 20 }, (_item, index) => `m${index}`)
    expect(bodies).not.toEqual(inOrder)
    expect(new Set(bodies)).toEqual(new Set(inOrder))
  })

  it('can hold updates back until time moves', async () => {
    stage.simulator.faults.webhooks({ delay: 1, delayMs: [500, 500] })
    stage.simulator.customers.sendText(anaId, 'late')
    expect(stage.received).toHaveLength(1)
    stage.time.advance(500)
    await stage.simulator.idle()
    expect(stage.received).toHaveLength(2)
  })
})

async function untilGraphCalled(times: number): Promise<void> {
  await until(
    () =>
      stage.simulator.transcript().filter(({ event }) => event.kind === 'graph').length >= times,
  )
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
