import type { AccountStore, ChannelDirectory } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { ChannelId } from '../kernel/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { SealedColumn, SealingKeyStore } from '../secrets/index.ts'
import { credentialPlace } from './sealing.ts'
import type { AppDirectory, CredentialOwner, CredentialStore, StoredCredential } from './store.ts'

/** What the credential contract is run against; each tenant has one number already. */
export interface CredentialSubject extends StoreSubject<{
  readonly accounts: AccountStore
  readonly credentials: CredentialStore
  readonly sealingKeys: SealingKeyStore
  readonly sealedCredentials: SealedColumn
}> {
  readonly directory: ChannelDirectory
  readonly apps: AppDirectory
}

type Tenant = CredentialSubject['tenants'][0]

const app: CredentialOwner = { kind: 'app', id: '1550000000000001' }

/** Promises of {@link CredentialStore} and {@link AppDirectory}. */
export const credentialContract: readonly ContractCase<CredentialSubject>[] = [
  {
    name: 'keeps one credential of a kind per owner, and shows the newest',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      await addKeys(subject, tenantId)
      const owner = await channelOf(subject, tenantId)
      const first = credentialOf(subject, { owner, kind: 'pin' })
      const second = credentialOf(subject, { owner, kind: 'access_token', lastFour: '9f3k' })
      const secret = credentialOf(subject, { owner: app, kind: 'app_secret' })
      for (const one of [first, second, secret]) await put(subject, tenantId, one)
      subject.clock.advance(1_000)
      const again = credentialOf(subject, { owner, kind: 'pin', fill: 7 })
      await put(subject, tenantId, again)
      assert.deepEqual(sorted(await list(subject, tenantId, owner)), sorted([again, second]))
      assert.deepEqual(await list(subject, tenantId, app), [secret])
      assert.equal((await list(subject, tenantId)).length, 3)
    },
  },
  {
    name: 'shows and erases the credentials of its own tenant only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      await addKeys(subject, tenantId)
      const owner = await channelOf(subject, tenantId)
      await put(subject, tenantId, credentialOf(subject, { owner, kind: 'pin' }))
      assert.deepEqual(await list(subject, other), [])
      assert.equal(await erase(subject, other, owner), 0)
      assert.equal(await erase(subject, tenantId, owner), 1)
      assert.equal(await erase(subject, tenantId, owner), 0)
    },
  },
  {
    name: 'gives an app to one tenant at a time',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const claim = (who: Tenant): Promise<void> =>
        subject.work.run(who, ({ credentials }) => credentials.claimApp(app.id))
      await claim(tenantId)
      await claim(tenantId)
      assert.deepEqual(await subject.apps.apps(), [{ tenantId, appId: app.id }])
      await assert.rejects(claim(other), (error) => isAuronxError(error, 'conflict'))
      await erase(subject, other, app)
      assert.deepEqual(await subject.apps.apps(), [{ tenantId, appId: app.id }])
      await erase(subject, tenantId, app)
      await claim(other)
      assert.deepEqual(await subject.apps.apps(), [{ tenantId: other, appId: app.id }])
    },
  },
  {
    name: 'releases a number, so that another tenant can take it, and its own tenant too',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const release = (who: Tenant, id: ChannelId): Promise<void> =>
        subject.work.run(who, ({ credentials }) => credentials.releaseNumber(id))
      const [channel] = await subject.work.run(tenantId, ({ accounts }) => accounts.channels())
      if (channel === undefined) throw new Error('The contract needs a number per tenant')
      const { phoneNumberId } = channel
      await release(other, channel.id)
      assert.equal((await subject.directory.routes({ phoneNumberId })).length, 1)
      await release(tenantId, channel.id)
      assert.deepEqual(await subject.directory.routes({ phoneNumberId }), [])
      const moved = { ...channel, id: subject.ids.next('ChannelId'), version: 1 }
      await subject.work.run(other, ({ accounts }) => accounts.saveChannel(moved))
      assert.deepEqual(
        (await subject.directory.routes({ phoneNumberId })).map((route) => route.tenantId),
        [other],
      )
      const back = { ...channel, version: channel.version + 1 }
      await assert.rejects(
        subject.work.run(tenantId, ({ accounts }) => accounts.saveChannel(back)),
        (error) => isAuronxError(error, 'conflict'),
      )
    },
  },
  {
    name: 'offers older sealed values row by row, and replaces exactly what it offered',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      await addKeys(subject, tenantId)
      const owner = await channelOf(subject, tenantId)
      const old = credentialOf(subject, { owner, kind: 'access_token' })
      const oldest = credentialOf(subject, { owner: app, kind: 'verify_token' })
      const fresh = credentialOf(subject, { owner, kind: 'pin', version: 2 })
      for (const one of [old, fresh, oldest]) await put(subject, tenantId, one)
      const page = (after?: string) =>
        subject.work.run(tenantId, ({ sealedCredentials }) =>
          sealedCredentials.sealedBefore(2, after, 1),
        )
      const [first] = await page()
      const [second] = await page(first?.context.rowId)
      if (first === undefined || second === undefined) throw new Error('There must be two values')
      assert.deepEqual(await page(second.context.rowId), [])
      assert.deepEqual(
        [first.context, second.context],
        [
          credentialPlace(tenantId, app, 'verify_token'),
          credentialPlace(tenantId, owner, 'access_token'),
        ],
      )
      const reseal = (sealed: Uint8Array): Promise<boolean> =>
        subject.work.run(tenantId, ({ sealedCredentials }) =>
          sealedCredentials.reseal({ ...first, sealed }, sealedUnder(2, 5)),
        )
      assert.equal(await reseal(sealedUnder(1, 9)), false)
      assert.equal(await reseal(first.sealed), true)
      assert.equal(await reseal(first.sealed), false)
      assert.equal((await page()).length, 1)
    },
  },
]

/** Bytes that look sealed under a version of a key. */
export function sealedUnder(version: number, fill = 1): Uint8Array {
  const bytes = new Uint8Array(40).fill(fill)
  bytes.set([1, 1])
  new DataView(bytes.buffer).setUint32(2, version)
  return bytes
}

async function addKeys({ work, clock }: CredentialSubject, tenantId: Tenant): Promise<void> {
  for (const version of [1, 2]) {
    const wrapped = { rootVersion: 1, bytes: sealedUnder(1) }
    await work.run(tenantId, ({ sealingKeys }) =>
      sealingKeys.add({ version, wrapped, createdAt: clock.now() }),
    )
  }
}

async function channelOf({ work }: CredentialSubject, tenantId: Tenant): Promise<CredentialOwner> {
  const [channel] = await work.run(tenantId, ({ accounts }) => accounts.channels())
  if (channel === undefined) throw new Error('The contract needs a number per tenant')
  return { kind: 'channel', id: channel.id }
}

function credentialOf(
  { clock }: CredentialSubject,
  given: Pick<StoredCredential, 'owner' | 'kind' | 'lastFour'> & {
    readonly version?: number
    readonly fill?: number
  },
): StoredCredential {
  const { version = 1, fill = 1, ...rest } = given
  return { ...rest, sealed: sealedUnder(version, fill), setAt: clock.now() }
}

function put(subject: CredentialSubject, tenantId: Tenant, one: StoredCredential): Promise<void> {
  return subject.work.run(tenantId, ({ credentials }) => credentials.put(one))
}

function list(
  subject: CredentialSubject,
  tenantId: Tenant,
  owner?: CredentialOwner,
): Promise<readonly StoredCredential[]> {
  return subject.work.run(tenantId, ({ credentials }) => credentials.list(owner))
}

function erase(
  subject: CredentialSubject,
  tenantId: Tenant,
  owner: CredentialOwner,
): Promise<number> {
  return subject.work.run(tenantId, ({ credentials }) => credentials.erase(owner))
}

function sorted(all: readonly StoredCredential[]): readonly StoredCredential[] {
  return all.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
}
