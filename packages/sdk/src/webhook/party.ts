import type { Party } from './event.ts'
import type { Draft, Fields } from './narrow.ts'
import { isFields, readFields, readList, readText } from './narrow.ts'

/** Finds the `contacts[]` entry of a person by user id or phone; undefined when there is none. */
export type ContactLookup = (
  userId: string | undefined,
  phone: string | undefined,
) => Fields | undefined

/**
 * A lookup over `value.contacts[]`. The list does not pair with the messages by position, so people are matched by
 * their ids.
 */
export function createContactLookup(contacts: unknown): ContactLookup {
  const list = readList(contacts)
  if (list.length > 1) return lookupMany(list)
  const only = list[0]
  if (!isFields(only)) return () => undefined
  const onlyUserId = readText(only['user_id'])
  const onlyPhone = readText(only['wa_id'])
  return (userId, phone) =>
    (userId !== undefined && userId === onlyUserId) || (phone !== undefined && phone === onlyPhone)
      ? only
      : undefined
}

/** A person from identifiers and, where there is one, their `contacts[]` entry. */
export function createParty(
  phone: string | undefined,
  userId: string | undefined,
  parentUserId: string | undefined,
  contact: Fields | undefined,
): Party {
  const party: Draft<Party> = {}
  const anyPhone = phone ?? (contact && readText(contact['wa_id']))
  if (anyPhone !== undefined) party.phone = anyPhone
  const anyUserId = userId ?? (contact && readText(contact['user_id']))
  if (anyUserId !== undefined) party.userId = anyUserId
  const anyParent = parentUserId ?? (contact && readText(contact['parent_user_id']))
  if (anyParent !== undefined) party.parentUserId = anyParent
  if (contact === undefined) return party
  const profile = readFields(contact['profile'])
  const username = readText(profile['username']) ?? readText(contact['username'])
  if (username !== undefined) party.username = username
  const displayName = readText(profile['name'])
  if (displayName !== undefined) party.displayName = displayName
  return party
}

/** A person from an object with `wa_id`, `user_id`, `parent_user_id` and `username`, as groups and history have them. */
export function readParty(value: unknown): Party {
  const fields = readFields(value)
  return createParty(undefined, undefined, undefined, fields)
}

function lookupMany(list: readonly unknown[]): ContactLookup {
  const byUserId = new Map<string, Fields>()
  const byPhone = new Map<string, Fields>()
  for (const contact of list) {
    if (!isFields(contact)) continue
    const userId = readText(contact['user_id'])
    if (userId !== undefined) byUserId.set(userId, contact)
    const phone = readText(contact['wa_id'])
    if (phone !== undefined) byPhone.set(phone, contact)
  }
  return (userId, phone) =>
    (userId === undefined ? undefined : byUserId.get(userId)) ??
    (phone === undefined ? undefined : byPhone.get(phone))
}
