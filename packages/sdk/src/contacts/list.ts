import { assertAllowed, AuronxError, isAllowed, withinOf } from '../kernel/index.ts'
import type { Actor, ContactId, UnitOfWork, Within } from '../kernel/index.ts'
import { maskIdentities } from './mask.ts'
import type { KnownContact } from './store.ts'

/** Which contacts, newest first. `limit` 1 to 201. */
export interface ContactQuery {
  /** Contacts that come after this one in the list. */
  readonly after?: ContactId
  readonly limit: number
  /** Only those with a conversation there. */
  readonly within?: Within
  /** Only those of whose names a word begins so, whatever the case as far as the database knows it. */
  readonly name?: string
  /** Only those with a phone number of these digits, or beginning with them. */
  readonly phone?: { readonly digits: string; readonly match: 'whole' | 'beginning' }
}

/** Contacts of one tenant as people look through them, inside a transaction. Merged contacts are not listed. */
export interface ContactLists {
  list(query: ContactQuery): Promise<readonly KnownContact[]>
}

/** What somebody looks for among contacts. */
export interface ContactSearch extends Pick<ContactQuery, 'after' | 'limit'> {
  /** The beginning of a name, or a phone number with whatever stands between its digits. Default: everybody. */
  readonly text?: string
}

const longestText = 100
const phoneText = /^\+?[\d\s().-]{3,}$/

/**
 * Contacts that fit, newest first, as far as the actor reaches. A phone number can be looked for by its beginning with `contact:reveal_identifier`; without
 * it only whole numbers are found, and numbers are masked. Throws `not_permitted` without `contact:read`, `invalid_input` for
 * a text of more than 100 characters.
 */
export async function listContacts(
  work: UnitOfWork<{ readonly contactLists: ContactLists }>,
  actor: Actor,
  { text, ...page }: ContactSearch,
): Promise<readonly KnownContact[]> {
  assertAllowed(actor, 'contact:read')
  const found = await work.run(actor.tenantId, ({ contactLists }) =>
    contactLists.list({ ...page, ...filterOf(actor, text?.trim() ?? ''), ...withinOf(actor) }),
  )
  return found.map((contact) => ({
    ...contact,
    identities: maskIdentities(actor, contact.identities),
  }))
}

function filterOf(actor: Actor, text: string): Pick<ContactQuery, 'name' | 'phone'> {
  if (text.length > longestText)
    throw new AuronxError('invalid_input', 'A search has at most 100 characters')
  if (text === '') return {}
  if (!phoneText.test(text)) return { name: text }
  const match = isAllowed(actor, 'contact:reveal_identifier') ? 'beginning' : 'whole'
  return { phone: { digits: text.replaceAll(/\D/g, ''), match } }
}
