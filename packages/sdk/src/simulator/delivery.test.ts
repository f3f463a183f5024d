import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rehearsal } from './rehearsal.fixture.ts'
import { startRehearsal } from './rehearsal.fixture.ts'

let stage: Rehearsal
let anaId: string

async function open(webhooks: object): Promise<void> {
  stage = await startRehearsal({ webhooks })
  anaId = stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' }).id
}

beforeEach(() => open({ retryDelaysMs: [1000, 5000] }))
afterEach(() => stage.stop())

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

describe('webhook delivery', () => {
  it('tries again with growing pauses until it is answered with 200', async () => {
    stage.answerWith(500, 204)
    stage.simulator.customers.sendText(anaId, 'hi')
    await until(() => stage.time.pending() === 1)
    stage.time.advance(999)
    expect(stage.received).toHaveLength(1)
    stage.time.advance(1)
    await until(() => stage.received.length === 2 && stage.time.pending() === 1)
    stage.time.advance(5000)
    await stage.simulator.idle()
    expect(stage.simulator.deliveries().map(({ status, attempt }) => [status, attempt])).toEqual([
      [500, 1],
      [204, 2],
      [200, 3],
    ])
    expect(new Set(stage.received.map((post) => post.body)).size).toBe(1)
  })

  it('gives up after the last pause', async () => {
    stage.answerWith(503, 503, 503, 503)
    stage.simulator.customers.sendText(anaId, 'hi')
    for (const pause of [1000, 5000]) {
      await until(() => stage.time.pending() === 1)
      stage.time.advance(pause)
    }
    await stage.simulator.idle()
    expect(stage.received).toHaveLength(3)
  })

  it('goes on with other updates while one waits to be tried again', async () => {
    stage.answerWith(500)
    stage.simulator.customers.sendText(anaId, 'first')
    stage.simulator.customers.sendText(anaId, 'second')
    await until(() => stage.received.length === 2)
    expect(stage.received[1]?.body).toContain('second')
    await until(() => stage.time.pending() === 1)
    stage.time.advance(1000)
    await stage.simulator.idle()
    expect(stage.received[2]?.body).toContain('first')
  })

  it('waits for an address', async () => {
    const url = 'http://127.0.0.1:9/'
    stage.simulator.setWebhook(undefined)
    stage.simulator.customers.sendText(anaId, 'hi')
    await stage.simulator.idle()
    expect(stage.received).toHaveLength(0)
    expect(stage.simulator.snapshot()).toContain('"attempt":0')
    stage.simulator.setWebhook(url)
    await until(() => stage.time.pending() === 1)
    expect(stage.simulator.deliveries()[0]?.status).toBe(0)
  })

  it('stops when the simulator closes, and keeps what is pending', async () => {
    stage.answerWith(500)
    stage.simulator.customers.sendText(anaId, 'hi')
    await until(() => stage.time.pending() === 1)
    await stage.simulator.close()
    await stage.simulator.idle()
    expect(stage.time.pending()).toBe(0)
    expect(stage.simulator.snapshot()).toContain('"attempt":1')
  })

  it('puts several updates into one POST when it may', async () => {
    await stage.stop()
    await open({ batchSize: 100 })
    for (let index = 0; index < 250; index += 1)
      stage.simulator.customers.sendText(anaId, `m${index}`)
    await stage.simulator.idle()
    expect(stage.received).toHaveLength(3)
    expect(stage.values()).toHaveLength(250)
  })
})
