import type { TestShop } from './shop.ts'

/** Bodies of webhooks of text messages to the shop's number, as Meta posts them. */
export async function deliveriesTo(shop: TestShop): Promise<{
  text(given: { readonly id: string; readonly from: string; readonly body: string }): string
}> {
  const [channel] = await shop.sql(
    'select phone_number_id, business_account_id from auronx.channels',
  )
  return {
    text({ id, from, body }) {
      const timestamp = String(Math.floor(Date.now() / 1_000))
      const message = { from, id, timestamp, type: 'text', text: { body } }
      const value = {
        messaging_product: 'whatsapp',
        metadata: { phone_number_id: channel?.['phone_number_id'] },
        contacts: [{ profile: { name: from }, wa_id: from }],
        messages: [message],
      }
      return JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: channel?.['business_account_id'], changes: [{ field: 'messages', value }] }],
      })
    },
  }
}
