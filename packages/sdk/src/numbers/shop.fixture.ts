import { createMemoryAccountStore, createMemoryChannelDirectory } from '../accounts/index.ts'
import type { ChannelDirectory } from '../accounts/index.ts'
import { createEgress } from '../egress/index.ts'
import { createIds, createMemoryDatabase, createMemoryWork, systemActor } from '../kernel/index.ts'
import type { Actor, MemoryDatabase, Random, TenantId, UnitOfWork } from '../kernel/index.ts'
import {
  createMemorySealingKeyDirectory,
  createMemorySealingKeyStore,
  createRootKeys,
  createSealer,
  createSecret,
} from '../secrets/index.ts'
import type { RotationStores, Sealer, Secrets, SealingKeyDirectory } from '../secrets/index.ts'
import { createSimulator } from '../simulator/index.ts'
import type { Simulator, SimulatorOptions } from '../simulator/index.ts'
import { createFakeClock, createSeededRandom } from '../testing/index.ts'
import type { FakeClock } from '../testing/index.ts'
import { createWhatsAppAdmin } from '../whatsapp/index.ts'
import {
  createMemoryAppDirectory,
  createMemoryCredentialStore,
  createMemorySealedCredentials,
  createNumbers,
} from './index.ts'
import type { AppDirectory, ConnectRequest, Numbers, NumberStores, WebhookApp } from './index.ts'

/** The secrets of the tests; none may show anywhere. */
export const planted = {
  accessToken: 'EAAG-planted-access-token-7f31',
  appSecret: 'planted-app-secret-0123456789abcd',
  verifyToken: 'planted-verify-token-xyz-42',
  pin: '314159',
} as const

type Stores = NumberStores & RotationStores

/** A tenant with a simulated Meta on loopback, in memory. */
export interface NumberShop {
  readonly clock: FakeClock
  readonly random: Random
  readonly database: MemoryDatabase
  readonly work: UnitOfWork<Stores>
  readonly directory: ChannelDirectory
  readonly apps: AppDirectory
  readonly keys: SealingKeyDirectory
  readonly secrets: Secrets
  readonly sealer: Sealer
  readonly simulator: Simulator
  readonly numbers: Numbers
  readonly actor: Actor
  readonly other: Actor
  /** Numbers whose cached credentials were to be dropped. */
  readonly changed: readonly string[]
  close(): Promise<void>
}

/** What connects the simulated number. */
export const request: ConnectRequest = {
  phoneNumberId: '900000000000001',
  businessAccountId: '800000000000001',
  appId: '700000000000001',
  accessToken: createSecret(planted.accessToken),
  appSecret: createSecret(planted.appSecret),
  verifyToken: createSecret(planted.verifyToken),
  pin: createSecret(planted.pin),
}

/** Opens the shop; the caller closes it. */
export async function openNumberShop(
  more: Partial<SimulatorOptions> = {},
  apps: readonly WebhookApp[] = [],
): Promise<NumberShop> {
  const clock = createFakeClock()
  const random = createSeededRandom()
  const ids = createIds(clock, random)
  const simulator = createSimulator({
    clock,
    random,
    ids,
    accessToken: planted.accessToken,
    appSecret: planted.appSecret,
    appId: request.appId,
    phoneNumberId: request.phoneNumberId,
    wabaId: request.businessAccountId,
    displayPhoneNumber: '15550100001',
    ...more,
  })
  const { url } = await simulator.listen()
  const database = createMemoryDatabase()
  const work = createMemoryWork(database, storesOf)
  const [tenantId, other] = [ids.next('TenantId'), ids.next('TenantId')]
  const secrets = createRootKeys([{ version: 1, bytes: createSecret(random.bytes(32)) }], random)
  const sealer = createSealer({ secrets, work, clock, random })
  const changed: string[] = []
  const admin = createWhatsAppAdmin({
    egress: createEgress({ hosts: [], allowLoopback: true }),
    baseUrl: url,
  })
  return {
    clock,
    random,
    database,
    work,
    directory: createMemoryChannelDirectory(database),
    apps: createMemoryAppDirectory(database),
    keys: createMemorySealingKeyDirectory(database),
    secrets,
    sealer,
    simulator,
    numbers: createNumbers({
      work,
      admin,
      sealer,
      clock,
      ids,
      apps,
      onChanged: (phoneNumberId) => void changed.push(phoneNumberId),
    }),
    actor: systemActor(tenantId, 'dashboard'),
    other: systemActor(other, 'dashboard'),
    changed,
    close: () => simulator.close(),
  }
}

function storesOf(database: MemoryDatabase, tenantId: TenantId): Stores {
  return {
    accounts: createMemoryAccountStore(database, tenantId),
    credentials: createMemoryCredentialStore(database, tenantId),
    sealingKeys: createMemorySealingKeyStore(database, tenantId),
    sealedColumns: [createMemorySealedCredentials(database, tenantId)],
  }
}
