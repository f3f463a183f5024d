import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import { createRotation, createSecret } from '../secrets/index.ts'
import { createChannelTokens, credentialCacheMs } from './index.ts'
import type { Channel } from '../accounts/index.ts'
import type { ConnectRequest } from './index.ts'
import { openNumberShop, planted, request } from './shop.fixture.ts'
import type { NumberShop } from './shop.fixture.ts'

const { signal } = new AbortController()
let shop: NumberShop

beforeEach(async () => {
  shop = await openNumberShop()
})
afterEach(() => shop.close())

async function connected(more: Partial<ConnectRequest> = {}): Promise<Channel> {
  const outcome = await shop.numbers.connect(shop.actor, { ...request, ...more }, signal)
  if (outcome.kind !== 'connected') throw new Error(`refused: ${outcome.words}`)
  return outcome.channel
}

const channels = (): Promise<readonly Channel[]> =>
  shop.work.run(shop.actor.tenantId, ({ accounts }) => accounts.channels())

describe('connecting a number', () => {
  test('asks Meta, stores, subscribes, registers and lets it send', async () => {
    const outcome = await shop.numbers.connect(shop.actor, request, signal)
    expect(outcome).toMatchObject({
      kind: 'connected',
      channel: {
        status: 'active',
        appId: request.appId,
        phoneNumberId: request.phoneNumberId,
        displayPhoneNumber: '15550100001',
      },
      facts: {
        verifiedName: 'Simulated shop',
        quality: 'GREEN',
        throughput: 'STANDARD',
        status: 'CONNECTED',
        canSend: 'available',
        obstacles: [],
      },
    })
    const calls = shop.simulator
      .transcript()
      .flatMap(({ event }) => (event.kind === 'graph' ? [`${event.method} ${event.path}`] : []))
    expect(calls).toEqual([
      'GET debug_token',
      'GET :id/phone_numbers',
      'GET :id',
      'POST :id/subscribed_apps',
      'POST :id/register',
    ])
    expect(await shop.directory.routes({ phoneNumberId: request.phoneNumberId })).toHaveLength(1)
    expect(await shop.apps.apps()).toEqual([
      { tenantId: shop.actor.tenantId, appId: request.appId },
    ])
    expect(shop.changed).toEqual([request.phoneNumberId])
  })

  test('again keeps the number and replaces its credentials', async () => {
    const first = await connected()
    const second = await connected()
    expect(second.id).toBe(first.id)
    expect(await channels()).toHaveLength(1)
    expect(await shop.numbers.credentials(shop.actor)).toHaveLength(4)
  })

  test('shows the ends of long credentials, nothing of the PIN, and never a value', async () => {
    await connected()
    const facts = await shop.numbers.credentials(shop.actor)
    expect(
      facts
        .map(({ kind, lastFour }) => [kind, lastFour])
        .toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
    ).toEqual([
      ['access_token', '7f31'],
      ['app_secret', 'abcd'],
      ['pin', undefined],
      ['verify_token', 'z-42'],
    ])
    expect(JSON.stringify(facts)).not.toContain('planted')
    expect(facts.every((one) => !('sealed' in one))).toBe(true)
  })

  test.each([
    ['a phone number as id', { phoneNumberId: '+15550100001' }, 'input', 'id-malformed'],
    ['a path as id', { businessAccountId: '1/../2' }, 'input', 'id-malformed'],
    ['an empty token', { accessToken: createSecret(' ') }, 'input', 'credentials-missing'],
    ['a PIN of five digits', { pin: createSecret('12345') }, 'input', 'pin-malformed'],
    ['another token', { accessToken: createSecret('EAAG-other') }, 'token', 'token-invalid'],
    ['another app secret', { appSecret: createSecret('wrong') }, 'token', 'token-invalid'],
    ['another app', { appId: '700000000000002' }, 'token', 'token-invalid'],
    [
      'an account that is not its',
      { businessAccountId: '800000000000002' },
      'token',
      'permission-missing',
    ],
    [
      'a number of another account',
      { phoneNumberId: '900000000000002' },
      'account',
      'number-not-in-account',
    ],
  ] as const)('refuses %s in words and stores nothing', async (_name, more, step, problem) => {
    const outcome = await shop.numbers.connect(shop.actor, { ...request, ...more }, signal)
    expect(outcome).toMatchObject({ kind: 'refused', step, problem })
    expect(outcome.kind === 'refused' ? outcome.words : '').toMatch(/^[A-Z].*\.$/)
    expect(JSON.stringify(outcome)).not.toContain('planted')
    expect(await channels()).toEqual([])
    expect(await shop.numbers.credentials(shop.actor)).toEqual([])
    expect(await shop.apps.apps()).toEqual([])
  })

  test('refuses a token without the permission to send', async () => {
    await shop.close()
    shop = await openNumberShop({ tokenScopes: ['whatsapp_business_management'] })
    expect(await shop.numbers.connect(shop.actor, request, signal)).toMatchObject({
      step: 'token',
      problem: 'permission-missing',
      words: 'The access token lacks whatsapp_business_messaging.',
    })
  })

  test('refuses an expired token', async () => {
    shop.simulator.expireToken()
    expect(await shop.numbers.connect(shop.actor, request, signal)).toMatchObject({
      step: 'token',
      problem: 'token-invalid',
    })
  })

  test('leaves a new number with a wrong PIN stopped, does not try it again, and goes on with the right one', async () => {
    const first = await connected()
    await shop.numbers.disconnect(shop.actor, first.id, signal)
    const wrong = { ...request, pin: createSecret('000000') }
    expect(await shop.numbers.connect(shop.actor, wrong, signal)).toMatchObject({
      step: 'register',
      problem: 'pin-wrong',
      code: 133005,
    })
    expect(await channels()).toMatchObject([{ status: 'stopped', stoppedReason: 'connecting' }])
    const registrations = shop.simulator
      .transcript()
      .filter(({ event }) => event.kind === 'graph' && event.path.endsWith('/register'))
    expect(registrations).toHaveLength(2)
    const facts = await shop.numbers.credentials(shop.actor)
    expect(facts.map(({ kind }) => kind)).not.toContain('pin')
    await connected()
    expect(await channels()).toMatchObject([{ status: 'active' }])
  })

  test('keeps a number sending, and its PIN, when somebody connects it again with a wrong one', async () => {
    await connected()
    const before = await shop.numbers.credentials(shop.actor)
    shop.clock.advance(1_000)
    const wrong = { ...request, pin: createSecret('000000') }
    expect(await shop.numbers.connect(shop.actor, wrong, signal)).toMatchObject({
      step: 'register',
      problem: 'pin-wrong',
    })
    expect(await channels()).toMatchObject([{ status: 'active' }])
    const after = await shop.numbers.credentials(shop.actor)
    const pin = (facts: typeof after) => facts.find(({ kind }) => kind === 'pin')
    expect(pin(after)).toEqual(pin(before))
  })

  test('says when a number was registered too often', async () => {
    for (let count = 0; count < 10; count += 1) await connected()
    expect(await shop.numbers.connect(shop.actor, request, signal)).toMatchObject({
      step: 'register',
      problem: 'too-many-registrations',
    })
    shop.clock.advance(72 * 3_600_000)
    await connected()
  })

  test('asks for a PIN only while the number is not registered', async () => {
    const { pin: _pin, ...withoutPin } = request
    expect(await shop.numbers.connect(shop.actor, withoutPin, signal)).toMatchObject({
      kind: 'connected',
    })
    const channel = await connected()
    await shop.numbers.disconnect(shop.actor, channel.id, signal)
    expect(await shop.numbers.connect(shop.actor, withoutPin, signal)).toMatchObject({
      step: 'register',
      problem: 'pin-needed',
    })
  })

  test('refuses a number that another business here has', async () => {
    await connected()
    expect(await shop.numbers.connect(shop.other, request, signal)).toMatchObject({
      step: 'store',
      problem: 'taken',
    })
    expect(await shop.numbers.credentials(shop.other)).toEqual([])
  })

  test('under an app of the platform needs and keeps none of its secrets', async () => {
    await shop.close()
    const { appSecret, verifyToken, ...rest } = request
    if (appSecret === undefined || verifyToken === undefined)
      throw new Error('The request has both')
    shop = await openNumberShop({}, [{ appId: request.appId, appSecret, verifyToken }])
    const outcome = await shop.numbers.connect(shop.actor, rest, signal)
    if (outcome.kind !== 'connected') throw new Error(outcome.words)
    const facts = await shop.numbers.credentials(shop.actor)
    expect(facts.map(({ kind }) => kind).toSorted()).toEqual(['access_token', 'pin'])
    expect(await shop.apps.apps()).toEqual([])
    const { id } = outcome.channel
    expect(await shop.numbers.health(shop.actor, id, signal)).toMatchObject({ kind: 'read' })
    expect((await shop.numbers.disconnect(shop.actor, id, signal)).left).toEqual([])
  })

  test('under an app of its own needs the secrets of the app', async () => {
    const { appSecret: _secret, ...rest } = request
    expect(await shop.numbers.connect(shop.actor, rest, signal)).toMatchObject({
      step: 'input',
      problem: 'credentials-missing',
    })
  })

  test('says that Meta could not be reached, and stores nothing', async () => {
    await shop.simulator.close()
    expect(await shop.numbers.connect(shop.actor, request, signal)).toMatchObject({
      step: 'token',
      problem: 'unreachable',
    })
    expect(await channels()).toEqual([])
  })

  test.each(['http_500_before', 'reset_after'] as const)(
    'goes on where it was when Meta failed in the middle with %s',
    async (kind) => {
      for (let call = 1; call <= 5; call += 1) {
        await shop.close()
        shop = await openNumberShop()
        const { faults } = shop.simulator
        if (call > 1) faults.next({ kind: 'slow', delayMs: 0, on: 'any', times: call - 1 })
        faults.next({ kind, on: 'any' })
        const outcome = await shop.numbers.connect(shop.actor, request, signal)
        expect(outcome.kind).toBe('refused')
        expect((await channels()).every((channel) => channel.status === 'stopped')).toBe(true)
        expect((await connected()).status).toBe('active')
      }
    },
  )
})

describe('a connected number', () => {
  test('reports its health', async () => {
    const channel = await connected()
    expect(await shop.numbers.health(shop.actor, channel.id, signal)).toMatchObject({
      kind: 'read',
      facts: { canSend: 'available', quality: 'GREEN' },
    })
    shop.simulator.expireToken()
    expect(await shop.numbers.health(shop.actor, channel.id, signal)).toMatchObject({
      kind: 'refused',
      problem: 'token-invalid',
    })
  })

  test('is not there for another tenant', async () => {
    const channel = await connected()
    for (const attempt of [
      shop.numbers.health(shop.other, channel.id, signal),
      shop.numbers.disconnect(shop.other, channel.id, signal),
      shop.numbers.replaceToken(
        shop.other,
        { id: channel.id, accessToken: createSecret('x') },
        signal,
      ),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      shop.numbers.health(shop.actor, asId('ChannelId', 'none'), signal),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('takes a new token once Meta calls it good, and sends again when it was stopped for the old', async () => {
    const channel = await connected()
    await shop.work.run(shop.actor.tenantId, ({ accounts }) =>
      accounts.saveChannel({
        ...channel,
        status: 'stopped',
        stoppedReason: 'credentials',
        version: channel.version + 1,
      }),
    )
    const accessToken = createSecret('EAAG-planted-second-token-91aa')
    const replace = () =>
      shop.numbers.replaceToken(shop.actor, { id: channel.id, accessToken }, signal)
    expect(await replace()).toMatchObject({ kind: 'refused', problem: 'token-invalid' })
    expect(await channels()).toMatchObject([{ status: 'stopped' }])
    shop.simulator.renewToken(accessToken.reveal())
    expect(await replace()).toMatchObject({ kind: 'replaced', channel: { status: 'active' } })
  })

  test('is disconnected at Meta and here, without its credentials', async () => {
    const channel = await connected()
    expect(await shop.numbers.disconnect(shop.actor, channel.id, signal)).toEqual({
      kind: 'disconnected',
      left: [],
    })
    expect(await channels()).toMatchObject([{ status: 'stopped', stoppedReason: 'disconnected' }])
    expect(await shop.numbers.credentials(shop.actor)).toEqual([])
    expect(await shop.directory.routes({ phoneNumberId: request.phoneNumberId })).toEqual([])
    expect(await shop.apps.apps()).toEqual([])
    const calls = shop.simulator
      .transcript()
      .flatMap(({ event }) => (event.kind === 'graph' ? [`${event.method} ${event.path}`] : []))
    expect(calls.slice(-2)).toEqual(['POST :id/deregister', 'DELETE :id/subscribed_apps'])
    expect(
      await shop.numbers.connect(shop.other, request, signal),
      'another business may connect it then',
    ).toMatchObject({ kind: 'connected' })
  })

  test('is disconnected here also when Meta cannot be told, and says what is left to do', async () => {
    const channel = await connected()
    await shop.simulator.close()
    const outcome = await shop.numbers.disconnect(shop.actor, channel.id, signal)
    expect(outcome.left.map(({ step }) => step)).toEqual(['deregister', 'subscribe'])
    expect(await shop.numbers.credentials(shop.actor)).toEqual([])
    const again = await shop.numbers.disconnect(shop.actor, channel.id, signal)
    expect(again.left).toMatchObject([{ problem: 'credentials-missing' }])
  })
})

describe('tokens for the messenger', () => {
  const open = () => createChannelTokens(shop)

  test('are found by number, and kept for a minute at most', async () => {
    const tokens = open()
    const channel = await connected()
    expect(await tokens.token(request.phoneNumberId)).toBe(planted.accessToken)
    await shop.numbers.disconnect(shop.actor, channel.id, signal)
    shop.clock.advance(credentialCacheMs - 1)
    expect(await tokens.token(request.phoneNumberId)).toBe(planted.accessToken)
    shop.clock.advance(1)
    await expect(tokens.token(request.phoneNumberId)).rejects.toMatchObject({
      code: 'not_found',
      retryable: false,
    })
  })

  test('are read anew when they are forgotten, and a failure is not kept', async () => {
    const tokens = open()
    await expect(tokens.token(request.phoneNumberId)).rejects.toMatchObject({ code: 'not_found' })
    const channel = await connected()
    expect(await tokens.token(request.phoneNumberId)).toBe(planted.accessToken)
    await shop.numbers.disconnect(shop.actor, channel.id, signal)
    tokens.forget(request.phoneNumberId)
    await expect(tokens.token(request.phoneNumberId)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('are good after the rotation of a tenant’s key', async () => {
    await connected()
    const rotation = createRotation({
      ...shop,
      directory: shop.keys,
      platformColumns: [],
    })
    await rotation.renew(shop.actor.tenantId)
    expect(await rotation.reseal(shop.actor.tenantId, signal)).toEqual({ changed: 4, failed: 0 })
    shop.clock.advance(120_000)
    expect(await rotation.destroyRetired(shop.actor.tenantId)).toEqual([1])
    expect(await open().token(request.phoneNumberId)).toBe(planted.accessToken)
  })
})
