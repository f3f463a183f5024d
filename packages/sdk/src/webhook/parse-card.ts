import type { MessageContent, OrderLine, SharedContact } from './content.ts'
import type { Draft, Fields } from './narrow.ts'
import { defined, isFields, isList, readFields, readNumber, readText } from './narrow.ts'
import { keepRaw } from './raw.ts'

/** Narrows a cart; undefined when it has no list of items or one that cannot be read. */
export function parseOrder(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const items = mapFields(body['product_items'], parseOrderLine)
  if (items === undefined) return undefined
  const text = readText(body['text'])
  return { type: 'order', ...defined({ catalogId: readText(body['catalog_id']), text }), items }
}

/** Narrows shared contact cards; undefined when the list or one of its cards cannot be read. */
export function parseContacts(body: unknown, origin: unknown): MessageContent | undefined {
  const contacts = mapFields(body, parseContact)
  if (contacts === undefined) return undefined
  return { type: 'contacts', contacts, ...defined({ origin: readText(origin) }) }
}

function mapFields<Item>(
  value: unknown,
  read: (fields: Fields) => Item | undefined,
): readonly Item[] | undefined {
  if (!isList(value)) return undefined
  const items: Item[] = []
  for (const entry of value) {
    const item = isFields(entry) ? read(entry) : undefined
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function parseOrderLine(fields: Fields): OrderLine | undefined {
  const retailerId = readText(fields['product_retailer_id'])
  if (retailerId === undefined) return undefined
  const line: Draft<OrderLine> = { retailerId, quantity: readNumber(fields['quantity']) ?? 0 }
  const itemPrice = readText(fields['item_price'])
  if (itemPrice !== undefined) line.itemPrice = itemPrice
  const currency = readText(fields['currency'])
  if (currency !== undefined) line.currency = currency
  return line
}

function parseContact(fields: Fields): SharedContact | undefined {
  const name = readFields(fields['name'])
  const phones = fields['phones'] === undefined ? [] : mapFields(fields['phones'], parsePhone)
  const emails = fields['emails'] === undefined ? [] : mapFields(fields['emails'], parseEmail)
  if (phones === undefined || emails === undefined) return undefined
  return {
    ...defined({
      formattedName: readText(name['formatted_name']),
      firstName: readText(name['first_name']),
      lastName: readText(name['last_name']),
      organization: readText(readFields(fields['org'])['company']),
      birthday: readText(fields['birthday']),
      vcard: readText(fields['vcard']),
      origin: readText(fields['origin']),
    }),
    phones,
    emails,
    raw: keepRaw(fields),
  }
}

function parsePhone(fields: Fields): SharedContact['phones'][number] {
  return defined({
    phone: readText(fields['phone']),
    type: readText(fields['type']),
    waId: readText(fields['wa_id']),
  })
}

function parseEmail(fields: Fields): SharedContact['emails'][number] {
  return defined({ email: readText(fields['email']), type: readText(fields['type']) })
}
