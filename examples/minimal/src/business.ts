import type { Actor, Auronx } from '@auronx/sdk'
import { asId } from '@auronx/sdk'

/** The number of a business, as Meta names it. */
export interface BusinessNumber {
  readonly appId: string
  readonly phoneNumberId: string
  readonly wabaId: string
  readonly displayPhoneNumber: string
}

/** Creates the actor's business with its number and two products. */
export async function openBusiness(
  auronx: Pick<Auronx, 'accounts' | 'catalog'>,
  actor: Actor,
  { wabaId, appId, phoneNumberId, displayPhoneNumber }: BusinessNumber,
): Promise<void> {
  await auronx.accounts.saveTenant(actor, {
    id: actor.tenantId,
    version: 1,
    settings: {
      businessName: 'Corner Tea',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
    },
  })
  await auronx.accounts.saveChannel(actor, {
    id: asId('ChannelId', actor.tenantId),
    businessAccountId: wabaId,
    appId,
    phoneNumberId,
    displayPhoneNumber,
    status: 'active',
    version: 1,
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'standard', category: 'S', rate: 100_000 })
  for (const [sku, title, amount] of [
    ['GREEN', 'Green tea', 250],
    ['BLACK', 'Black tea', 220],
  ] as const) {
    const price = { amount, currency: 'EUR', taxBehavior: 'inclusive' } as const
    await auronx.catalog.saveProduct(actor, {
      title,
      variants: [{ sku, taxCode: 'standard', price }],
    })
  }
}
