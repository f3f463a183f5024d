import type { JsonObject } from './json.ts'
import type { ChatMessage, Customer } from './state.ts'

/**
 * The `contacts[]` entry of an incoming message. A person without a phone number has no `wa_id`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function contactOf(customer: Customer): JsonObject {
  return {
    profile: {
      name: customer.name,
      ...(customer.username === undefined ? {} : { username: customer.username }),
    },
    ...idsOf(customer),
  }
}

/** The members that name the sender of a message. */
export function senderOf(customer: Customer): JsonObject {
  const waId = waIdOf(customer)
  return {
    ...(waId === undefined ? {} : { from: waId }),
    ...(customer.userId === undefined ? {} : { from_user_id: customer.userId }),
    ...(customer.parentUserId === undefined ? {} : { from_parent_user_id: customer.parentUserId }),
  }
}

/** The members that name the recipient of an echo. */
export function echoRecipientOf(customer: Customer): JsonObject {
  const waId = waIdOf(customer)
  return {
    ...(waId === undefined ? {} : { to: waId }),
    ...(customer.userId === undefined ? {} : { to_user_id: customer.userId }),
    ...(customer.parentUserId === undefined ? {} : { to_parent_user_id: customer.parentUserId }),
  }
}

/** The members that name the recipient of a status that went well. */
export function recipientOf(customer: Customer): JsonObject {
  const waId = waIdOf(customer)
  return {
    ...(waId === undefined ? {} : { recipient_id: waId }),
    ...(customer.userId === undefined ? {} : { recipient_user_id: customer.userId }),
    ...(customer.parentUserId === undefined
      ? {}
      : { recipient_parent_user_id: customer.parentUserId }),
  }
}

/** The recipient of a failed send: only the address that was used. */
export function failedRecipientOf(message: ChatMessage): JsonObject {
  if (message.sentTo === undefined) return {}
  return message.sentTo.kind === 'phone'
    ? { recipient_id: message.sentTo.value }
    : { recipient_user_id: message.sentTo.value }
}

/** The `contacts[]` of a status; `undefined` for a person from before business-scoped ids. */
export function statusContactOf(customer: Customer, status: string): JsonObject | undefined {
  if (customer.userId === undefined) return undefined
  const showsUsername = customer.username !== undefined && status !== 'sent'
  return {
    profile: {
      name: customer.name,
      ...(showsUsername ? { username: customer.username } : {}),
    },
    ...idsOf(customer),
  }
}

/** How Meta reports a person's number; `undefined` for a person without one. */
export function waIdOf(customer: Customer): string | undefined {
  return customer.waId ?? customer.phone
}

function idsOf(customer: Customer): JsonObject {
  const waId = waIdOf(customer)
  return {
    ...(waId === undefined ? {} : { wa_id: waId }),
    ...(customer.userId === undefined ? {} : { user_id: customer.userId }),
    ...(customer.parentUserId === undefined ? {} : { parent_user_id: customer.parentUserId }),
  }
}
