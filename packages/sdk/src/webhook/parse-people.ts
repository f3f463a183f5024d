import type { IdentityEvent, InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import { defined, isFields, readFields, readInstantMs, readText } from './narrow.ts'
import type { ContactLookup } from './party.ts'
import { createParty } from './party.ts'
import type { Scope } from './scope.ts'
import { contentBase, unknownEvent } from './scope.ts'

/** Narrows one item of `user_preferences[]`. */
export function parsePreference(
  item: unknown,
  scope: Scope,
  contacts: ContactLookup,
): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'user_preferences')
  const rawChoice = readText(item['value']) ?? ''
  const phone = readText(item['wa_id'])
  const userId = readText(item['user_id'])
  const parent = readText(item['parent_user_id'])
  return {
    kind: 'preference',
    ...contentBase(scope, 'preference', item, readInstantMs(item['timestamp'])),
    from: createParty(phone, userId, parent, contacts(userId, phone)),
    choice: rawChoice === 'stop' || rawChoice === 'resume' ? rawChoice : 'unknown',
    rawChoice,
    ...defined({ category: readText(item['category']), detail: readText(item['detail']) }),
  }
}

/** Narrows one item of `state_sync[]`. */
export function parseContactSync(item: unknown, scope: Scope): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'state_sync')
  const contact = item['contact']
  if (!isFields(contact)) return unknownEvent(scope, 'member_unknown', item, 'state_sync')
  const action = item['action']
  const timestamp = readFields(item['metadata'])['timestamp'] ?? item['timestamp']
  return {
    kind: 'contact_sync',
    ...contentBase(scope, 'contact_sync', item, readInstantMs(timestamp)),
    action: action === 'add' || action === 'remove' ? action : 'unknown',
    contact: defined({
      phone: readText(contact['phone_number']),
      userId: readText(contact['user_id']),
      parentUserId: readText(contact['parent_user_id']),
      username: readText(contact['username']),
      displayName: readText(contact['full_name']),
    }),
    ...defined({ firstName: readText(contact['first_name']) }),
  }
}

/** Narrows one item of `user_id_update[]`. */
export function parseUserIdUpdate(
  item: unknown,
  scope: Scope,
  contacts: ContactLookup,
): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'user_id_update')
  const { raw, ...base } = contentBase(scope, 'identity', item, readInstantMs(item['timestamp']))
  const userId = readFields(item['user_id'])
  const parent = readFields(item['parent_user_id'])
  const current = readText(userId['current'])
  const previous = readText(userId['previous'])
  if (current === undefined && previous === undefined) {
    return unknownEvent(scope, 'item_without_id', raw, 'user_id_update')
  }
  const phone = readText(item['wa_id'])
  return {
    kind: 'identity',
    ...base,
    change: 'user_id',
    previous: createParty(phone, previous, readText(parent['previous']), undefined),
    current: createParty(
      phone,
      current,
      readText(parent['current']),
      contacts(current, phone) ?? contacts(previous, phone),
    ),
    ...defined({ detail: readText(item['detail']) }),
  } satisfies IdentityEvent
}

/** Narrows the value of `messaging_handovers`; undefined when it is none. */
export function parseHandover(value: Fields, scope: Scope): InboundEvent | undefined {
  const type = readText(value['type'])
  if (type === undefined) return undefined
  const control = readFields(value[type] ?? value['control_passed'] ?? value['control_taken'])
  const sender = readFields(value['sender'])
  const recipient = readFields(value['recipient'])
  const summary = readFields(readFields(control['conversation_context'])['summary'])
  return {
    kind: 'handover',
    ...contentBase(scope, 'handover', value, readInstantMs(value['timestamp'])),
    ...defined({
      phoneNumberId: readText(recipient['phone_number_id']) ?? scope.base.phoneNumberId,
      displayPhoneNumber:
        readText(recipient['display_phone_number']) ?? scope.base.displayPhoneNumber,
    }),
    type,
    customer: createParty(
      readText(sender['phone_number']) ?? readText(sender['wa_id']),
      readText(sender['user_id']),
      readText(sender['parent_user_id']),
      undefined,
    ),
    previousOwner: defined({
      appId: readText(control['previous_owner_app_id']),
      role:
        readText(control['previous_owner_app_role']) ?? readText(control['previous_owner_role']),
    }),
    newOwner: defined({
      appId: readText(control['new_owner_app_id']),
      role: readText(control['new_owner_role']) ?? readText(control['new_owner_app_role']),
    }),
    ...defined({
      metadata: readText(control['metadata']),
      conversationSummary: readText(summary['text']),
    }),
  }
}
