import { AuronxError } from '../kernel/index.ts'
import type { Core } from './core.ts'
import { publish } from './core.ts'
import type { NewCustomer } from './customers.ts'
import type { JsonObject } from './json.ts'
import type { Customer } from './state.ts'
import { putCustomer } from './state.ts'
import { systemValue } from './webhook-values.ts'
import { waIdOf } from './identity.ts'

/** Adds a customer. Throws `invalid_input` for a name or phone that cannot be, `conflict` for a taken address. */
export function createCustomer(core: Core, given: NewCustomer): Customer {
  const name = given.name.trim()
  if (name === '' || name.length > 100) {
    throw new AuronxError('invalid_input', 'A customer needs a name of 1 to 100 characters')
  }
  const phone = given.phone === undefined ? undefined : digitsOf(given.phone)
  if (phone === undefined && given.hasUserId === false) {
    throw new AuronxError('invalid_input', 'A customer without user id needs a phone number')
  }
  const customer: Customer = {
    id: core.minting.ownId(),
    name,
    sendsReadReceipts: given.sendsReadReceipts ?? true,
    reachable: true,
    ...(phone === undefined ? {} : { phone }),
    ...(given.waId === undefined ? {} : { waId: digitsOf(given.waId) }),
    ...userIdOf(core, given),
    ...usernameOf(given, name, phone),
  }
  for (const address of [phone, customer.waId, customer.userId]) refuseTaken(core, address)
  return saveCustomer(core, customer)
}

function userIdOf(core: Core, given: NewCustomer): Pick<Customer, 'userId' | 'parentUserId'> {
  if (given.hasUserId === false) return {}
  const userId = given.userId ?? core.minting.userId()
  return given.parentUserId === undefined
    ? { userId }
    : { userId, parentUserId: given.parentUserId }
}

function usernameOf(
  given: NewCustomer,
  name: string,
  phone: string | undefined,
): Pick<Customer, 'username'> {
  if (given.username !== undefined) return { username: given.username.replace(/^@/, '') }
  return phone === undefined ? { username: usernameFrom(name) } : {}
}

/** Stores a customer and tells the listeners. */
export function saveCustomer(core: Core, customer: Customer): Customer {
  putCustomer(core.state, customer)
  core.emit({ kind: 'customer', customer })
  return customer
}

/** Moves a customer to another number and tells the business. */
export function changeNumber(core: Core, customer: Customer, given: string): Customer {
  const phone = digitsOf(given)
  refuseTaken(core, phone)
  const { waId: _waId, ...rest } = customer
  const userId = customer.userId === undefined ? undefined : core.minting.userId()
  const next = saveCustomer(core, { ...rest, phone, ...(userId === undefined ? {} : { userId }) })
  const content: JsonObject = {
    body: `User ${customer.name} changed from ${waIdOf(customer) ?? ''} to ${phone}`,
    type: 'user_changed_number',
    wa_id: phone,
    ...(userId === undefined ? {} : { user_id: userId }),
    ...(customer.userId === undefined ? {} : { previous_user_id: customer.userId }),
  }
  announce(core, customer, content)
  return next
}

/** Gives a customer a new user id and tells the business. Throws `invalid_input` for one without user id. */
export function changeUserId(core: Core, customer: Customer): Customer {
  const { userId: previous, waId: _waId, phone: _phone, ...nameless } = customer
  if (previous === undefined) {
    throw new AuronxError('invalid_input', 'The customer has no user id that could change')
  }
  const userId = core.minting.userId()
  const next = saveCustomer(core, { ...customer, userId })
  const content = {
    body: `User ${customer.name} changed from ${previous} to ${userId}`,
    type: 'user_changed_user_id',
    user_id: userId,
    previous_user_id: previous,
  }
  announce(core, nameless, content)
  return next
}

/** Lets a customer adopt a username: the phone number is not shown any more. */
export function hidePhone(core: Core, customer: Customer, username: string): Customer {
  const { phone: _phone, waId: _waId, ...rest } = customer
  const userId = customer.userId ?? core.minting.userId()
  return saveCustomer(core, { ...rest, userId, username: username.replace(/^@/, '') })
}

function announce(core: Core, before: Customer, content: JsonObject): void {
  const id = core.minting.messageId(before.phone)
  publish(core, 'messages', systemValue(core, { id, from: waIdOf(before), content }))
}

function refuseTaken(core: Core, address: string | undefined): void {
  if (address !== undefined && core.state.addresses.has(address)) {
    throw new AuronxError('conflict', 'Another simulated customer has this number or id')
  }
}

function digitsOf(phone: string): string {
  const digits = phone.replaceAll(/[\s()+.-]/g, '')
  if (!/^\d{6,15}$/.test(digits)) {
    throw new AuronxError('invalid_input', 'A phone number has 6 to 15 digits with country code')
  }
  return digits
}

function usernameFrom(name: string): string {
  const word = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.|\.$/g, '')
  return word === '' ? 'customer' : word
}
