import { readMemoryReach } from '../kernel/index.ts'
import type { ContactId, MemoryDatabase, TenantId } from '../kernel/index.ts'
import type { ContactLists, ContactQuery } from './list.ts'
import type { Contact, Identity, KnownContact } from './store.ts'

interface Row extends Contact {
  readonly tenantId: TenantId
}

interface IdentityRow extends Identity {
  readonly tenantId: TenantId
  readonly contactId: ContactId
}

/** Lists of contacts over an in-memory database. */
export function createMemoryContactLists(
  database: MemoryDatabase,
  tenantId: TenantId,
): ContactLists {
  const contacts = database.table<Row>('contacts')
  const identities = database.table<IdentityRow>('contact_identities')
  const known = ({ tenantId: _tenant, ...contact }: Row): KnownContact => ({
    ...contact,
    identities: [...identities.values()]
      .filter((row) => row.tenantId === tenantId && row.contactId === contact.id)
      .map(({ kind, scope, value }) => ({ kind, scope, value })),
  })
  return {
    list: async (query) =>
      [...contacts.values()]
        .filter((row) => row.tenantId === tenantId && row.mergedIntoId === undefined)
        .filter(({ id }) => query.after === undefined || id < query.after)
        .filter(({ id }) => readMemoryReach(database, tenantId, query.within).hasContact(id))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .map(known)
        .filter((contact) => fits(contact, query))
        .slice(0, query.limit),
  }
}

function fits(
  { displayName = '', identities }: KnownContact,
  { name, phone }: ContactQuery,
): boolean {
  if (name !== undefined && !` ${displayName}`.toLowerCase().includes(` ${name.toLowerCase()}`))
    return false
  if (phone === undefined) return true
  return identities.some(
    ({ kind, value }) =>
      kind === 'wa_phone' &&
      (phone.match === 'whole' ? value === phone.digits : value.startsWith(phone.digits)),
  )
}
