import { idempotencyKeepMs, isAuronxError, runOnce } from '@auronx/sdk'
import type { IdempotentRequest } from '@auronx/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresIdempotencyStore } from './idempotency.ts'
import { openPostgres, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await openPostgres()
})
afterAll(() => engine.close())

const open = () =>
  openSubject(engine, (sql, tenantId) => ({ keys: createPostgresIdempotencyStore(sql, tenantId) }))

function request(at: Date, key: string): IdempotentRequest {
  const expiresAt = new Date(at.getTime() + idempotencyKeepMs)
  return { principal: 'key:1', key, fingerprint: 'f', at, expiresAt }
}

test('runs 100 concurrent requests over 5 keys five times and answers all of them alike', async () => {
  const { work, tenants, clock } = await open()
  let runs = 0
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      work.run(tenants[0], ({ keys }) =>
        runOnce(keys, request(clock.now(), `k-${index % 5}`), () => Promise.resolve((runs += 1))),
      ),
    ),
  )
  expect(runs).toBe(5)
  for (let key = 0; key < 5; key += 1) {
    const responses = answers
      .filter((_, index) => index % 5 === key)
      .map((answer) => answer.response)
    expect(new Set(responses).size).toBe(1)
  }
})

test('says that the first request is still running after two seconds', async () => {
  const { work, tenants, clock } = await open()
  let finish: (value: string) => void = () => undefined
  const effect = new Promise<string>((done) => {
    finish = done
  })
  let started: () => void = () => undefined
  const running = new Promise<void>((done) => {
    started = done
  })
  const first = work.run(tenants[0], ({ keys }) =>
    runOnce(keys, request(clock.now(), 'slow'), () => {
      started()
      return effect
    }),
  )
  await running
  const second = work.run(tenants[0], ({ keys }) => keys.claim(request(clock.now(), 'slow')))
  await expect(second).rejects.toSatisfy(
    (error) => isAuronxError(error, 'idempotency_in_progress') && error.retryable,
  )
  finish('done')
  expect(await first).toEqual({ replayed: false, response: 'done' })
  const third = await work.run(tenants[0], ({ keys }) => keys.claim(request(clock.now(), 'slow')))
  expect(third).toEqual({ kind: 'replay', response: 'done' })
})
