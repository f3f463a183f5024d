import type { Customers } from '../customers.ts'
import type { JsonObject } from '../json.ts'
import { isObject, listAt, textAt } from '../json.ts'
import type { Customer } from '../state.ts'

/** Carries out what the phone page asks for; throws what {@link Customers} throws. */
export type PhoneAction = (customers: Customers, customerId: string, body: JsonObject) => void

/** What a person can do with the phone, by the last part of the path. */
export const phoneActions: Readonly<Record<string, PhoneAction>> = {
  text: (customers, id, body) => {
    const replyTo = textAt(body, 'replyTo')
    customers.sendText(id, textAt(body, 'text') ?? '', replyTo === undefined ? {} : { replyTo })
  },
  tap: (customers, _id, body) => {
    customers.tapButton(textAt(body, 'messageId') ?? '', textAt(body, 'choiceId') ?? '')
  },
  choose: (customers, _id, body) => {
    customers.chooseRow(textAt(body, 'messageId') ?? '', textAt(body, 'choiceId') ?? '')
  },
  cart: (customers, id, body) => {
    const items = listAt(body, 'items')
      .filter(isObject)
      .map((item) => ({
        retailerId: textAt(item, 'id') ?? '',
        quantity: Number(item['quantity']),
      }))
    customers.sendCart(id, items, textAt(body, 'text') ?? '')
  },
  image: (customers, id) => void customers.sendImage(id),
  voice: (customers, id) => void customers.sendVoice(id),
  location: (customers, id) => void customers.sendLocation(id),
  react: (customers, id, body) => {
    customers.react(id, textAt(body, 'messageId') ?? '', textAt(body, 'emoji') ?? '')
  },
  open: (customers, id) => customers.openChat(id),
  close: (customers, id) => customers.closeChat(id),
  play: (customers, _id, body) => customers.play(textAt(body, 'messageId') ?? ''),
  power: (customers, id, body) => customers.setReachable(id, body['on'] === true),
}

/** Creates a customer from the page's dialog. Throws `invalid_input` or `conflict`. */
export function createFromDialog(customers: Customers, body: JsonObject): Customer {
  const phone = textAt(body, 'phone')
  const username = textAt(body, 'username')
  return customers.create({
    name: textAt(body, 'name') ?? '',
    ...(phone === undefined || phone === '' ? {} : { phone }),
    ...(username === undefined || username === '' ? {} : { username }),
  })
}
