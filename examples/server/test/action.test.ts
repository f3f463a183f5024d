import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asId, createAuronx, createIds, silentLogger, systemActor } from '@auronx/sdk'
import type { Actor, Locale, Stores, TenantId } from '@auronx/sdk'
import {
  createFakeClock,
  createFakeMessenger,
  createMemoryStorage,
  createSeededRandom,
} from '@auronx/sdk/testing'
import { createApp } from '../src/http/app.ts'
import { listen } from '../src/http/server.ts'
import type { HttpServer } from '../src/http/server.ts'
import { actionRoutes } from '../src/routes/action.ts'

const clock = createFakeClock()
const random = createSeededRandom(23)
const ids = createIds(clock, random)
const storage = createMemoryStorage()
const auronx = createAuronx({ storage, messenger: createFakeMessenger(), clock, random, ids })

let http: HttpServer
let origin = ''
beforeAll(async () => {
  http = await listen(0)
  origin = `http://localhost:${http.port}`
  const app = createApp({
    routers: [actionRoutes({ auronx, clock })],
    logger: silentLogger,
    pages: { isKnown: () => true, locale: 'en', isDemo: false },
  })
  const answer = app.callback()
  http.serve((request, response) => void answer(request, response))
})
afterAll(() => http.stop(1_000))

interface Shop {
  readonly tenantId: TenantId
  readonly actor: Actor
  readonly contactId: ReturnType<typeof ids.next<'ContactId'>>
  /** Proposes one unit; returns the secret of its link. */
  propose(): Promise<string>
}

async function openShop(locale: Locale, title: string, contactLocale?: Locale): Promise<Shop> {
  const tenantId = ids.next('TenantId')
  const actor = systemActor(tenantId, 'host')
  await auronx.accounts.saveTenant(actor, {
    id: tenantId,
    version: 1,
    settings: {
      businessName: title,
      locale,
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
    },
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'food', category: 'S', rate: 100_000 })
  const price = { amount: 320, currency: 'EUR', taxBehavior: 'inclusive' } as const
  const stock = { onHand: 50, policy: 'deny' } as const
  await auronx.catalog.saveProduct(actor, {
    title,
    status: 'active',
    variants: [{ sku: 'ONE', taxCode: 'food', price, stock }],
  })
  const [offer] = await auronx.catalog.browse(actor)
  const contactId = ids.next('ContactId')
  const now = clock.now()
  await storage.work.run(tenantId, ({ contacts }) =>
    contacts.insert(
      {
        id: contactId,
        createdAt: now,
        updatedAt: now,
        version: 1,
        ...(contactLocale === undefined ? {} : { locale: contactLocale }),
      },
      [],
    ),
  )
  return {
    tenantId,
    actor,
    contactId,
    async propose() {
      const variantId = offer?.variant.id ?? asId('VariantId', 'none')
      const drafted = await auronx.orders.addToDraft(actor, { contactId, variantId, quantity: 1 })
      if (drafted.kind === 'refused') throw new Error(drafted.reason)
      const proposed = await auronx.orders.propose(actor, drafted.order.id)
      if (proposed.kind === 'refused') throw new Error(proposed.reason)
      return proposed.tokens.open
    },
  }
}

const get = (token: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${origin}/a/${token}`, { headers })

const post = (token: string, choice: string) =>
  fetch(`${origin}/a/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `choice=${choice}`,
  })

/** Everything that a commit would change. */
function everything({ tenantId, contactId }: Shop): Promise<unknown> {
  return storage.work.run(tenantId, async ({ orders, outbox, events }: Stores) => {
    const found = await orders.list({ contactId, limit: 50 })
    const logs = await Promise.all(found.map(({ id }) => events.ofAggregate('order', id)))
    return [found, logs, await outbox.list({ limit: 50 })]
  })
}

test('each link leads to its own business, and its customer confirms there', async () => {
  const north = await openShop('en', 'North tea')
  const south = await openShop('es', 'South coffee')
  const links = [await north.propose(), await south.propose()]
  const pages = await Promise.all(links.map(async (link) => (await get(link)).text()))
  expect(pages[0]).toMatch(/lang="en".*North tea.*Confirm order/s)
  expect(pages[1]).toMatch(/lang="es".*South coffee.*Confirmar pedido/s)
  expect(pages[0]).not.toContain('South')
  const confirmed = await post(links[1] ?? '', 'confirm')
  expect(await confirmed.text()).toMatch(/ORD-\d{4}-000001/)
  const statuses = await Promise.all(
    [north, south].map(async ({ actor }) => (await auronx.orders.list(actor))[0]?.status),
  )
  expect(statuses).toEqual(['awaiting_customer', 'confirmed'])
})

test('looking commits nothing, however often and whatever the state of the link', async () => {
  const shop = await openShop('en', 'Tea')
  const link = await shop.propose()
  const before = await everything(shop)
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await fetch(`${origin}/a/${link}?choice=confirm`, { method })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
  clock.advance(3_600_001)
  expect((await get(link)).status).toBe(200)
  expect(await everything(shop)).toEqual(before)
})

describe.each([
  ['en', 'ltr', 'not valid', 'expired', 'is confirmed'],
  ['es', 'ltr', 'no es válido', 'caducado', 'está confirmado'],
  ['pt', 'ltr', 'não é válida', 'expirou', 'está confirmado'],
  ['ar', 'rtl', 'غير صالح', 'انتهت صلاحية', 'تم تأكيد'],
] as const)('in %s', (locale, direction, unknown, expired, confirmed) => {
  const framed = `<html lang="${locale}" dir="${direction}">`

  test('an unknown link says so in the language of the browser', async () => {
    const answer = await get('x'.repeat(22), { 'accept-language': `${locale}-XX,fr;q=0.4` })
    expect(answer.status).toBe(404)
    const page = await answer.text()
    expect(page).toContain(framed)
    expect(page).toContain(unknown)
    expect(page).not.toContain('<button')
  })

  test('an expired link says so and offers nothing', async () => {
    const shop = await openShop(locale, 'Tea')
    const link = await shop.propose()
    clock.advance(3_600_001)
    const page = await (await get(link)).text()
    expect(page).toContain(framed)
    expect(page).toContain(expired)
    expect(page).not.toContain('<button')
    const late = await post(link, 'confirm')
    expect(late.status).toBe(409)
    expect(await late.text()).toContain(expired)
    expect((await auronx.orders.list(shop.actor))[0]?.number).toBe(undefined)
  })

  test('a used link tells what it did and offers nothing', async () => {
    const shop = await openShop(locale, 'Tea')
    const link = await shop.propose()
    await post(link, 'confirm')
    for (const answer of [await get(link), await post(link, 'cancel')]) {
      const page = await answer.text()
      expect(page).toContain(framed)
      expect(page).toContain(confirmed)
      expect(page).not.toContain('<button')
    }
  })
})

test('the customer’s own language comes before that of the business', async () => {
  const shop = await openShop('en', 'Tea', 'ar')
  const page = await (await get(await shop.propose())).text()
  expect(page).toContain('<html lang="ar" dir="rtl">')
})

test.each(['', '../x', 'short', 'x'.repeat(23), 'x'.repeat(21) + '!', '%00'.repeat(8)])(
  'what cannot be a link (%j) is not looked up',
  async (token) => {
    const answer = await get(token)
    expect(answer.status).toBe(404)
  },
)
