import { asId, listContacts } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound, Call } from '../../api/call.ts'
import { refused } from '../../api/problem.ts'
import type { Refused } from '../../api/problem.ts'
import { contactView } from './views.ts'

interface ById {
  readonly params: { readonly id: string }
}

const contactId = ({ params }: ById) => asId('ContactId', params.id)

/** The customers of the business. */
export const contactBounds: readonly Bound[] = [
  bind(api.listContacts, async ({ work, actor, place, page }, { query: { limit, q } }) => {
    const contacts = await listContacts(work, actor, {
      limit: limit + 1,
      ...(q === undefined ? {} : { text: q }),
      ...(place === undefined ? {} : { after: asId('ContactId', place) }),
    })
    const shown = contacts.slice(0, limit)
    return page(shown.map(contactView), contacts.length > limit ? shown.at(-1)?.id : undefined)
  }),
  bind(api.getContact, (call, input) => readContact(call, input)),
  bind(
    api.setContactLocale,
    async (call, input) => {
      const { contacts } = call.services
      const { locale } = input.body
      return changed(call, input, await contacts.setLocale(call.actor, contactId(input), locale))
    },
    versionOf,
  ),
  bind(
    api.mergeContact,
    async (call, input) => {
      const from = asId('ContactId', input.body.fromId)
      const { contacts } = call.services
      return changed(call, input, await contacts.merge(call.actor, from, contactId(input)))
    },
    versionOf,
  ),
  bind(
    api.suppressContact,
    async (call, input) => {
      const command = { ...input.body, since: call.now }
      const { contacts } = call.services
      return changed(call, input, await contacts.suppress(call.actor, contactId(input), command))
    },
    versionOf,
  ),
  bind(
    api.liftSuppression,
    async (call, input) => {
      const command = { ...input.body, at: call.now, by: 'person' } as const
      const { contacts } = call.services
      return changed(call, input, await contacts.lift(call.actor, contactId(input), command))
    },
    versionOf,
  ),
]

async function versionOf({ services, actor }: Call, input: ById): Promise<number | undefined> {
  return (await services.contacts.get(actor, contactId(input)))?.version
}

async function readContact(
  { services, actor }: Call,
  input: ById,
): Promise<ReturnType<typeof contactView> | Refused> {
  const contact = await services.contacts.get(actor, contactId(input))
  return contact === undefined ? refused('not_found') : contactView(contact)
}

async function changed(
  call: Call,
  input: ById,
  outcome:
    | { readonly kind: 'changed' | 'unchanged' | 'merged' }
    | {
        readonly kind: 'refused'
        readonly reason: 'not_found' | 'not_permitted' | 'same'
      },
): Promise<ReturnType<typeof contactView> | Refused> {
  return outcome.kind === 'refused' ? refused(outcome.reason) : readContact(call, input)
}
