import { AuronxError, asId, isAuronxError } from '../kernel/index.ts'
import type {
  Actor,
  Clock,
  MemberId,
  Random,
  TenantId,
  UnitOfWork,
  WebKey,
} from '../kernel/index.ts'
import type { UsageName } from './catalog.ts'
import type { UsageDirectory, UsageStore, UsageTotal } from './store.ts'

/** Where a tenant's usage key stands, for sealing it. */
export interface UsageKeyPlace {
  readonly tenantId: TenantId
  readonly table: string
  readonly column: string
  readonly rowId: string
}

/** Seals the keys of pseudonyms; a `Sealer` fits. Called outside of transactions. */
export interface UsageSealer {
  seal(place: UsageKeyPlace, bytes: Uint8Array): Promise<Uint8Array>
  /** Throws `seal_broken`. */
  open(place: UsageKeyPlace, sealed: Uint8Array): Promise<Uint8Array>
}

/** What {@link createUsage} needs. */
export interface UsageDeps {
  readonly work: UnitOfWork<{ readonly usage: UsageStore }>
  readonly directory: UsageDirectory
  readonly sealer: UsageSealer
  readonly clock: Clock
  readonly random: Random
}

/**
 * How pages and features are used: a closed list of names, a pseudonym and a time. No content, no address, no device, and
 * nothing leaves this database.
 */
export interface Usage {
  /** Counts one use by a member who did not object; others are not counted. Returns whether it was. */
  record(actor: Actor, name: UsageName): Promise<boolean>
  /** Whether the calling member objected. Throws `not_permitted` for anybody else. */
  isObjected(actor: Actor): Promise<boolean>
  /** Objects, which also deletes what was counted of the member, or takes that back. Throws `not_permitted`. */
  setObjected(actor: Actor, isObjected: boolean): Promise<void>
  /** Totals of the tenant by month and name. */
  totals(actor: Actor): Promise<readonly UsageTotal[]>
  /** The periodic task: events older than {@link usageKeepMonths} become totals, for all tenants. Returns how many. */
  roll(signal: AbortSignal): Promise<number>
}

/** How long single events are kept, in calendar months. */
export const usageKeepMonths = 13
const tenantsAtOnce = 100

/** Creates the service. Keys are opened once and kept in memory. */
export function createUsage(deps: UsageDeps): Usage {
  const { work, clock } = deps
  const pseudonymOf = createPseudonyms(deps)
  const memberOf = (actor: Actor): MemberId => {
    if (actor.kind === 'staff') return asId('MemberId', actor.id)
    throw new AuronxError('not_permitted', 'Only members decide whether they are counted')
  }
  return {
    async record(actor, name) {
      if (actor.kind !== 'staff') return false
      const pseudonym = await pseudonymOf(actor.tenantId, memberOf(actor))
      return work.run(actor.tenantId, async ({ usage }) => {
        if (await usage.isObjected(memberOf(actor))) return false
        await usage.append({ name, pseudonym, at: clock.now() })
        return true
      })
    },
    isObjected: (actor) =>
      work.run(actor.tenantId, ({ usage }) => usage.isObjected(memberOf(actor))),
    async setObjected(actor, isObjected) {
      const memberId = memberOf(actor)
      const pseudonym = await pseudonymOf(actor.tenantId, memberId)
      await work.run(actor.tenantId, async ({ usage }) => {
        await usage.setObjected(memberId, isObjected ? clock.now() : undefined)
        if (isObjected) await usage.forget(pseudonym)
      })
    },
    totals: (actor) => work.run(actor.tenantId, ({ usage }) => usage.totals()),
    roll: (signal) => rollAll(deps, signal),
  }
}

async function rollAll(
  { work, directory, clock }: UsageDeps,
  signal: AbortSignal,
): Promise<number> {
  const before = keptSince(clock.now())
  let rolled = 0
  for (;;) {
    const tenants = await directory.due(before, tenantsAtOnce)
    for (const tenantId of tenants) {
      if (signal.aborted) return rolled
      rolled += await work.run(tenantId, ({ usage }) => usage.roll(before))
    }
    if (tenants.length < tenantsAtOnce) return rolled
  }
}

/** The oldest moment of which single events are kept: the start of the month {@link usageKeepMonths} ago, UTC. */
export function keptSince(now: Date): Date {
  const months = now.getUTCFullYear() * 12 + now.getUTCMonth() - usageKeepMonths
  const month = String((months % 12) + 1).padStart(2, '0')
  return new Date(`${String(Math.floor(months / 12)).padStart(4, '0')}-${month}-01T00:00:00.000Z`)
}

type Pseudonyms = (tenantId: TenantId, memberId: MemberId) => Promise<string>

function createPseudonyms(deps: UsageDeps): Pseudonyms {
  const keys = new Map<TenantId, Promise<WebKey>>()
  return async (tenantId, memberId) => {
    const known = keys.get(tenantId) ?? openKey(deps, tenantId)
    keys.set(tenantId, known)
    const key = await known.catch((error: unknown) => {
      keys.delete(tenantId)
      throw error
    })
    const digest = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(memberId))
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}

async function openKey(deps: UsageDeps, tenantId: TenantId): Promise<WebKey> {
  const bytes = await readKey(deps, tenantId)
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}

async function readKey(
  { work, sealer, random }: UsageDeps,
  tenantId: TenantId,
): Promise<Uint8Array<ArrayBuffer>> {
  const place = { tenantId, table: 'usage_keys', column: 'sealed', rowId: 'usage' }
  const stored = await work.run(tenantId, ({ usage }) => usage.key())
  const opened = stored === undefined ? undefined : await openOr(sealer, place, stored)
  if (opened !== undefined) return new Uint8Array(opened)
  const sealed = await sealer.seal(place, random.bytes(32))
  // A key that does not open any more begins the pseudonyms anew; two who make one agree on what was stored.
  const make = stored === undefined ? { sealed } : { sealed, instead: stored }
  const kept = await work.run(tenantId, ({ usage }) => usage.key(make))
  return new Uint8Array(await sealer.open(place, kept ?? sealed))
}

async function openOr(
  sealer: UsageSealer,
  place: UsageKeyPlace,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    return await sealer.open(place, sealed)
  } catch (error) {
    if (isAuronxError(error, 'seal_broken')) return undefined
    throw error
  }
}
