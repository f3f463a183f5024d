import type { Party } from '../webhook/index.ts'
import type { ContactId } from '../kernel/index.ts'
import type { Identity, KnownContact } from './store.ts'

/** What {@link decideIdentity} found out. */
export type IdentityDecision =
  /** Nobody is known by this. `displaced` had the phone number before. */
  | {
      readonly kind: 'create'
      readonly link: readonly Identity[]
      readonly displaced?: KnownContact
    }
  /** Somebody is. `link` is new about them; `merge` are the same person under other ids, `displaced` is somebody else who had the phone number before. */
  | {
      readonly kind: 'match'
      readonly contact: KnownContact
      readonly link: readonly Identity[]
      readonly merge: readonly KnownContact[]
      readonly displaced?: KnownContact
    }
  /** The event names nobody. */
  | { readonly kind: 'nobody' }

/**
 * The identities an event proves. `scope` is the business portfolio its user ids are unique in. Members that are
 * empty, absurdly long or hold control characters prove nothing.
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids
 */
export function identitiesOf(party: Party, scope: string): readonly Identity[] {
  const identities: Identity[] = []
  if (isUsable(party.userId)) identities.push({ kind: 'wa_bsuid', scope, value: party.userId })
  if (isUsable(party.parentUserId)) {
    identities.push({ kind: 'wa_parent_bsuid', scope, value: party.parentUserId })
  }
  if (isUsable(party.phone)) identities.push({ kind: 'wa_phone', scope: '', value: party.phone })
  const username = party.username === undefined ? '' : normalizeUsername(party.username)
  if (isUsable(username)) identities.push({ kind: 'wa_username', scope, value: username })
  return identities
}

/** A username without `@` and in lower case, as it is stored and compared. */
export function normalizeUsername(username: string): string {
  return username.trim().replace(/^@/, '').toLowerCase()
}

/**
 * The numbers one person may appear under: the number as received first, then its national variants. Brazil with and
 * without the ninth digit, for mobiles only; Mexico with and without the 1, Argentina with and without the 9 after the
 * country code.
 */
export function phoneVariants(phone: string): readonly string[] {
  const digits = phone.replace(/^\+/, '')
  const variants = [digits, ...variantsOf(digits)]
  return [...new Set([phone, ...variants])]
}

/** What to search for: proofs and the national variants of the phone number. Usernames are labels and prove nothing. */
export function searchedIdentities(identities: readonly Identity[]): readonly Identity[] {
  return identities.flatMap((identity) => {
    if (identity.kind === 'wa_username') return []
    if (identity.kind !== 'wa_phone') return [identity]
    return phoneVariants(identity.value).map((value) => ({ ...identity, value }))
  })
}

/**
 * Decides who an event is from. `known` are the contacts that own any of {@link searchedIdentities}.
 *
 * A user id proves more than a phone number: numbers are handed on to other people. One event with both proves that two
 * contacts are one person, unless the other one has a different user id in that portfolio: then the number has a new
 * holder and moves alone. A national variant finds a contact but never merges two.
 */
export function decideIdentity(
  identities: readonly Identity[],
  known: readonly KnownContact[],
): IdentityDecision {
  const proofs = identities.filter(({ kind }) => kind !== 'wa_username')
  if (proofs.length === 0) return { kind: 'nobody' }
  const found = rank(proofs, known)
  const strangers = found.filter((contact) => contradicts(contact, proofs))
  const same = found.filter((contact) => !strangers.includes(contact))
  const exact = same.filter((contact) => proofs.some((proof) => owns(contact, proof)))
  const people = exact.length > 0 ? oldestFirst(exact) : same.slice(0, 1)
  const [contact, ...merge] = people
  const phone = proofs.find(({ kind }) => kind === 'wa_phone')
  const displaced = strangers.find((stranger) => phone !== undefined && owns(stranger, phone))
  const lost = displaced === undefined ? {} : { displaced }
  if (contact === undefined) return { kind: 'create', link: identities, ...lost }
  const owned = people.flatMap((one) => one.identities)
  const link = identities.filter((identity) => !owned.some((one) => isSame(one, identity)))
  return { kind: 'match', contact, link, merge, ...lost }
}

/** Whether two identities are one. */
export function isSame(one: Identity, other: Identity): boolean {
  return one.kind === other.kind && one.scope === other.scope && one.value === other.value
}

/** Whether an identity is the last one of its kind and scope that a contact is known by. */
export function isNewest({ identities }: KnownContact, identity: Identity): boolean {
  const newest = identities.findLast(
    ({ kind, scope }) => kind === identity.kind && scope === identity.scope,
  )
  return newest !== undefined && isSame(newest, identity)
}

/** The identities as one key, for maps. */
export function identityKey({ kind, scope, value }: Identity): string {
  return JSON.stringify([kind, scope, value])
}

const strength: Readonly<Record<Identity['kind'], number>> = {
  wa_bsuid: 0,
  wa_parent_bsuid: 1,
  wa_phone: 2,
  email: 3,
  external: 3,
  wa_username: 4,
}

/** The contacts in the order of the strongest proof that leads to them, exact matches before variants. */
function rank(
  proofs: readonly Identity[],
  known: readonly KnownContact[],
): readonly KnownContact[] {
  const order = proofs.toSorted((a, b) => strength[a.kind] - strength[b.kind])
  const keys = order.flatMap((proof) => searchedIdentities([proof]))
  const position = (contact: KnownContact): number => keys.findIndex((key) => owns(contact, key))
  return known
    .filter((contact) => position(contact) >= 0)
    .toSorted((a, b) => position(a) - position(b))
}

function owns(contact: KnownContact, identity: Identity): boolean {
  return contact.identities.some((one) => isSame(one, identity))
}

function contradicts(contact: KnownContact, proofs: readonly Identity[]): boolean {
  const proven = proofs.find(({ kind }) => kind === 'wa_bsuid')
  if (proven === undefined) return false
  if (proofs.some((proof) => proof.kind === 'wa_parent_bsuid' && owns(contact, proof))) return false
  const own = contact.identities.filter(
    ({ kind, scope }) => kind === 'wa_bsuid' && scope === proven.scope,
  )
  return own.length > 0 && !own.some(({ value }) => value === proven.value)
}

function oldestFirst(contacts: readonly KnownContact[]): readonly KnownContact[] {
  return contacts.toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compare(a.id, b.id),
  )
}

function compare(a: ContactId, b: ContactId): number {
  return a < b ? -1 : 1
}

function variantsOf(digits: string): readonly string[] {
  // Mobile subscriber numbers of Brazil begin with 6 to 9, landlines with 2 to 5.
  const brazilLong = /^55(\d\d)9([6-9]\d{7})$/.exec(digits)
  if (brazilLong !== null) return [`55${brazilLong[1]}${brazilLong[2]}`]
  const brazilShort = /^55(\d\d)([6-9]\d{7})$/.exec(digits)
  if (brazilShort !== null) return [`55${brazilShort[1]}9${brazilShort[2]}`]
  const mexicoLong = /^521(\d{10})$/.exec(digits)
  if (mexicoLong !== null) return [`52${mexicoLong[1]}`]
  const mexicoShort = /^52(\d{10})$/.exec(digits)
  if (mexicoShort !== null) return [`521${mexicoShort[1]}`]
  const argentinaLong = /^549(\d{10})$/.exec(digits)
  if (argentinaLong !== null) return [`54${argentinaLong[1]}`]
  const argentinaShort = /^54(\d{10})$/.exec(digits)
  if (argentinaShort !== null) return [`549${argentinaShort[1]}`]
  return []
}

function isUsable(value: string | undefined): value is string {
  return (
    value !== undefined && value.trim() !== '' && value.length <= 256 && !unstorable.test(value)
  )
}

const unstorable = /[\p{Cc}\p{Surrogate}]/u
