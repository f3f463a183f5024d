import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  createPostgresCredentialStore,
  createPostgresSealingKeyStore,
  createPostgresStorage,
  createPostgresUsageDirectory,
  createPostgresUsageStore,
  createPostgresWork,
  defaultNames,
  openPostgresStores,
} from '@auronx/adapters/postgres'
import type { SqlClient } from '@auronx/adapters/postgres'
import {
  actorOf,
  createAuditor,
  createAuronx,
  createEgress,
  createIds,
  createNumbers,
  createRandom,
  createRootKeys,
  createSealer,
  createSecret,
  createSystemClock,
  createUsage,
  silentLogger,
  systemActor,
} from '@auronx/sdk'
import type { Actor, Auronx, Ids, Permission, Role, Stores, TenantId } from '@auronx/sdk'
import { createAuth } from '@auronx/sdk/auth'
import type { Auth } from '@auronx/sdk/auth'
import { createFakeMailer, createFakeMessenger } from '@auronx/sdk/testing'
import type { FakeMailer, FakeMessenger } from '@auronx/sdk/testing'
import { createSimulator } from '@auronx/sdk/simulator'
import type { Simulator } from '@auronx/sdk/simulator'
import { createWhatsAppAdmin } from '@auronx/sdk/whatsapp'
import { createApiRouter } from '../../src/api/api-router.ts'
import type { RateRules } from '../../src/http/rate.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/database.ts'
import { createApp } from '../../src/http/app.ts'
import { createAuthenticate, createRecall } from '../../src/http/authenticate.ts'
import { createCookies } from '../../src/http/cookies.ts'
import { listen } from '../../src/http/server.ts'
import { beginDatabase } from '../begun.ts'

/** The number that the simulated Meta of a floor knows, and what opens it. */
export const simulated = {
  phoneNumberId: '900000000000700',
  wabaId: '800000000000700',
  appId: '700000000000700',
  displayPhoneNumber: '15550100700',
  accessToken: 'EAAG-simulated-access-token',
  appSecret: 'simulated-app-secret-0123456789ab',
} as const

/** A business with an owner that is signed in. */
export interface ApiBusiness {
  readonly tenantId: TenantId
  readonly owner: Actor
  readonly token: string
}

/** The REST API over an embedded PostgreSQL, and people to call it. */
export interface ApiFloor {
  readonly url: string
  readonly auronx: Auronx
  readonly auth: Auth<Stores>
  readonly ids: Ids
  readonly mailer: FakeMailer
  readonly messenger: FakeMessenger
  signUp(email: string): Promise<ApiBusiness>
  /** A member of a role; its access token and actor. */
  join(
    business: ApiBusiness,
    email: string,
    role: Role,
  ): Promise<{ readonly token: string; readonly actor: Actor }>
  /** The `Cookie` header of a browser with this access token. */
  cookieOf(token: string): string
  /** The text of a new key. */
  key(business: ApiBusiness, scopes: readonly Permission[]): Promise<string>
  readonly simulator: Simulator
  /** The database, past row-level security. */
  readonly client: SqlClient
  close(): Promise<void>
}

/** Opens a floor on a folder of its own. */
export async function openApiFloor(rates: Partial<RateRules> = {}): Promise<ApiFloor> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-api-'))
  await beginDatabase(dataDir)
  const outcome = readConfig({ PORT: '0', AURONX_DATA_DIR: dataDir, LOG_LEVEL: 'debug' })
  if (outcome.kind === 'refused') throw new Error(outcome.problems.join('\n'))
  const database = await openDatabase(outcome.config, silentLogger)
  const storage = createPostgresStorage(database.client, defaultNames)
  const clock = createSystemClock()
  const random = createRandom()
  const ids = createIds(clock, random)
  const base = { clock, random, ids, logger: silentLogger }
  const work = createPostgresWork(database.client, defaultNames, (sql, tenantId) => ({
    ...openPostgresStores(sql, tenantId),
    credentials: createPostgresCredentialStore(sql, tenantId),
    sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
    usage: createPostgresUsageStore(sql, tenantId),
  }))
  const secrets = createRootKeys([{ version: 1, bytes: createSecret(random.bytes(32)) }], random)
  const sealer = createSealer({ ...base, secrets, work })
  const mailer = createFakeMailer()
  const messenger = createFakeMessenger()
  const names = { issuer: 'https://shop.test', audience: 'auronx' }
  const invitationLink = (token: string): string => `https://shop.test/invitation#${token}`
  const auth = createAuth<Stores>({ ...base, storage, mailer, sealer, names, invitationLink })
  const auronx = createAuronx({ ...base, storage, messenger })
  const egress = createEgress({ hosts: [], allowLoopback: true })
  const simulator = createSimulator({ ...base, ...simulated })
  const graph = await simulator.listen()
  const admin = createWhatsAppAdmin({ egress, baseUrl: graph.url })
  const auditor = createAuditor(base)
  const directory = createPostgresUsageDirectory(database.client, defaultNames.schema)
  const closing = new AbortController()
  const http = await listen(0)
  const url = `http://127.0.0.1:${http.port}`
  const cookies = createCookies(url)
  const router = createApiRouter({
    ...base,
    auronx,
    auth,
    access: storage.access,
    authenticate: createAuthenticate({ provider: auth.provider, cookies }),
    recall: createRecall({ provider: auth.provider, cookies }),
    numbers: createNumbers({ ...base, work, admin, sealer, auditor }),
    usage: createUsage({ ...base, work, sealer, directory }),
    mailer,
    invitationLink,
    cursorKey: random.bytes(32),
    closing: closing.signal,
    rates: { perAddress: 100_000, perPrincipal: 100_000, ...rates },
  })
  const answer = createApp({
    logger: silentLogger,
    routers: [router],
    pages: { isKnown: () => true, locale: 'en', isDemo: false },
  }).callback()
  http.serve((request, response) => void answer(request, response))
  return {
    url,
    cookieOf: (token) => cookies.set('session', token, 60_000).split(';')[0] ?? '',
    auronx,
    auth,
    ids,
    mailer,
    messenger,
    ...peopleOf({ auth, mailer }),
    client: database.client,
    simulator,
    async close() {
      closing.abort()
      await http.stop(500)
      await simulator.close()
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function peopleOf({
  auth,
  mailer,
}: Pick<ApiFloor, 'auth' | 'mailer'>): Pick<ApiFloor, 'signUp' | 'join' | 'key'> {
  const prove = async (email: string): Promise<string> => {
    const asked = await auth.codes.start({ email, locale: 'en' })
    if (asked.kind === 'refused') throw new Error(asked.reason)
    const mail = mailer.sent.findLast(({ to, kind }) => to === email && kind === 'sign_in_code')
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? ''
    const verified = await auth.codes.verify({ browser: asked.browser, code })
    if (verified.kind === 'refused') throw new Error(verified.reason)
    return asked.browser
  }
  const actorFor = async (token: string): Promise<Actor> => {
    const principal = await auth.provider.authenticate({ authorization: `Bearer ${token}` })
    if (principal?.kind !== 'member') throw new Error('Not a member')
    return actorOf(principal)
  }
  return {
    async signUp(email) {
      const signedIn = await auth.entry.signUp({
        browser: await prove(email),
        name: 'Ann Owner',
        phone: '+1 555 010 0042',
        company: 'Coffee shop',
        locale: 'en',
        timeZone: 'Europe/Madrid',
        currency: 'EUR',
      })
      if (signedIn.kind === 'refused') throw new Error(signedIn.reason)
      const { tenantId, accessToken: token } = signedIn
      return { tenantId, token, owner: await actorFor(token) }
    },
    async join({ owner }, email, role) {
      const invited = await auth.team.invite(owner, { email, role })
      if (invited.kind === 'refused') throw new Error(invited.reason)
      const mail = mailer.sent.findLast(({ to, kind }) => to === email && kind === 'invitation')
      const token = /axi_[0-9a-f]+/.exec(mail?.text ?? '')?.[0] ?? ''
      const profile = { name: 'Ben', locale: 'en' } as const
      const signedIn = await auth.entry.accept({ browser: await prove(email), token, profile })
      if (signedIn.kind === 'refused') throw new Error(signedIn.reason)
      return { token: signedIn.accessToken, actor: await actorFor(signedIn.accessToken) }
    },
    async key({ owner }, scopes) {
      const made = await auth.apiKeys.create(owner, { name: 'Shop', scopes })
      if (made.kind === 'refused') throw new Error(made.reason)
      return made.text
    },
  }
}

/** What one business has, by the parameter's name in the paths of the API. */
export interface SeededBusiness {
  readonly contactId: string
  readonly otherContactId: string
  readonly conversationId: string
  readonly channelId: string
  readonly productId: string
  readonly variantId: string
  readonly orderId: string
}

let counter = 0

/** Gives a business a number, a product, two customers, an open conversation and a draft. */
export async function seedBusiness(floor: ApiFloor, tenantId: TenantId): Promise<SeededBusiness> {
  const { auronx, ids } = floor
  const actor = systemActor(tenantId, 'host')
  counter += 1
  const channelId = ids.next('ChannelId')
  await auronx.accounts.saveChannel(actor, {
    id: channelId,
    appId: '700000000000001',
    phoneNumberId: `90000000000000${counter}`,
    businessAccountId: '800000000000001',
    displayPhoneNumber: '15550100001',
    status: 'active',
    version: 1,
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'standard', category: 'S', rate: 210_000 })
  const product = await auronx.catalog.saveProduct(actor, {
    title: 'Flat white',
    variants: [
      {
        sku: `FLAT-${counter}`,
        taxCode: 'standard',
        price: { amount: 350, currency: 'EUR', taxBehavior: 'inclusive' },
        stock: { onHand: 50, policy: 'deny' },
      },
    ],
  })
  const [variant] = product.kind === 'saved' ? product.product.variants : []
  if (product.kind !== 'saved' || variant === undefined) throw new Error('No product')
  const contactOf = async (phone: string) => {
    const found = await auronx.contacts.identify(actor, { phone, displayName: 'Cam' })
    if (found.kind === 'refused') throw new Error(found.reason)
    return found.contact.id
  }
  const contactId = await contactOf(`1555010010${counter}`)
  const received = await auronx.conversations.receive(actor, {
    contactId,
    channelId,
    content: { type: 'text', body: 'Good morning' },
    providerMessageId: `wamid.${counter}`,
    timestampMs: Date.now(),
    eventId: ids.next('InboxEventId'),
  })
  if (received.kind !== 'received') throw new Error(received.kind)
  const draft = await auronx.orders.addToDraft(actor, {
    contactId,
    variantId: variant.id,
    quantity: 1,
  })
  if (draft.kind === 'refused') throw new Error(draft.reason)
  return {
    contactId,
    otherContactId: await contactOf(`1555010011${counter}`),
    conversationId: received.conversation.id,
    channelId,
    productId: product.product.id,
    variantId: variant.id,
    orderId: draft.order.id,
  }
}
