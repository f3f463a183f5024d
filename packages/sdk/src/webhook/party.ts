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
  let next = 0
  let index: ContactLookup | undefined
  return (userId, phone) => {
    // Mostly the lists do run in parallel; the index is built when they do not.
    const expected = list[next]
    if (isFields(expected) && belongs(expected, userId, phone)) {
      next = next + 1 < list.length ? next + 1 : next
      return expected
    }
    index ??= indexContacts(list)
    return index(userId, phone)
  }
}

/** A person from identifiers and, where there is one, their `contacts[]` entry. */
export function createParty(
  phone: string | undefined,
  userId: string | undefined,
  parentUserId: string | undefined,
  contact: Fields | undefined,
): Party {
  const party: Draft<Party> = {}
  if (phone !== undefined) party.phone = phone
  if (userId !== undefined) party.userId = userId
  if (parentUserId !== undefined) party.parentUserId = parentUserId
  return contact === undefined ? party : addContact(party, contact)
}

/** A person from an object with `wa_id`, `user_id`, `parent_user_id` and `username`, as groups and history have them. */
export function readParty(value: unknown): Party {
  const fields = readFields(value)
  return createParty(undefined, undefined, undefined, fields)
}

function addContact(party: Draft<Party>, contact: Fields): Party {
  const phone = party.phone ?? readText(contact['wa_id'])
  if (phone !== undefined) party.phone = phone
  const userId = party.userId ?? readText(contact['user_id'])
  if (userId !== undefined) party.userId = userId
  const parentUserId = party.parentUserId ?? readText(contact['parent_user_id'])
  if (parentUserId !== undefined) party.parentUserId = parentUserId
  const profile = readFields(contact['profile'])
  const username = readText(profile['username']) ?? readText(contact['username'])
  if (username !== undefined) party.username = username
  const displayName = readText(profile['name'])
  if (displayName !== undefined) party.displayName = displayName
  return party
}

function belongs(contact: Fields, userId: string | undefined, phone: string | undefined): boolean {
  const contactUserId = userId === undefined ? undefined : readText(contact['user_id'])
  if (contactUserId !== undefined) return contactUserId === userId
  return phone !== undefined && readText(contact['wa_id']) === phone
}

function indexContacts(list: readonly unknown[]): ContactLookup {
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
