import {
  createPostgresAccountStore,
  createPostgresAppDirectory,
  createPostgresAuditStore,
  createPostgresChannelDirectory,
  createPostgresCredentialStore,
  createPostgresSealingKeyDirectory,
  createPostgresSealingKeyStore,
  createPostgresWork,
  defaultNames,
} from '@auronx/adapters/postgres'
import {
  checkRootKeys,
  createChannelTokens,
  createSealer,
  credentialPlace,
  isAuronxError,
} from '@auronx/sdk'
import type {
  AccountStore,
  AppDirectory,
  AuditStore,
  ChannelId,
  ChannelTokens,
  Clock,
  CredentialKind,
  CredentialOwner,
  CredentialStore,
  KeyUpkeep,
  Random,
  Sealer,
  SealingKeyStore,
  TenantId,
  UnitOfWork,
} from '@auronx/sdk'
import type { Config, WhatsAppConfig } from './config.ts'
import type { Database } from './database.ts'
import { openKeyUpkeep } from './key-upkeep.ts'
import { openRootKeys } from './root-keys.ts'

/** Stores of one transaction over what is sealed and what is written down. */
export interface VaultStores {
  readonly accounts: AccountStore
  readonly credentials: CredentialStore
  readonly sealingKeys: SealingKeyStore
  readonly audit: AuditStore
}

/** Everything secret in the database, and what opens it. */
export interface Vault {
  readonly sealer: Sealer
  readonly work: UnitOfWork<VaultStores>
  readonly tokens: ChannelTokens
  readonly apps: AppDirectory
  /** Keeps the keys that secrets are sealed under young. */
  readonly upkeep: KeyUpkeep
  /** 32 bytes for one purpose, the same in every process with these root keys. */
  derive(purpose: string): Uint8Array
  /** Seals the credentials of a number that this process was configured with. */
  seal(place: NumberPlace, account: WhatsAppConfig, options: SealOptions): Promise<void>
  /** `ok` while the root keys open what is stored. */
  check(): Promise<string>
}

/** Whose number it is. */
export interface NumberPlace {
  readonly tenantId: TenantId
  readonly channelId: ChannelId
}

/** What happens to credentials that are stored already. */
export interface SealOptions {
  /** `keep`: a person may have changed them since. `replace`: they are new with every start. */
  readonly stored: 'keep' | 'replace'
}

/**
 * Opens the root keys and proves that they are those of this database. Throws `invalid_config` in one line when they are
 * not.
 */
export async function openVault(
  config: Config,
  database: Database,
  base: { readonly clock: Clock; readonly random: Random },
): Promise<Vault> {
  const { client } = database
  const { schema } = defaultNames
  const work: UnitOfWork<VaultStores> = createPostgresWork(
    client,
    defaultNames,
    (sql, tenantId) => ({
      accounts: createPostgresAccountStore(sql, tenantId),
      credentials: createPostgresCredentialStore(sql, tenantId),
      sealingKeys: createPostgresSealingKeyStore(sql, tenantId),
      audit: createPostgresAuditStore(sql, tenantId),
    }),
  )
  const { secrets, derive } = await openRootKeys(config, base.random, (file) =>
    console.log(`Made ${file}: what is secret in the database opens with it; keep a copy apart`),
  )
  const keys = { secrets, work, directory: createPostgresSealingKeyDirectory(client, schema) }
  await checkRootKeys(keys)
  const sealer = createSealer({ ...base, secrets, work })
  const directory = createPostgresChannelDirectory(client, schema)
  const tokens = createChannelTokens({ ...base, directory, work, sealer })
  return {
    sealer,
    work,
    tokens,
    derive,
    apps: createPostgresAppDirectory(client, schema),
    upkeep: openKeyUpkeep({ ...base, client, secrets }),
    async seal(place, account, options) {
      await sealAccount({ work, sealer, clock: base.clock }, place, account, options)
      tokens.forget(account.phoneNumberId)
    },
    check: () =>
      checkRootKeys(keys).then(
        () => 'ok',
        (error: unknown) => (isAuronxError(error) ? error.code : 'unavailable'),
      ),
  }
}

async function sealAccount(
  { work, sealer, clock }: Pick<Vault, 'work' | 'sealer'> & { readonly clock: Clock },
  { tenantId, channelId }: NumberPlace,
  account: WhatsAppConfig,
  { stored }: SealOptions,
): Promise<void> {
  const channel: CredentialOwner = { kind: 'channel', id: channelId }
  const app: CredentialOwner = { kind: 'app', id: account.appId }
  const given: readonly [CredentialOwner, CredentialKind, string][] = [
    [channel, 'access_token', account.accessToken],
    [app, 'app_secret', account.appSecret],
    [app, 'verify_token', account.verifyToken],
  ]
  const { number, known } = await work.run(tenantId, async ({ accounts, credentials }) => ({
    number: await accounts.channel(channelId),
    known: await credentials.list(channel),
  }))
  // A number that a person disconnected stays so, whatever the environment says.
  const isLeft = number?.status === 'stopped' && number.stoppedReason?.startsWith('disconnect')
  if (isLeft === true || (stored === 'keep' && known.length > 0)) return
  const setAt = clock.now()
  const sealed = await Promise.all(
    given.map(async ([owner, kind, value]) => ({
      owner,
      kind,
      setAt,
      sealed: await sealer.seal(
        credentialPlace(tenantId, owner, kind),
        new TextEncoder().encode(value),
      ),
    })),
  )
  await work.run(tenantId, async ({ credentials }) => {
    await credentials.claimApp(account.appId)
    for (const credential of sealed) await credentials.put(credential)
  })
}
