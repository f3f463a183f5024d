import { Buffer } from 'node:buffer'
import { inspect } from 'node:util'
import {
  createAppWebhooks,
  createAuditLog,
  createAuditor,
  createChannelTokens,
  createIds,
  createNumbers,
  createRandom,
  createRootKeys,
  createRotation,
  createSealer,
  createSecret,
  systemActor,
  verifyAudit,
} from '@auronx/sdk'
import type { Actor, ConnectRequest, Logger, Secret } from '@auronx/sdk'
import { createSimulator } from '@auronx/sdk/simulator'
import type { Simulator } from '@auronx/sdk/simulator'
import { createEgress, createWhatsAppAdmin, createWhatsAppMessenger } from '@auronx/sdk/whatsapp'
import { afterEach, expect, test, vi } from 'vitest'
import { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
import { createPostgresAuditStore } from './audit.ts'
import {
  createPostgresAppDirectory,
  createPostgresCredentialStore,
  createPostgresSealedCredentials,
} from './credentials.ts'
import { createPostgresSealingKeyDirectory, createPostgresSealingKeyStore } from './sealing-keys.ts'
import { defaultNames } from './tenant.ts'
import { eachEngine, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'

const { schema } = defaultNames
const { signal } = new AbortController()
const token = 'EAAG-planted-access-token-7f31'
const secondToken = 'EAAG-planted-second-token-91aa'
const appSecret = 'planted-app-secret-0123456789abcd'
const verifyToken = 'planted-verify-token-xyz-42'
const pin = '314159'
const phone = '15550100177'
const rootKeys = [1, 2].map((version) => ({
  version,
  bytes: createSecret(createRandom().bytes(32)),
}))

const request: ConnectRequest = {
  phoneNumberId: '900000000000777',
  businessAccountId: '800000000000777',
  appId: '700000000000777',
  accessToken: createSecret(token),
  appSecret: createSecret(appSecret),
  verifyToken: createSecret(verifyToken),
  pin: createSecret(pin),
}

let simulator: Simulator | undefined
afterEach(async () => {
  await simulator?.close()
  vi.restoreAllMocks()
})

/** How a value may look in a dump. */
function disguises(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes)
  const base64 = buffer.toString('base64').replaceAll('=', '')
  return [buffer.toString('latin1'), buffer.toString('hex'), base64, buffer.toString('base64url')]
}

function plantedIn(text: string): readonly string[] {
  const texts = [token, secondToken, appSecret, verifyToken].map((one) => Buffer.from(one))
  const keys = rootKeys.map(({ bytes }: { readonly bytes: Secret<Uint8Array> }) => bytes.reveal())
  const found = [...texts, ...keys].flatMap((one) =>
    disguises(one).filter((look) => text.includes(look)),
  )
  // Six digits may be part of any hash; on their own they are the PIN.
  const pinAlone = new RegExp(`(?<![0-9a-zA-Z.-])${pin}(?![0-9a-zA-Z.-])`)
  const pinInHex = Buffer.from(pin).toString('hex')
  return [...found, ...(pinAlone.test(text) || text.includes(pinInHex) ? ['pin'] : [])]
}

async function dump(engine: TestEngine): Promise<string> {
  const tables = await engine.admin(
    `select relname as name from pg_class where relnamespace = 'auronx'::regnamespace and relkind = 'r'`,
  )
  expect(tables.length).toBeGreaterThan(25)
  const parts: string[] = []
  for (const { name } of tables) {
    const rows = await engine.admin(`select t::text as row from auronx.${String(name)} t`)
    for (const { row } of rows) parts.push(`${String(name)}: ${String(row)}`)
  }
  return parts.join('\n')
}

eachEngine((engine) => {
  async function open() {
    const subject = await openSubject(engine(), (sql, tenantId) => ({
      accounts: createPostgresAccountStore(sql, tenantId),
      audit: createPostgresAuditStore(sql, tenantId),
      credentials: createPostgresCredentialStore(sql, tenantId),
      sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
      sealedColumns: [createPostgresSealedCredentials(sql, tenantId)],
    }))
    const { client } = engine()
    const { work, clock } = subject
    const random = createRandom()
    const lines: string[] = []
    const note = (message: string, fields?: object): void =>
      void lines.push(`${message} ${inspect(fields)}`)
    const logger: Logger = { debug: note, info: note, warn: note, error: note }
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
        lines.push(inspect(parts))
      })
    simulator = createSimulator({
      ...subject,
      logger,
      accessToken: token,
      appSecret,
      appId: request.appId,
      phoneNumberId: request.phoneNumberId,
      wabaId: request.businessAccountId,
      displayPhoneNumber: '15550100001',
    })
    const { url } = await simulator.listen()
    const egress = createEgress({ hosts: [], allowLoopback: true })
    const deps = { work, clock, random, logger }
    const secretsOf = (count: number) => createRootKeys(rootKeys.slice(0, count), random)
    const sealer = createSealer({ ...deps, secrets: secretsOf(2) })
    const directory = createPostgresChannelDirectory(client, schema)
    const tokens = createChannelTokens({ ...deps, directory, sealer })
    return {
      ...subject,
      url,
      lines,
      simulator,
      tokens,
      actor: systemActor(subject.tenants[0], 'dashboard'),
      auditor: createAuditor({ clock, random }),
      rotationWith: (count: number) =>
        createRotation({
          ...deps,
          secrets: secretsOf(count),
          platformColumns: [],
          directory: createPostgresSealingKeyDirectory(client, schema),
        }),
      firstSealer: createSealer({ ...deps, secrets: secretsOf(1) }),
      webhooks: createAppWebhooks({
        ...deps,
        directory: createPostgresAppDirectory(client, schema),
        sealer,
        accept: async () => undefined,
      }),
      messenger: createWhatsAppMessenger({
        egress,
        baseUrl: url,
        tokens: (id) => tokens.token(id),
      }),
      numbersWith: (own = sealer) =>
        createNumbers({
          ...deps,
          sealer: own,
          ids: createIds(clock, random),
          admin: createWhatsAppAdmin({ egress, baseUrl: url }),
          onChanged: (id) => tokens.forget(id),
        }),
    }
  }

  type Shop = Awaited<ReturnType<typeof open>>

  const send = async ({ messenger, simulator: phones }: Shop): Promise<string> => {
    const [person = phones.customers.create({ name: 'Ana', phone })] = phones.customers.list()
    phones.customers.sendText(person.id, 'hi')
    const outcome = await messenger.send(
      {
        phoneNumberId: request.phoneNumberId,
        to: { phone },
        message: { kind: 'text', body: 'hello' },
        opaque: 'o-1',
      },
      { signal },
    )
    return outcome.kind
  }

  const audit = (shop: Shop, actor: Actor, action: string): Promise<unknown> =>
    shop.work.run(actor.tenantId, (stores) =>
      shop.auditor.record(stores, actor, {
        action,
        target: { type: 'channel', id: request.phoneNumberId },
        personal: { subjectId: 'ana', values: { phone } },
      }),
    )

  test('a dump after the whole life of a number holds none of its secrets, nor do logs and outcomes', async () => {
    const shop = await open()
    const { actor, lines } = shop
    const said: unknown[] = []
    const expectClean = async (): Promise<void> => {
      expect(plantedIn(await dump(engine()))).toEqual([])
      expect(plantedIn(lines.join('\n'))).toEqual([])
      expect(plantedIn(inspect(said, { depth: 12, showHidden: true }))).toEqual([])
    }

    const wrong = await shop
      .numbersWith(shop.firstSealer)
      .connect(actor, { ...request, accessToken: createSecret(secondToken) }, signal)
    said.push(wrong)
    expect(wrong.kind).toBe('refused')
    const connected = await shop.numbersWith(shop.firstSealer).connect(actor, request, signal)
    said.push(connected)
    if (connected.kind !== 'connected') throw new Error(connected.words)
    await audit(shop, actor, 'number.connected')
    await expectClean()
    expect(await send(shop)).toBe('accepted')
    expect(
      (await shop.webhooks.current()).begin({
        method: 'GET',
        query: new URLSearchParams({
          'hub.mode': 'subscribe',
          'hub.challenge': '1',
          'hub.verify_token': verifyToken,
        }),
      }),
    ).toMatchObject({ status: 200 })

    said.push(await shop.rotationWith(2).rewrap(signal))
    await shop.rotationWith(2).renew(actor.tenantId)
    said.push(await shop.rotationWith(2).reseal(actor.tenantId, signal))
    shop.clock.advance(120_000)
    expect(await shop.rotationWith(2).destroyRetired(actor.tenantId)).toEqual([1])
    await expectClean()
    expect(await send(shop)).toBe('accepted')

    shop.simulator.renewToken(secondToken)
    const { id } = connected.channel
    said.push(
      await shop
        .numbersWith()
        .replaceToken(actor, { id, accessToken: createSecret(secondToken) }, signal),
    )
    expect(await send(shop)).toBe('accepted')
    said.push(await shop.numbersWith().health(actor, id, signal))
    said.push(await shop.numbersWith().credentials(actor))
    await expectClean()

    await engine().admin(
      `update auronx.credentials set sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))`,
    )
    shop.tokens.forget(request.phoneNumberId)
    const broken: unknown = await shop.tokens
      .token(request.phoneNumberId)
      .catch((error: unknown) => error)
    expect(broken).toMatchObject({ code: 'seal_broken' })
    said.push(broken, await shop.numbersWith().disconnect(actor, id, signal))
    await audit(shop, actor, 'number.disconnected')
    await expectClean()
    const rest = await engine().admin('select count(*)::integer as rows from auronx.credentials')
    expect(rest).toEqual([{ rows: 0 }])

    const log = createAuditLog(shop.work)
    expect(await dump(engine())).toContain(phone)
    expect(await log.forget(actor, 'ana')).toBe(2)
    expect(await dump(engine())).not.toContain(phone)
    expect(await verifyAudit(log.export(actor))).toMatchObject({ kind: 'intact', erased: 2 })
  })

  test('the search finds what is there, in every disguise', async () => {
    const shop = await open()
    await shop.numbersWith().connect(shop.actor, request, signal)
    for (const look of disguises(Buffer.from(token))) {
      await engine().admin(`update auronx.channels set stopped_reason = '${look}'`)
      expect(plantedIn(await dump(engine()))).not.toEqual([])
    }
    await engine().admin(`update auronx.channels set stopped_reason = '${pin}'`)
    expect(plantedIn(await dump(engine()))).toEqual(['pin'])
    await engine().admin(`update auronx.channels set stopped_reason = null`)
    expect(plantedIn(await dump(engine()))).toEqual([])
    await engine().admin(
      `update auronx.credentials set sealed = sealed || convert_to('${appSecret}', 'UTF8') where kind = 'pin'`,
    )
    expect(plantedIn(await dump(engine()))).not.toEqual([])
  })
})
