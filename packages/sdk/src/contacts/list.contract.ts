import type { ContactId, TenantId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { ContactLists, ContactQuery } from './list.ts'
import type { ContactStore } from './store.ts'

/** What the contract of lists of contacts is run against. */
export type ContactListSubject = StoreSubject<{
  readonly contacts: ContactStore
  readonly contactLists: ContactLists
}>

/** Promises of {@link ContactLists}. */
export const contactListContract: readonly ContractCase<ContactListSubject>[] = [
  {
    name: 'lists the contacts of its tenant, newest first and page by page, each with its identities',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const made: ContactId[] = []
      for (const name of ['Ana', 'Ben', 'Cam']) made.push(await add(subject, tenantId, name))
      await add(subject, other, 'Dee')
      const first = await list(subject, tenantId, { limit: 2 })
      assert.deepEqual(
        first.map(({ id }) => id),
        made.toReversed().slice(0, 2),
      )
      assert.equal(first[0]?.identities.length, 1)
      const last = first.at(-1)?.id
      const rest = await list(subject, tenantId, {
        limit: 2,
        ...(last === undefined ? {} : { after: last }),
      })
      assert.deepEqual(
        rest.map(({ id }) => id),
        made.slice(0, 1),
      )
      assert.equal((await list(subject, other, { limit: 10 })).length, 1)
    },
  },
  {
    name: 'finds names by the beginning of a word, whatever the case and whatever characters',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      for (const name of ['Ana María López', 'Banana', '100%', 'a_b', 'axb'])
        await add(subject, tenantId, name)
      const found = async (name: string): Promise<readonly unknown[]> =>
        (await list(subject, tenantId, { limit: 10, name })).map(({ displayName }) => displayName)
      assert.deepEqual(await found('ana'), ['Ana María López'])
      assert.deepEqual(await found('LóP'), ['Ana María López'])
      assert.deepEqual(await found('maría l'), ['Ana María López'])
      assert.deepEqual(await found('100%'), ['100%'])
      assert.deepEqual(await found('%'), [])
      assert.deepEqual(await found('a_'), ['a_b'])
      assert.deepEqual(await found("'; --"), [])
    },
  },
  {
    name: 'finds numbers by all of their digits, or by their beginning where that is asked for',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const wanted = await add(subject, tenantId, 'Ana', '15550100201')
      await add(subject, tenantId, 'Ben', '15550100999')
      const found = async (digits: string, match: 'whole' | 'beginning') =>
        (await list(subject, tenantId, { limit: 10, phone: { digits, match } })).map(({ id }) => id)
      assert.deepEqual(await found('15550100201', 'whole'), [wanted])
      assert.deepEqual(await found('1555010020', 'whole'), [])
      assert.deepEqual(await found('1555010020', 'beginning'), [wanted])
      assert.equal((await found('1555', 'beginning')).length, 2)
      assert.deepEqual(await found('5550', 'beginning'), [])
    },
  },
  {
    name: 'leaves out contacts that became a part of another',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const from = await add(subject, tenantId, 'Ana')
      const to = await add(subject, tenantId, 'Ana')
      await subject.work.run(tenantId, ({ contacts }) =>
        contacts.merge(from, to, subject.clock.now()),
      )
      const found = await list(subject, tenantId, { limit: 10, name: 'Ana' })
      assert.deepEqual(
        found.map(({ id, identities }) => [id, identities.length]),
        [[to, 2]],
      )
    },
  },
]

let counter = 0

async function add(
  subject: ContactListSubject,
  tenantId: TenantId,
  displayName: string,
  phone?: string,
): Promise<ContactId> {
  counter += 1
  const id = subject.ids.next('ContactId')
  const now = subject.clock.now()
  const value = phone ?? `1555010${String(counter).padStart(4, '0')}`
  await subject.work.run(tenantId, ({ contacts }) =>
    contacts.insert({ id, displayName, createdAt: now, updatedAt: now, version: 1 }, [
      { kind: 'wa_phone', scope: '', value },
    ]),
  )
  return id
}

function list(subject: ContactListSubject, tenantId: TenantId, query: ContactQuery) {
  return subject.work.run(tenantId, ({ contactLists }) => contactLists.list(query))
}
