import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { isAuronxError } from '@auronx/sdk'
import { createFakeClock } from '@auronx/sdk/testing'
import { createBrake } from '../src/http/brake.ts'
import { createClientAddress, isProxyName } from '../src/http/client-address.ts'
import { createRateLimiter } from '../src/http/rate.ts'
import { createSlowSignIn, freeSignIns } from '../src/http/slow-sign-in.ts'

test('a caller has a minute’s worth at once, then one at a time as it fills again', () => {
  const clock = createFakeClock()
  const limiter = createRateLimiter(clock)
  const take = () => limiter.take('key:1', 60)
  const first = Array.from({ length: 60 }, take)
  expect(first.every(({ isAllowed }) => isAllowed)).toBe(true)
  expect(first.at(-1)).toEqual({ isAllowed: true, left: 0, resetSeconds: 1 })
  expect(take().isAllowed).toBe(false)
  clock.advance(1_000)
  expect(take().isAllowed).toBe(true)
  expect(take().isAllowed).toBe(false)
  clock.advance(3_600_000)
  expect(take().left).toBe(59)
})

test('callers do not share, and those not seen for long are forgotten', () => {
  const limiter = createRateLimiter(createFakeClock())
  expect(limiter.take('a', 1).isAllowed).toBe(true)
  expect(limiter.take('b', 1).isAllowed).toBe(true)
  expect(limiter.take('a', 1).isAllowed).toBe(false)
  for (let caller = 0; caller < 20_000; caller += 1) limiter.take(`other:${caller}`, 1)
  expect(limiter.take('a', 1).isAllowed).toBe(true)
})

test('addresses of one network share, and proxies are believed only where they are named', () => {
  const at = (socket: string, forwarded?: string, proxies: readonly string[] = []): string => {
    const request = new IncomingMessage(new Socket())
    Object.defineProperty(request.socket, 'remoteAddress', { value: socket })
    if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
    return createClientAddress(proxies)(request)
  }
  const local = ['127.0.0.1', '10.0.0.0/8', '2001:db8:ffff::/48']
  const cases: readonly (readonly [string, string])[] = [
    [at('192.0.2.7'), '192.0.2.0/24'],
    [at('::ffff:192.0.2.9'), '192.0.2.0/24'],
    [at('2001:db8:1:2fe::1'), '2001:db8:1:200::/56'],
    [at('2001:db8::1'), '2001:db8:0:0::/56'],
    [at('127.0.0.1', '198.51.100.3'), '127.0.0.0/24'],
    [at('127.0.0.1', '198.51.100.3', local), '198.51.100.0/24'],
    [at('::ffff:127.0.0.1', '203.0.113.5, 198.51.100.3, 10.1.2.3', local), '198.51.100.0/24'],
    [at('127.0.0.1', '198.51.100.3:4711', local), '198.51.100.0/24'],
    [at('127.0.0.1', '[2001:db8:1:2fe::1]:443', local), '2001:db8:1:200::/56'],
    [at('2001:db8:ffff::1', '198.51.100.3', local), '198.51.100.0/24'],
    [at('127.0.0.1', 'nonsense', local), 'unknown'],
    [at('127.0.0.1', undefined, local), '127.0.0.0/24'],
    [at('192.0.2.7', '10.0.0.1', local), '192.0.2.0/24'],
  ]
  for (const [found, wanted] of cases) expect(found).toBe(wanted)
  expect(
    ['10.0.0.0/33', 'proxy', '1.2.3', '::1/129', '10.0.0.0/8/1', ''].filter(isProxyName),
  ).toEqual([])
  expect(() => createClientAddress(['proxy'])).toThrow('trusted proxy')
})

test('who asks too often waits longer and longer, never for ever, and is let in each time', async () => {
  const clock = createFakeClock()
  const waits: number[] = []
  const brake = createBrake(clock, async (ms) => void waits.push(ms))
  const { signal } = new AbortController()
  for (let asked = 0; asked < 12; asked += 1) await brake.hold('account:a', { free: 3 }, signal)
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000])
  await brake.hold('account:b', { free: 3 }, signal)
  expect(waits).toHaveLength(9)
  clock.advance(60_000)
  await brake.hold('account:a', { free: 3 }, signal)
  expect(waits).toHaveLength(9)
})

test('only so many wait at once, of one fewer than of all', async () => {
  const stop = new AbortController()
  const brake = createBrake(createFakeClock())
  const hold = (who: string): Promise<void> => brake.hold(who, { free: 0 }, stop.signal)
  const isFull = (error: unknown): boolean => isAuronxError(error, 'rate_limited')
  const waiting: Promise<void>[] = []
  for (let one = 0; one < 10; one += 1) {
    waiting.push(...Array.from({ length: 20 }, () => hold(`${one}`)))
    if (one < 9) await expect(hold(`${one}`)).rejects.toSatisfy(isFull)
  }
  await expect(hold('b')).rejects.toSatisfy(isFull)
  stop.abort()
  await Promise.all(waiting)
  await hold('b')
})

test('an account is slowed down however its address is written, for one network alone', async () => {
  const waits: number[] = []
  let network = '192.0.2.0/24'
  const request = new IncomingMessage(new Socket())
  const clock = createFakeClock()
  const slow = createSlowSignIn({
    clock,
    addressOf: () => network,
    closing: new AbortController().signal,
    brake: createBrake(clock, async (ms) => void waits.push(ms)),
  })
  for (let asked = 0; asked < freeSignIns.account; asked += 1)
    await slow.byAccount(request, 'ann@shop.test')
  expect(waits).toEqual([])
  await slow.byAccount(request, ' ANN@shop.test ')
  expect(waits).toEqual([250])
  network = '198.51.100.0/24'
  await slow.byAccount(request, 'ann@shop.test')
  expect(waits).toEqual([250])
  for (let asked = 0; asked < freeSignIns.address; asked += 1) await slow.byAddress(request)
  expect(waits).toEqual([250])
  await slow.byAddress(request)
  expect(waits).toEqual([250, 250])
})
