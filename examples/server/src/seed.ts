import { asId, isAuronxError, systemActor } from '@auronx/sdk'
import type { Actor, Auronx, ChannelId, Locale, TenantId, UserId } from '@auronx/sdk'
import type { CatalogProduct } from '@auronx/sdk/simulator'
import type { WhatsAppConfig } from './config.ts'
import { seedOwner } from './seed-owner.ts'
import type { OwnerDeps } from './seed-owner.ts'
import { demoCurrency, demoName, demoProducts, demoTimeZone } from './demo.ts'
import type { DemoProduct } from './demo.ts'

/** What {@link seedDemo} needs. */
export interface SeedDeps extends OwnerDeps {
  readonly auronx: Pick<Auronx, 'accounts' | 'catalog'>
  readonly account: WhatsAppConfig
  /** Whether the demo products are wanted; customers of a real number are never offered them. */
  readonly hasProducts: boolean
}

/** The demo business, and its catalog as WhatsApp carts name it. */
export interface SeededDemo {
  readonly tenantId: TenantId
  readonly channelId: ChannelId
  /** Who owns the business, as an account. */
  readonly ownerId: UserId
  readonly catalog: { readonly id: string; readonly products: readonly CatalogProduct[] }
}

const tenantId = asId('TenantId', '019aae60-0000-7000-8000-000000000001')
const firstChannelId = asId('ChannelId', '019aae60-0000-7000-8000-000000000002')
const hourMs = 3_600_000
const taxCode = 'standard'
const tries = 5

/**
 * Creates the demo business, its number and, where wanted, its products where they are missing; what exists stays as it is, so that
 * stock and prices survive a restart. Processes that start together may all call it.
 */
export async function seedDemo(deps: SeedDeps): Promise<SeededDemo> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const channelId = await seedOnce(deps)
      const ownerId = await seedOwner(deps, tenantId)
      return {
        tenantId,
        channelId,
        ownerId,
        catalog: { id: 'demo-catalog', products: simulatedProducts(deps.locale) },
      }
    } catch (error) {
      // Another process was faster with the same row; what it wrote is found on the next try.
      const isRace =
        isAuronxError(error, 'version_conflict') ||
        isAuronxError(error, 'conflict') ||
        isAuronxError(error, 'storage_constraint')
      if (!isRace || attempt >= tries) throw error
    }
  }
}

async function seedOnce(deps: SeedDeps): Promise<ChannelId> {
  const { auronx, account, locale } = deps
  const actor = systemActor(tenantId, 'host')
  await saveBusiness(auronx, actor, locale)
  const channelId = await saveNumber(deps, actor, account)
  if (!deps.hasProducts) return channelId
  const known = await readKnown(deps)
  if (!known.taxCodes.has(taxCode))
    await auronx.catalog.saveTaxCategory(actor, { code: taxCode, category: 'S', rate: 100_000 })
  for (const [position, product] of demoProducts.entries()) {
    if (!known.skus.has(product.sku))
      await saveProduct(auronx, actor, { product, position, locale })
  }
  return channelId
}

/** What the catalog has, in whatever state: what was taken off sale does not come back. */
function readKnown({ storage, clock }: SeedDeps): Promise<{
  readonly taxCodes: ReadonlySet<string>
  readonly skus: ReadonlySet<string>
}> {
  const skus = demoProducts.map(({ sku }) => sku)
  const wanted = { at: clock.now(), currency: demoCurrency, skus, limit: skus.length }
  return storage.work.run(tenantId, async ({ catalog, catalogLists }) => {
    const offers = await catalog.offers(wanted)
    const taxes = await catalogLists.taxCategories()
    return {
      taxCodes: new Set(taxes.map(({ code }) => code)),
      skus: new Set(offers.map(({ variant }) => variant.sku)),
    }
  })
}

async function saveBusiness(
  auronx: SeedDeps['auronx'],
  actor: Actor,
  locale: Locale,
): Promise<void> {
  try {
    await auronx.accounts.tenant(actor)
  } catch (error) {
    if (!isAuronxError(error, 'not_found')) throw error
    await auronx.accounts.saveTenant(actor, {
      id: tenantId,
      version: 1,
      settings: {
        businessName: demoName(locale),
        locale,
        timeZone: demoTimeZone,
        currency: demoCurrency,
        taxRounding: 'rate-group',
        proposalTtlMs: hourMs,
        reopenWithinMs: 24 * hourMs,
        holdOnPropose: true,
      },
    })
  }
}

/** Creates the configured number beside those that the business has already, such as the simulated one of before. */
async function saveNumber(
  { auronx, ids }: Pick<SeedDeps, 'auronx' | 'ids'>,
  actor: Actor,
  account: WhatsAppConfig,
): Promise<ChannelId> {
  const known = await auronx.accounts.channels(actor)
  const { appId, phoneNumberId, businessAccountId, displayPhoneNumber } = account
  const stored = known.find((channel) => channel.phoneNumberId === phoneNumberId)
  if (stored?.appId === appId) return stored.id
  if (stored !== undefined) {
    await auronx.accounts.saveChannel(actor, { ...stored, appId, version: stored.version + 1 })
    return stored.id
  }
  const id = known.length === 0 ? firstChannelId : ids.next('ChannelId')
  const number = { appId, phoneNumberId, businessAccountId, displayPhoneNumber }
  await auronx.accounts.saveChannel(actor, { ...number, id, status: 'active', version: 1 })
  return id
}

async function saveProduct(
  auronx: SeedDeps['auronx'],
  actor: Actor,
  {
    product,
    position,
    locale,
  }: { readonly product: DemoProduct; readonly position: number; readonly locale: Locale },
): Promise<void> {
  const { sku, title, description, amountMinor, stock } = product
  await auronx.catalog.saveProduct(actor, {
    title: title[locale],
    description: description[locale],
    position,
    variants: [
      {
        sku,
        taxCode,
        price: { amount: amountMinor, currency: demoCurrency, taxBehavior: 'inclusive' },
        ...(stock === undefined ? {} : { stock: { onHand: stock, policy: 'deny' } }),
      },
    ],
  })
}

function simulatedProducts(locale: Locale): readonly CatalogProduct[] {
  return demoProducts.map(({ sku, title, description, amountMinor }) => ({
    retailerId: sku,
    name: title[locale],
    description: description[locale],
    price: (amountMinor / 100).toFixed(2),
    currency: demoCurrency,
  }))
}
