import {
  createRootKeys,
  createRotation,
  createSealer,
  createSecret,
  credentialPlace,
  platformTenant,
} from '@auronx/sdk'
import { credentialContract, runContract, sealingKeyContract } from '@auronx/sdk/testing'
import type { CredentialSubject, SealingKeySubject } from '@auronx/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createPostgresAccountStore, createPostgresChannelDirectory } from './accounts.ts'
import {
  createPostgresAppDirectory,
  createPostgresCredentialStore,
  createPostgresSealedCredentials,
} from './credentials.ts'
import { createPostgresSealingKeyDirectory, createPostgresSealingKeyStore } from './sealing-keys.ts'
import { defaultNames } from './tenant.ts'
import { contractAssert, eachEngine, openSubject } from './testing.ts'

const { schema } = defaultNames

eachEngine((engine) => {
  const openKeys = async (): Promise<SealingKeySubject> => ({
    ...(await openSubject(engine(), (sql, tenantId) => ({
      sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
    }))),
    directory: createPostgresSealingKeyDirectory(engine().client, schema),
  })
  const openCredentials = async () => ({
    ...(await openSubject(engine(), (sql, tenantId) => {
      const sealedCredentials = createPostgresSealedCredentials(sql, tenantId)
      return {
        accounts: createPostgresAccountStore(sql, tenantId),
        credentials: createPostgresCredentialStore(sql, tenantId),
        sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
        sealedCredentials,
        sealedColumns: [sealedCredentials],
      }
    })),
    directory: createPostgresChannelDirectory(engine().client, schema),
    apps: createPostgresAppDirectory(engine().client, schema),
  })

  describe('sealing keys', () =>
    runContract({ test, assert: contractAssert, open: openKeys }, sealingKeyContract))
  describe('credentials', () =>
    runContract(
      { test, assert: contractAssert, open: (): Promise<CredentialSubject> => openCredentials() },
      credentialContract,
    ))

  test('a key stays as long as a value is sealed under it, and no value comes after its key went', async () => {
    const subject = await openCredentials()
    const { work, clock, random } = subject
    const [tenantId] = subject.tenants
    const secrets = createRootKeys([{ version: 1, bytes: createSecret(random.bytes(32)) }], random)
    const deps = { work, clock, random, secrets }
    const sealer = createSealer(deps)
    const owner = { kind: 'app', id: '7' } as const
    const place = credentialPlace(tenantId, owner, 'app_secret')
    const value = new TextEncoder().encode('planted')
    const sealed = await sealer.seal(place, value)
    const credential = { owner, kind: 'app_secret', sealed, setAt: clock.now() } as const
    const put = () => work.run(tenantId, ({ credentials }) => credentials.put(credential))
    await put()
    const rotation = createRotation({
      ...deps,
      platformColumns: [],
      directory: createPostgresSealingKeyDirectory(engine().client, schema),
    })
    await rotation.renew(tenantId)
    const destroy = () => work.run(tenantId, ({ sealingKeys }) => sealingKeys.destroy(1))
    await expect(destroy()).rejects.toMatchObject({ code: 'storage_constraint' })
    const report = await rotation.reseal(tenantId, new AbortController().signal)
    expect(report).toEqual({ changed: 1, failed: 0 })
    expect(await destroy()).toBe(true)
    await expect(put()).rejects.toMatchObject({ code: 'storage_constraint' })
    const [kept] = await work.run(tenantId, ({ credentials }) => credentials.list(owner))
    expect(await sealer.open(place, kept?.sealed ?? new Uint8Array())).toEqual(value)
  })

  test('the platform seals under a key of its own, which no tenant sees', async () => {
    const { work, clock, random, tenants } = await openKeys()
    const secrets = createRootKeys([{ version: 1, bytes: createSecret(random.bytes(32)) }], random)
    const sealer = createSealer({ work, clock, random, secrets })
    const context = { table: 'signing_keys', column: 'sealed', rowId: 'k-1' }
    const value = new TextEncoder().encode('private key')
    const sealed = await sealer.seal({ ...context, tenantId: 'platform' }, value)
    expect(await sealer.open({ ...context, tenantId: 'platform' }, sealed)).toEqual(value)
    const seen = await work.run(tenants[0], ({ sealingKeys }) => sealingKeys.list())
    expect(seen).toEqual([])
    await expect(sealer.open({ ...context, tenantId: tenants[0] }, sealed)).rejects.toMatchObject({
      code: 'seal_broken',
    })
    const own = await work.run(platformTenant, ({ sealingKeys }) => sealingKeys.list())
    expect(own).toHaveLength(1)
  })

  test('what is no envelope is refused', async () => {
    const { work, clock, tenants } = await openCredentials()
    const owner = { kind: 'app', id: '7' } as const
    for (const sealed of [new Uint8Array(0), new Uint8Array(5), new TextEncoder().encode('plain')])
      await expect(
        work.run(tenants[0], ({ credentials }) =>
          credentials.put({ owner, kind: 'app_secret', sealed, setAt: clock.now() }),
        ),
      ).rejects.toMatchObject({ code: 'storage_constraint' })
  })
})
