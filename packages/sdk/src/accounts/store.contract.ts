import { isAuronxError } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { AccountStore, Channel, ChannelDirectory } from './store.ts'

/** What the account contract is run against; each tenant has one number already. */
export interface AccountSubject extends StoreSubject<{ readonly accounts: AccountStore }> {
  readonly directory: ChannelDirectory
}

/** Promises of {@link AccountStore} and {@link ChannelDirectory}. */
export const accountContract: readonly ContractCase<AccountSubject>[] = [
  {
    name: 'replaces a tenant only by its next version',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const tenant = await subject.work.run(tenantId, ({ accounts }) => accounts.tenant())
      const next = {
        ...tenant,
        settings: { ...tenant.settings, businessName: 'New' },
        version: tenant.version + 1,
      }
      await subject.work.run(tenantId, ({ accounts }) => accounts.saveTenant(next))
      assert.deepEqual(await subject.work.run(tenantId, ({ accounts }) => accounts.tenant()), next)
      await assert.rejects(
        subject.work.run(tenantId, ({ accounts }) => accounts.saveTenant(next)),
        (error) => isAuronxError(error, 'version_conflict'),
      )
    },
  },
  {
    name: 'shows a tenant its own numbers only and routes each number to its tenant',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const mine = await only(subject, tenantId)
      const theirs = await only(subject, other)
      assert.equal(
        await subject.work.run(tenantId, ({ accounts }) => accounts.channel(theirs.id)),
        undefined,
      )
      const { phoneNumberId, businessAccountId } = mine
      const route = { tenantId, channelId: mine.id, appId: mine.appId, phoneNumberId }
      assert.deepEqual(await subject.directory.routes({ phoneNumberId }), [route])
      assert.deepEqual(await subject.directory.routes({ businessAccountId }), [route])
      assert.deepEqual(await subject.directory.routes({ phoneNumberId: 'unknown' }), [])
    },
  },
  {
    name: 'refuses a number that another tenant has',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const mine = await only(subject, tenantId)
      const stolen = { ...mine, id: subject.ids.next('ChannelId'), version: 1 }
      await assert.rejects(
        subject.work.run(other, ({ accounts }) => accounts.saveChannel(stolen)),
        (error) => isAuronxError(error, 'conflict'),
      )
      assert.equal((await subject.work.run(other, ({ accounts }) => accounts.channels())).length, 1)
    },
  },
]

async function only(
  subject: AccountSubject,
  tenantId: AccountSubject['tenants'][0],
): Promise<Channel> {
  const [channel] = await subject.work.run(tenantId, ({ accounts }) => accounts.channels())
  if (channel === undefined) throw new Error('The contract needs a number per tenant')
  return channel
}
