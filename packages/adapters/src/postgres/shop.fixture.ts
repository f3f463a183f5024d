import type { Auronx } from '@auronx/sdk'
import { parseWebhook } from '@auronx/sdk/webhook'

/** The app that owns the shop's number. */
export const appId = 'app-1'
const phoneNumberId = '900000000000001'

/** Opens a shop with one product. */
export async function seed(auronx: Auronx): Promise<void> {
  const actor = await auronx.openBusiness({
    company: 'Corner Coffee',
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
    appId,
    phoneNumberId,
    businessAccountId: '800000000000001',
    displayPhoneNumber: '+1 555 0100 000',
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
