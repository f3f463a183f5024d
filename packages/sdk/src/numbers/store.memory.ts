import { releaseMemoryChannel } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import { sealedVersion } from '../secrets/index.ts'
import type { SealedColumn, SealedValue } from '../secrets/index.ts'
import { credentialPlace } from './sealing.ts'
import type {
  AppDirectory,
  AppEntry,
  CredentialOwner,
  CredentialStore,
  StoredCredential,
} from './store.ts'

interface CredentialRow {
  readonly tenantId: TenantId
  readonly credential: StoredCredential
}

/** A tenant's credentials over an in-memory database. */
export function createMemoryCredentialStore(
  database: MemoryDatabase,
  tenantId: TenantId,
): CredentialStore {
  const rows = database.table<CredentialRow>('credentials')
  const apps = database.table<AppEntry>('app_directory')
  return {
    list: async (owner) =>
      ownRows(database, tenantId)
        .map((row) => row.credential)
        .filter((one) => owner === undefined || isSame(one.owner, owner)),
    async put(credential) {
      rows.set(nameOf(tenantId, credential), { tenantId, credential })
    },
    async erase(owner) {
      const gone = [...rows].filter(
        ([, row]) => row.tenantId === tenantId && isSame(row.credential.owner, owner),
      )
      for (const [name] of gone) rows.delete(name)
      if (owner.kind === 'app' && apps.get(owner.id)?.tenantId === tenantId) apps.delete(owner.id)
      return gone.length
    },
    async claimApp(appId) {
      const known = apps.get(appId)
      if (known !== undefined && known.tenantId !== tenantId) {
        throw new AuronxError('conflict', 'Another tenant has this app')
      }
      apps.set(appId, { tenantId, appId })
    },
    releaseNumber: async (channelId) => releaseMemoryChannel(database, tenantId, channelId),
  }
}

/** Every app over an in-memory database. */
export function createMemoryAppDirectory(database: MemoryDatabase): AppDirectory {
  const apps = database.table<AppEntry>('app_directory')
  return {
    apps: async () => [...apps.values()].toSorted((a, b) => (a.appId < b.appId ? -1 : 1)),
  }
}

/** A tenant's sealed credentials over an in-memory database, for rotation. */
export function createMemorySealedCredentials(
  database: MemoryDatabase,
  tenantId: TenantId,
): SealedColumn {
  const rows = database.table<CredentialRow>('credentials')
  return {
    sealedBefore: async (version, afterRowId, limit) =>
      ownRows(database, tenantId)
        .map(({ credential }): SealedValue => {
          const { owner, kind, sealed } = credential
          return { context: credentialPlace(tenantId, owner, kind), sealed }
        })
        .filter((value) => sealedVersion(value.sealed) < version)
        .filter((value) => afterRowId === undefined || value.context.rowId > afterRowId)
        .toSorted((a, b) => (a.context.rowId < b.context.rowId ? -1 : 1))
        .slice(0, limit),
    async reseal(value, sealed) {
      const name = `${tenantId}/${value.context.rowId}`
      const row = rows.get(name)
      if (row === undefined || String(row.credential.sealed) !== String(value.sealed)) return false
      rows.set(name, { ...row, credential: { ...row.credential, sealed } })
      return true
    },
  }
}

function ownRows(database: MemoryDatabase, tenantId: TenantId): readonly CredentialRow[] {
  const rows = database.table<CredentialRow>('credentials')
  return [...rows]
    .filter(([, row]) => row.tenantId === tenantId)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
}

function nameOf(tenantId: TenantId, { owner, kind }: StoredCredential): string {
  return `${tenantId}/${credentialPlace(tenantId, owner, kind).rowId}`
}

function isSame(a: CredentialOwner, b: CredentialOwner): boolean {
  return a.kind === b.kind && a.id === b.id
}
