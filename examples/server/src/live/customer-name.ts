import type { Actor, Auronx, ContactId } from '@auronx/sdk'

/** How a customer is shown: a name, and a number or username beside it. */
export interface CustomerName {
  readonly name: string
  readonly handle: string
}

/** The name of a contact as staff see it; someone without a name is shown by number, username or as "Customer". */
export async function nameCustomer(
  auronx: Auronx,
  actor: Actor,
  id: ContactId,
): Promise<CustomerName> {
  const known = await auronx.contacts.get(actor, id)
  const valueOf = (kind: string): string | undefined =>
    known?.identities.findLast((identity) => identity.kind === kind)?.value
  const phone = valueOf('wa_phone')
  const username = valueOf('wa_username')
  const shownUsername = username === undefined ? '' : `@${username}`
  const handle = phone === undefined ? shownUsername : `+${phone}`
  return { name: known?.displayName ?? (handle === '' ? 'Customer' : handle), handle }
}
