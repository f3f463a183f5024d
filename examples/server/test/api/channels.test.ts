import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAuronxError } from '@auronx/sdk'
import { createClient } from '@auronx/sdk/client'
import type { Client } from '@auronx/sdk/client'
import { openApiFloor, simulated } from './floor.ts'
import type { ApiBusiness, ApiFloor } from './floor.ts'

let floor: ApiFloor
let shop: ApiBusiness
let client: Client

beforeAll(async () => {
  floor = await openApiFloor()
  shop = await floor.signUp('owner@shop.test')
  client = clientOf(shop.token)
})

afterAll(() => floor.close())

function clientOf(token: string): Client {
  return createClient({ baseUrl: floor.url, token: () => token, retries: 0 })
}

const { phoneNumberId, wabaId, appId, accessToken, appSecret } = simulated
const secrets = { accessToken, appSecret, verifyToken: 'simulated-verify-token', pin: '271828' }
const request = { phoneNumberId, businessAccountId: wabaId, appId, ...secrets }

function callsToMeta(): readonly string[] {
  return floor.simulator
    .transcript()
    .flatMap(({ event }) => (event.kind === 'graph' ? [`${event.method} ${event.path}`] : []))
}

async function problemOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isAuronxError(error) ? error.details['problem'] : error
}

test('a number is connected by token and ids, looked after and disconnected for good', async () => {
  const wrong = { ...request, accessToken: 'EAAG-of-somebody-else' }
  expect(await problemOf(client.channels.connect({ body: wrong }))).toBe('number_refused')
  expect((await client.channels.list({})).data).toEqual([])

  const before = callsToMeta().length
  const channel = await client.channels.connect({ body: request })
  expect(channel).toMatchObject({ status: 'active', phoneNumberId, appId })
  expect(callsToMeta().slice(before)).toEqual([
    'GET debug_token',
    'GET :id/phone_numbers',
    'GET :id',
    'POST :id/subscribed_apps',
    'POST :id/register',
  ])
  const params = { id: channel.id }
  const health = await client.channels.health({ params })
  expect(health).toMatchObject({ canSend: 'available', status: 'CONNECTED', obstacles: [] })
  expect(await problemOf(client.channels.resume({ params }))).toBe('illegal_transition')
  expect(await client.channels.replaceToken({ params, body: { accessToken } })).toMatchObject(
    params,
  )

  expect(await client.channels.disconnect({ params })).toEqual({ ...params, left: [] })
  expect(callsToMeta().slice(-2)).toEqual(['POST :id/deregister', 'DELETE :id/subscribed_apps'])
  expect((await client.channels.list({})).data[0]).toMatchObject({
    status: 'stopped',
    stoppedReason: 'disconnected',
  })
  expect(await problemOf(client.channels.resume({ params }))).toBe('illegal_transition')
  expect(await problemOf(client.channels.health({ params }))).toBe('number_refused')

  const again = await client.channels.connect({ body: request })
  expect(again).toMatchObject({ id: channel.id, status: 'active' })
})

test('what happened to a number stands in the audit log, in the order in which it was done', async () => {
  const { data } = await client.audit.list({ query: { limit: 200 } })
  const numbers = data.filter(({ action }) => action.startsWith('number.'))
  expect(numbers.map(({ action }) => action)).toEqual([
    'number.stored',
    'number.connected',
    'number.token-replaced',
    'number.disconnecting',
    'number.disconnected',
    'number.stored',
    'number.connected',
  ])
  expect(new Set(numbers.map(({ actor }) => `${actor.kind} ${actor.via}`))).toEqual(
    new Set(['staff api']),
  )
})

test('no secret of a number comes out of the API or stands in the database as it is', async () => {
  const rows = await floor.client.query({
    name: 'channel_test_dump',
    text: `select (select string_agg(c::text, '') from auronx.credentials c) as credentials,
      (select string_agg(l::text, '') from auronx.audit_log l) as audit,
      (select string_agg(k::text, '') from auronx.idempotency_keys k) as keys`,
    values: [],
  })
  const seen = [
    JSON.stringify(rows),
    JSON.stringify(await client.channels.list({})),
    JSON.stringify(await client.audit.list({})),
  ].join('')
  for (const secret of Object.values(secrets)) expect(seen).not.toContain(secret)
})

test('another business cannot connect a number that is taken', async () => {
  const other = clientOf((await floor.signUp('owner@other.test')).token)
  expect(await problemOf(other.channels.connect({ body: request }))).toBe('number_refused')
})
