import type { GroupEvent } from './account-event.ts'
import type { ProviderError } from './content.ts'
import type { InboundEvent, Party } from './event.ts'
import type { Fields } from './narrow.ts'
import { defined, isFields, readFields, readInstantMs, readList, readText } from './narrow.ts'
import { parseErrors } from './parse-error.ts'
import { readParty } from './party.ts'
import type { Scope } from './scope.ts'
import { contentBase, unknownEvent } from './scope.ts'

const changeOfField: ReadonlyMap<string, GroupEvent['change']> = new Map([
  ['group_lifecycle_update', 'lifecycle'],
  ['group_participants_update', 'participants'],
  ['group_settings_update', 'settings'],
  ['group_status_update', 'status'],
])

/** Narrows one item of `groups[]`. */
export function parseGroup(item: unknown, scope: Scope): InboundEvent {
  if (!isFields(item)) return unknownEvent(scope, 'item_malformed', item, 'groups')
  const person = readParty(item)
  return {
    kind: 'group',
    ...contentBase(scope, 'group', item, readInstantMs(item['timestamp'])),
    change: changeOfField.get(scope.base.field) ?? 'lifecycle',
    type: readText(item['type']) ?? '',
    ...defined({
      groupId: readText(item['group_id']),
      requestId: readText(item['request_id']) ?? readText(item['join_request_id']),
      subject: readText(item['subject']) ?? readText(readFields(item['group_subject'])['text']),
      participant: Object.keys(person).length === 0 ? undefined : person,
    }),
    added: readParticipants(item['added_participants']),
    removed: readParticipants(item['removed_participants']),
    errors: collectErrors(item),
  }
}

function readParticipants(value: unknown): readonly Party[] {
  return readList(value).map(readParty)
}

/** Errors of the group itself and of the settings that could not be changed. */
function collectErrors(item: Fields): readonly ProviderError[] {
  const settings = ['group_subject', 'group_description', 'profile_picture']
  return [
    ...parseErrors(item['errors']),
    ...settings.flatMap((name) => parseErrors(readFields(item[name])['errors'])),
  ]
}
