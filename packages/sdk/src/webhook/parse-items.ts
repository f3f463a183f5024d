import type { InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import { isFields, isList, readFields, readList, readText } from './narrow.ts'
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
  const parse = chooseParser(member, items, value, scope)
  if (parse === undefined) return false
  for (const item of items) {
    const found = parse(item, scope, contacts)
    if (!isList(found)) scope.events.push(found)
    else for (const event of found) scope.events.push(event)
  }
  return true
}

function chooseParser(
  member: string,
  items: readonly unknown[],
  value: Fields,
  scope: Scope,
): ParseItem | undefined {
  const isMessages = member === 'messages'
  // Messages under this field are media of old chats: nobody must take them for new ones.
  if (scope.base.field === 'history' && (isMessages || member === 'message_echoes')) {
    return (item) => parseLooseHistory(item, member, scope)
  }
  if (!isMessages) return itemParsers.get(member)
  const loneContact = findLoneContact(items, value)
  const summary = readSummary(value)
  return (item, _scope, contacts) => parseMessage(item, scope, { contacts, loneContact, summary })
}

type ParseItem = (
  item: unknown,
  scope: Scope,
  contacts: ContactLookup,
) => InboundEvent | readonly InboundEvent[]

const itemParsers: ReadonlyMap<string, ParseItem> = new Map<string, ParseItem>([
  ['statuses', parseStatus],
  ['message_echoes', parseEcho],
  ['history', parseHistory],
  ['calls', parseCall],
  ['groups', parseGroup],
  ['state_sync', parseContactSync],
  ['user_preferences', parsePreference],
  ['user_id_update', parseUserIdUpdate],
  ['errors', parseProviderError],
])

function findLoneContact(items: readonly unknown[], value: Fields): Fields | undefined {
  const contacts = readList(value['contacts'])
  const only = items.length === 1 && contacts.length === 1 ? contacts[0] : undefined
  return isFields(only) ? only : undefined
}

function readSummary(value: Fields): string | undefined {
  const context = value['conversation_context']
  return isFields(context) ? readText(readFields(context['summary'])['text']) : undefined
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
