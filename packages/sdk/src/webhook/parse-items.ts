import type { InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import { isFields, isList, readFields, readText } from './narrow.ts'
import { parseCall } from './parse-call.ts'
import { parseError } from './parse-error.ts'
import { parseGroup } from './parse-group.ts'
import { parseHistory, parseLooseHistory } from './parse-history.ts'
import { parseEcho, parseMessage } from './parse-message.ts'
import { parseContactSync, parsePreference, parseUserIdUpdate } from './parse-people.ts'
import { parseStatus } from './parse-status.ts'
import type { ContactLookup } from './party.ts'
import { createContactLookup } from './party.ts'
import { keepRaw } from './raw.ts'
import type { Scope } from './scope.ts'
import { contentBase, standbyScope, unknownEvent } from './scope.ts'

const itemFields: ReadonlySet<string> = new Set([
  'messages',
  'smb_message_echoes',
  'message_echoes',
  'standby',
  'calls',
  'history',
  'smb_app_state_sync',
  'user_preferences',
  'user_id_update',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
])

/** Whether a field's value consists of lists of items beside `metadata` and `contacts`. */
export function isItemField(field: string): boolean {
  return itemFields.has(field)
}

/**
 * Turns every item of a value into events of the scope. `false`, and no events, when the value has no list that belongs
 * to such a field.
 */
export function parseItems(value: Fields, scope: Scope): boolean {
  const before = scope.events.length
  const contacts = createContactLookup(value['contacts'])
  let recognised = false
  const unfamiliar: string[] = []
  for (const member in value) {
    if (annotations.has(member)) continue
    if (parseMember(member, value, scope, contacts)) recognised = true
    else unfamiliar.push(member)
  }
  if (!recognised) {
    scope.events.length = before
    return false
  }
  for (const member of unfamiliar) {
    scope.events.push(unknownEvent(scope, 'member_unknown', value[member], member))
  }
  return true
}

const annotations: ReadonlySet<string> = new Set([
  'messaging_product',
  'metadata',
  'contacts',
  'conversation_context',
])

function parseMember(
  member: string,
  value: Fields,
  scope: Scope,
  contacts: ContactLookup,
): boolean {
  const items = value[member]
  if (member === 'standby') return parseStandby(items, value, scope)
  if (!isList(items)) return false
  const { events } = scope
  switch (member) {
    case 'messages':
      return parseMessages(items, value, scope, contacts)
    case 'statuses':
      for (const item of items) events.push(parseStatus(item, scope, contacts))
      return true
    case 'message_echoes':
      if (scope.base.field === 'history') {
        for (const item of items) events.push(parseLooseHistory(item, member, scope))
        return true
      }
      for (const item of items) events.push(parseEcho(item, scope, contacts))
      return true
    case 'history':
      for (const item of items) events.push(...parseHistory(item, scope))
      return true
    default: {
      const parse = itemParsers.get(member)
      if (parse === undefined) return false
      for (const item of items) events.push(parse(item, scope, contacts))
      return true
    }
  }
}

type ParseItem = (item: unknown, scope: Scope, contacts: ContactLookup) => InboundEvent

const itemParsers: ReadonlyMap<string, ParseItem> = new Map<string, ParseItem>([
  ['calls', parseCall],
  ['groups', parseGroup],
  ['state_sync', parseContactSync],
  ['user_preferences', parsePreference],
  ['user_id_update', parseUserIdUpdate],
  ['errors', parseProviderError],
])

function parseMessages(
  items: readonly unknown[],
  value: Fields,
  scope: Scope,
  contacts: ContactLookup,
): boolean {
  if (scope.base.field === 'history') {
    for (const item of items) scope.events.push(parseLooseHistory(item, 'messages', scope))
    return true
  }
  const people = value['contacts']
  const only = items.length === 1 && isList(people) && people.length === 1 ? people[0] : undefined
  const context = value['conversation_context']
  const summary = isFields(context) ? readText(readFields(context['summary'])['text']) : undefined
  const around = { contacts, loneContact: isFields(only) ? only : undefined, summary }
  for (const item of items) scope.events.push(parseMessage(item, scope, around))
  return true
}

/** Standby copies stand one level deeper; their contacts may stand on either level. */
function parseStandby(standby: unknown, value: Fields, scope: Scope): boolean {
  if (!isFields(standby)) return false
  if (Object.keys(standby).length === 0) return true
  const copies = standbyScope(scope)
  const nested = 'standby' in standby
  if (!nested && parseItems({ contacts: value['contacts'], ...standby }, copies)) return true
  scope.events.push(unknownEvent(copies, 'member_unknown', standby, 'standby'))
  return true
}

function parseProviderError(item: unknown, scope: Scope): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'errors')
  return {
    kind: 'provider_error',
    ...contentBase(scope, 'provider_error', item, undefined),
    error: parseError(item),
    raw: keepRaw(item),
  }
}
