import type { Core } from './core.ts'
import { toSeconds } from './core.ts'
import {
  contactOf,
  echoRecipientOf,
  failedRecipientOf,
  recipientOf,
  senderOf,
  statusContactOf,
} from './identity.ts'
import type { JsonObject } from './json.ts'
import { errorFor } from './graph/errors.ts'
import type { ChatMessage, Customer } from './state.ts'

/** The `value` of an incoming message. `extra` goes into the message beside its content. */
export function incomingValue(
  core: Core,
  customer: Customer,
  message: ChatMessage,
  extra: JsonObject = {},
): JsonObject {
  return {
    ...head(core),
    contacts: [contactOf(customer)],
    messages: [
      {
        ...contextOf(core, message),
        ...senderOf(customer),
        id: message.id,
        timestamp: toSeconds(message.atMs),
        type: message.type,
        [message.type]: message.content,
        ...extra,
      },
    ],
  }
}

/** The `value` of a `system` message; it has no `contacts`. `from` is the number that is no longer valid. */
export function systemValue(
  core: Core,
  { id, from, content }: { id: string; from: string | undefined; content: JsonObject },
): JsonObject {
  return {
    ...head(core),
    messages: [
      {
        ...(from === undefined ? {} : { from }),
        id,
        timestamp: toSeconds(core.clock.now().getTime()),
        type: 'system',
        system: content,
      },
    ],
  }
}

/** The `value` of `smb_message_echoes`: someone answered in the business app on the phone. */
export function echoValue(core: Core, customer: Customer, message: ChatMessage): JsonObject {
  return {
    ...head(core),
    ...(customer.userId === undefined ? {} : { contacts: [contactOf(customer)] }),
    message_echoes: [
      {
        from: core.business.displayPhoneNumber.replaceAll(/\D/g, ''),
        ...echoRecipientOf(customer),
        id: message.id,
        timestamp: toSeconds(message.atMs),
        type: message.type,
        [message.type]: message.content,
      },
    ],
  }
}

/** The `value` of a status. Without a customer only a failure can be reported. */
export function statusValue(
  core: Core,
  customer: Customer | undefined,
  message: ChatMessage,
  pricing: JsonObject | undefined,
): JsonObject {
  const { status } = message
  const hasFailed = status === 'failed' || customer === undefined
  const contact = hasFailed ? undefined : statusContactOf(customer, status)
  return {
    ...head(core),
    ...(contact === undefined ? {} : { contacts: [contact] }),
    statuses: [
      {
        id: message.id,
        status,
        timestamp: toSeconds(core.clock.now().getTime()),
        ...(hasFailed ? failedRecipientOf(message) : recipientOf(customer)),
        ...(message.opaque === undefined ? {} : { biz_opaque_callback_data: message.opaque }),
        ...(pricing === undefined ? {} : { pricing }),
        ...(status === 'failed' ? { errors: [statusError(message.errorCode ?? 131000)] } : {}),
      },
    ],
  }
}

/** The `value` of `user_preferences`: the person stopped or resumed marketing. */
export function preferenceValue(
  core: Core,
  customer: Customer,
  value: 'stop' | 'resume',
): JsonObject {
  const { wa_id: waId, user_id: userId } = contactOf(customer)
  return {
    ...head(core),
    contacts: [contactOf(customer)],
    user_preferences: [
      {
        ...(waId === undefined ? {} : { wa_id: waId }),
        ...(userId === undefined ? {} : { user_id: userId }),
        detail: `User requested to ${value} marketing messages`,
        category: 'marketing_messages',
        value,
        timestamp: Math.floor(core.clock.now().getTime() / 1000),
      },
    ],
  }
}

/** What every value of a message field begins with. */
export function head(core: Core): JsonObject {
  return {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: core.business.displayPhoneNumber,
      phone_number_id: core.business.phoneNumberId,
    },
  }
}

function contextOf(core: Core, message: ChatMessage): JsonObject {
  if (message.contextId === undefined) return {}
  const from = core.business.displayPhoneNumber.replaceAll(/\D/g, '')
  return { context: { from, id: message.contextId } }
}

function statusError(code: number): JsonObject {
  const { title, details } = errorFor(code)
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  }
}
