import { createIds, createRandom, createSystemClock, systemActor } from '@auronx/sdk'
import type { Auronx, TenantId } from '@auronx/sdk'
import { parseWebhook } from '@auronx/sdk/webhook'

/** The app that owns the shop's number. */
export const appId = 'app-1'
const phoneNumberId = '900000000000001'

/** Opens a shop with one product. */
export async function seed(auronx: Auronx): Promise<void> {
  const clock = createSystemClock()
  const ids = createIds(clock, createRandom())
  const tenantId: TenantId = ids.next('TenantId')
  const actor = systemActor(tenantId)
  await auronx.accounts.saveTenant(actor, {
    id: tenantId,
    version: 1,
    settings: {
      businessName: 'Corner Coffee',
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
    id: ids.next('ChannelId'),
    appId,
    phoneNumberId,
    businessAccountId: '800000000000001',
    displayPhoneNumber: '+1 555 0100 000',
    status: 'active',
    version: 1,
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'food', category: 'S', rate: 100_000 })
  await auronx.catalog.saveProduct(actor, {
    title: 'Flat white',
    status: 'active',
    variants: [
      {
        sku: 'FLAT-WHITE',
        taxCode: 'food',
        price: { amount: 320, currency: 'EUR', taxBehavior: 'inclusive' },
      },
    ],
  })
}

let serial = 0

/** A text from one of the customers, by number. */
export function inbound(body: string, customer: number): ReturnType<typeof parseWebhook>['events'] {
  serial += 1
  const phone = `1555010${String(customer).padStart(4, '0')}`
  const timestamp = String(Math.trunc(Date.now() / 1_000))
  const message = { from: phone, id: `wamid.${serial}`, timestamp, type: 'text', text: { body } }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100000', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Ada' }, wa_id: phone }],
    messages: [message],
  }
  const entry = [{ id: '800000000000001', changes: [{ field: 'messages', value }] }]
  const bytes = new TextEncoder().encode(
    JSON.stringify({ object: 'whatsapp_business_account', entry }),
  )
  return parseWebhook(bytes).events
}
