import { mkdtempSync, readFileSync, readdirSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../packages/adapters/src/postgres/embedded/index.ts'
import {
  createPgClient,
  createPostgresStorage,
  defaultNames,
  migrate,
} from '../../packages/adapters/src/postgres/index.ts'
import {
  asId,
  createAuronx,
  createIds,
  createRandom,
  createSystemClock,
  systemActor,
} from '../../packages/sdk/src/index.ts'
import type { Messenger, Storage, TenantId } from '../../packages/sdk/src/index.ts'
import { businessAccountId, phoneNumberId } from './webhooks.ts'

/** A real PostgreSQL with fsync on, migrated, with one business. */
export interface BenchDatabase {
  /** Folder of its socket. */
  readonly host: string
  readonly tenantId: TenantId
  /** CPU time that all its processes used so far, in microseconds. */
  cpu(): number
  stop(): Promise<void>
}

/** App that owns the business's number. */
export const appId = 'app'

/** Connections that every candidate may open; ours uses two more than its worker has slots. */
export const poolSize = 34

/** Starts the database in a folder of its own, which `stop` deletes. */
export async function openDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'auronx-bench-'))
  chmodSync(folder, 0o755)
  const dataDir = join(folder, 'data')
  const settings = { shared_buffers: '256MB', max_connections: '200' }
  const server = await startEmbeddedPostgres({ dataDir, settings, startTimeoutMs: 60_000 })
  await migrate(server.connection, defaultNames)
  const client = createPgClient(server.connection)
  const tenantId = await addBusiness(createPostgresStorage(client))
  await client.end()
  const postmaster = Number(readPidFile(dataDir))
  return {
    host: server.connection.host,
    tenantId,
    cpu: () => cpuOfFamily(postmaster),
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const nothing = (): Promise<never> => Promise.reject(new Error('Nothing is sent here'))

/** A way out for runs that send nothing. */
export const silentMessenger: Messenger = {
  send: nothing,
  markRead: nothing,
  upload: nothing,
  download: nothing,
  deleteMedia: nothing,
}

/** Address of the database behind a socket folder. */
export function addressOf(host: string): { host: string; user: string; database: string } {
  return { host, user: 'postgres', database: 'postgres' }
}

/** Makes one business with a number and a product. */
export async function addBusiness(storage: Storage): Promise<TenantId> {
  const clock = createSystemClock()
  const ids = createIds(clock, createRandom())
  const tenantId = ids.next('TenantId')
  const auronx = createAuronx({ storage, messenger: silentMessenger })
  const actor = systemActor(tenantId, 'host')
  await auronx.accounts.saveTenant(actor, {
    id: tenantId,
    version: 1,
    settings: {
      businessName: 'Bench',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      taxRounding: 'rate-group',
      proposalTtlMs: 3_600_000,
      reopenWithinMs: 86_400_000,
      holdOnPropose: true,
    },
  })
  await auronx.accounts.saveChannel(actor, {
    id: asId('ChannelId', tenantId),
    appId,
    phoneNumberId,
    businessAccountId,
    displayPhoneNumber: '15550100001',
    status: 'active',
    version: 1,
  })
  await auronx.catalog.saveTaxCategory(actor, { code: 'standard', category: 'S', rate: 100_000 })
  await auronx.catalog.saveProduct(actor, {
    title: 'Green tea',
    variants: [
      {
        sku: 'GREEN',
        taxCode: 'standard',
        price: { amount: 250, currency: 'EUR', taxBehavior: 'inclusive' },
      },
    ],
  })
  return tenantId
}

function readPidFile(dataDir: string): string {
  const [version = ''] = readdirSync(dataDir).filter((name) => /^\d+$/.test(name))
  return readFileSync(join(dataDir, version, 'postmaster.pid'), 'utf8').split('\n')[0] ?? ''
}

// The clock ticks of /proc are hundredths of a second on Linux, whatever the kernel's own timer.
const microsecondsPerTick = 10_000

function cpuOfFamily(parent: number): number {
  let ticks = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = readStat(name)
    const isParent = name === String(parent)
    if (!isParent && fields[1] !== String(parent)) continue
    // Time of ended children counts for the parent only.
    const used = fields.slice(11, isParent ? 15 : 13)
    for (const value of used) ticks += Number(value)
  }
  return ticks * microsecondsPerTick
}

function readStat(pid: string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
