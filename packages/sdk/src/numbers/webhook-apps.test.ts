import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import { createMemoryAccountStore, createMemoryChannelDirectory } from '../accounts/index.ts'
import { createMemoryInboxStore, createInbox } from '../inbox/index.ts'
import {
  AuronxError,
  asId,
  createIds,
  createMemoryDatabase,
  createMemoryWork,
  silentLogger,
} from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import {
  createMemorySealingKeyStore,
  createRootKeys,
  createSealer,
  createSecret,
} from '../secrets/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import {
  createAppWebhooks,
  createMemoryAppDirectory,
  createMemoryCredentialStore,
  createMemorySealedCredentials,
  credentialCacheMs,
  credentialContract,
} from './index.ts'
import type { AppDelivery, AppWebhookDeps, CredentialSubject } from './index.ts'
import { sealCredential } from './sealing.ts'

const storesOf = (database: MemoryDatabase, tenantId: TenantId) => ({
  accounts: createMemoryAccountStore(database, tenantId),
  credentials: createMemoryCredentialStore(database, tenantId),
  sealingKeys: createMemorySealingKeyStore(database, tenantId),
  sealedCredentials: createMemorySealedCredentials(database, tenantId),
})

function open(more: Partial<AppWebhookDeps> = {}) {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const database = createMemoryDatabase()
  const work = createMemoryWork(database, storesOf)
  const secrets = createRootKeys([{ version: 1, bytes: createSecret(random.bytes(32)) }], random)
  const sealer = createSealer({ secrets, work, clock, random })
  const accepted: { readonly numbers: readonly string[]; readonly delivery: AppDelivery }[] = []
  const webhooks = createAppWebhooks({
    directory: createMemoryAppDirectory(database),
    work,
    sealer,
    clock,
    random,
    accept: async (events, delivery) => {
      const numbers = events.flatMap((event) => event.phoneNumberId ?? [])
      accepted.push({ numbers, delivery })
    },
    ...more,
  })
  const addApp = async (tenantId: TenantId, appId: string): Promise<void> => {
    const owner = { kind: 'app', id: appId } as const
    const at = clock.now()
    const given = [
      { owner, kind: 'app_secret', value: createSecret(`secret of ${appId}`), at },
      { owner, kind: 'verify_token', value: createSecret(`token of ${appId}`), at },
    ] as const
    const sealed = await Promise.all(given.map((one) => sealCredential(sealer, tenantId, one)))
    await work.run(tenantId, async ({ credentials }) => {
      await credentials.claimApp(appId)
      for (const one of sealed) await credentials.put(one)
    })
  }
  const tenants = [ids.next('TenantId'), ids.next('TenantId')] as const
  const directory = createMemoryChannelDirectory(database)
  return {
    clock,
    random,
    ids,
    database,
    work,
    sealer,
    webhooks,
    accepted,
    addApp,
    tenants,
    directory,
  }
}

const bodyFor = (phoneNumberId: string): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '800000000000001',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
                contacts: [{ profile: { name: 'Ana' }, wa_id: '15550100101' }],
                messages: [
                  {
                    from: '15550100101',
                    id: 'wamid.1',
                    timestamp: String(createFakeClock().now().getTime() / 1_000),
                    type: 'text',
                    text: { body: 'hi' },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  )

const signedBy = (secret: string, body: Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

describe('one webhook for several Meta apps', () => {
  test('names the app whose secret verified the delivery', async () => {
    const { webhooks, accepted, addApp, tenants } = open()
    await addApp(tenants[0], '700000000000001')
    await addApp(tenants[1], '700000000000002')
    const webhook = await webhooks.current()
    for (const appId of ['700000000000001', '700000000000002']) {
      const body = bodyFor('900000000000001')
      const reply = await webhook.receive(body, signedBy(`secret of ${appId}`, body))
      expect(reply.status).toBe(200)
      expect(accepted.at(-1)?.delivery.appId).toBe(appId)
    }
  })

  test("keeps a tenant's own app from speaking for another tenant's number", async () => {
    const shop = open()
    const reports: string[] = []
    const inbox = createInbox({
      store: createMemoryInboxStore(shop.database),
      directory: shop.directory,
      clock: shop.clock,
      ids: shop.ids,
      logger: silentLogger,
    })
    const webhooks = createAppWebhooks({
      directory: createMemoryAppDirectory(shop.database),
      work: shop.work,
      sealer: shop.sealer,
      clock: shop.clock,
      random: shop.random,
      accept: async (events, { appId }) => {
        const report = await inbox.accept(events, { appId })
        reports.push(`${report.accepted} accepted, ${report.refused} refused`)
      },
    })
    const [tenantId, intruder] = shop.tenants
    await shop.addApp(tenantId, '700000000000001')
    await shop.addApp(intruder, '700000000000002')
    await shop.work.run(tenantId, ({ accounts }) =>
      accounts.saveChannel({
        id: asId('ChannelId', shop.ids.next('ChannelId')),
        appId: '700000000000001',
        phoneNumberId: '900000000000001',
        businessAccountId: '800000000000001',
        displayPhoneNumber: '15550100001',
        status: 'active',
        version: 1,
      }),
    )
    const webhook = await webhooks.current()
    const body = bodyFor('900000000000001')
    expect((await webhook.receive(body, signedBy('secret of 700000000000002', body))).status).toBe(
      200,
    )
    expect((await webhook.receive(body, signedBy('secret of 700000000000001', body))).status).toBe(
      200,
    )
    expect(reports).toEqual(['0 accepted, 1 refused', '1 accepted, 0 refused'])
  })

  test('answers the challenge of every app and of no other token', async () => {
    const { webhooks, addApp, tenants } = open()
    await addApp(tenants[0], '700000000000001')
    await addApp(tenants[1], '700000000000002')
    const webhook = await webhooks.current()
    const ask = (token: string) =>
      webhook.begin({
        method: 'GET',
        query: new URLSearchParams({
          'hub.mode': 'subscribe',
          'hub.challenge': 'c-1',
          'hub.verify_token': token,
        }),
      })?.status
    expect(ask('token of 700000000000001')).toBe(200)
    expect(ask('token of 700000000000002')).toBe(200)
    expect(ask('token of 700000000000003')).toBe(403)
    expect(ask('')).toBe(403)
  })

  test('turns everything away without any app', async () => {
    const { webhooks, accepted } = open()
    const webhook = await webhooks.current()
    const body = bodyFor('900000000000001')
    for (const secret of ['x', 'secret of ', '0'.repeat(64)])
      expect((await webhook.receive(body, signedBy(secret, body))).status).toBe(401)
    expect(accepted).toEqual([])
  })

  test('knows a new app within a minute, and at once when told', async () => {
    const { webhooks, addApp, tenants, clock } = open()
    const body = bodyFor('900000000000001')
    const receive = async () =>
      (await webhooks.current().then((one) => one.receive(body, signedBy('secret of 7', body))))
        .status
    expect(await receive()).toBe(401)
    await addApp(tenants[0], '7')
    expect(await receive()).toBe(401)
    clock.advance(credentialCacheMs)
    expect(await receive()).toBe(200)
    const told = open()
    await told.webhooks.current()
    await told.addApp(told.tenants[0], '8')
    told.webhooks.forget()
    const webhook = await told.webhooks.current()
    expect((await webhook.receive(body, signedBy('secret of 8', body))).status).toBe(200)
  })

  test('takes configured apps beside the stored ones', async () => {
    const { webhooks, accepted } = open({
      fixed: [
        {
          appId: 'configured',
          appSecret: createSecret('from the environment'),
          verifyToken: createSecret('also'),
        },
      ],
    })
    const body = bodyFor('900000000000001')
    const webhook = await webhooks.current()
    expect((await webhook.receive(body, signedBy('from the environment', body))).status).toBe(200)
    expect(accepted[0]?.delivery.appId).toBe('configured')
  })

  test('goes on with the apps it knew while the database is away', async () => {
    let isAway = false
    const shop = open()
    const apps = createMemoryAppDirectory(shop.database)
    const webhooks = createAppWebhooks({
      ...shop,
      accept: async () => undefined,
      directory: {
        apps: async () => {
          if (isAway) throw new AuronxError('storage_unavailable', 'away', { retryable: true })
          return apps.apps()
        },
      },
    })
    isAway = true
    await expect(webhooks.current()).rejects.toMatchObject({ code: 'storage_unavailable' })
    isAway = false
    await shop.addApp(shop.tenants[0], '7')
    await webhooks.current()
    isAway = true
    shop.clock.advance(credentialCacheMs)
    const body = bodyFor('900000000000001')
    const webhook = await webhooks.current()
    expect((await webhook.receive(body, signedBy('secret of 7', body))).status).toBe(200)
  })

  test("takes the others' deliveries when one app's secret does not open, and logs no content", async () => {
    const lines: string[] = []
    const note = (message: string, fields?: object): void =>
      void lines.push(`${message} ${JSON.stringify(fields)}`)
    const logger = { debug: note, info: note, warn: note, error: note }
    const shop = open({ logger })
    await shop.addApp(shop.tenants[0], '7')
    await shop.addApp(shop.tenants[1], '8')
    await shop.work.run(shop.tenants[0], async ({ credentials }) => {
      for (const one of await credentials.list())
        await credentials.put({
          ...one,
          sealed: new Uint8Array(one.sealed.with(-1, (one.sealed.at(-1) ?? 0) ^ 1)),
        })
    })
    const webhook = await shop.webhooks.current()
    const body = bodyFor('900000000000001')
    expect((await webhook.receive(body, signedBy('secret of 8', body))).status).toBe(200)
    expect((await webhook.receive(body, signedBy('secret of 7', body))).status).toBe(401)
    expect(lines.join()).toContain('"app":"7"')
    expect(lines.join()).not.toContain('secret of')
  })
})

describe('credentials in memory', () =>
  runContract(
    {
      test,
      assert: nodeAssert,
      open: async (): Promise<CredentialSubject> => {
        const shop = open()
        for (const [index, tenantId] of shop.tenants.entries()) {
          await shop.work.run(tenantId, ({ accounts }) =>
            accounts.saveChannel({
              id: shop.ids.next('ChannelId'),
              appId: 'app',
              phoneNumberId: `90000000000000${index}`,
              businessAccountId: `80000000000000${index}`,
              displayPhoneNumber: `1555010000${index}`,
              status: 'active',
              version: 1,
            }),
          )
        }
        return { ...shop, apps: createMemoryAppDirectory(shop.database) }
      },
    },
    credentialContract,
  ))
