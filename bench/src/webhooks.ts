import { createHmac } from 'node:crypto'

/** Secret that signs every body here. */
export const appSecret = 'bench-app-secret'
/** Number of the benchmark's business. */
export const phoneNumberId = '900000000000001'
/** Account of the benchmark's business. */
export const businessAccountId = '800000000000001'

/** A signed body. */
export interface SignedBody {
  readonly bytes: Buffer
  readonly signature: string
}

/** One text message of one customer, as Meta writes it. */
export function messageBody(
  customer: number,
  id: string,
  text = 'Hola, \u00bfcu\u00e1nto cuesta?',
): SignedBody {
  const value = {
    ...envelope,
    contacts: [contact(customer)],
    messages: [message(customer, id, { type: 'text', text: { body: text } })],
  }
  return sign({
    object,
    entry: [{ id: businessAccountId, changes: [{ field: 'messages', value }] }],
  })
}

/** 57 messages of nine kinds and 56 statuses in one body. */
export function burstBody(): SignedBody {
  const changes = Array.from({ length: 57 }, (_, index) => ({
    field: 'messages',
    value: {
      ...envelope,
      contacts: [contact(index)],
      messages: [message(index, `in-${index}`, contents[index % contents.length] ?? {})],
    },
  }))
  const statuses = Array.from({ length: 56 }, (_, index) => ({
    field: 'messages',
    value: { ...envelope, statuses: [status(index)] },
  }))
  return sign({ object, entry: [{ id: businessAccountId, changes: [...changes, ...statuses] }] })
}

/** How many updates {@link burstBody} holds. */
export const burstUpdates = 113

const object = 'whatsapp_business_account'
const envelope = {
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
} as const

const media = { mime_type: 'image/jpeg', sha256: 'bench', id: '1234567890' } as const
const contents: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'text', text: { body: 'Hola, \u00bfest\u00e1 abierto hoy?' } },
  { type: 'image', image: { ...media, caption: 'Mesa' } },
  { type: 'audio', audio: { ...media, mime_type: 'audio/ogg; codecs=opus', voice: true } },
  { type: 'document', document: { ...media, filename: 'pedido.pdf' } },
  { type: 'location', location: { latitude: 40.4, longitude: -3.7, name: 'Sol' } },
  { type: 'button', button: { payload: 'yes', text: 'S\u00ed' } },
  {
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id: 'p:1', title: 'T\u00e9 verde' } },
  },
  { type: 'reaction', reaction: { message_id: 'wamid.bench-out', emoji: '\ud83d\udc4d' } },
  {
    type: 'order',
    order: {
      catalog_id: '77',
      product_items: [
        { product_retailer_id: 'GREEN', quantity: 2, item_price: 2.5, currency: 'EUR' },
      ],
    },
  },
]

function contact(customer: number): object {
  return {
    profile: { name: `Cliente \u00d1 ${customer}` },
    wa_id: phoneOf(customer),
    user_id: `ES.${1_000_000 + customer}`,
  }
}

function message(customer: number, id: string, content: object): object {
  return {
    from: phoneOf(customer),
    from_user_id: `ES.${1_000_000 + customer}`,
    id: `wamid.bench-${id}`,
    timestamp: seconds(),
    ...content,
  }
}

function status(index: number): object {
  return {
    id: `wamid.bench-out-${index}`,
    status: ['sent', 'delivered', 'read'][index % 3],
    timestamp: seconds(),
    recipient_id: phoneOf(index),
    conversation: { id: `c-${index}`, origin: { type: 'service' } },
    pricing: { billable: true, pricing_model: 'PMP', category: 'service', type: 'regular' },
  }
}

// The country code 999 is assigned to nobody.
function phoneOf(customer: number): string {
  return `999${String(customer).padStart(9, '0')}`
}

function seconds(): string {
  return String(Math.floor(Date.now() / 1_000))
}

// Meta escapes every character outside of ASCII, and every slash.
function sign(body: object): SignedBody {
  const text = JSON.stringify(body)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/')
  const bytes = Buffer.from(text)
  const signature = `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`
  return { bytes, signature }
}
