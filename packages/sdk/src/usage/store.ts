import type { MemberId, TenantId } from '../kernel/index.ts'
import type { UsageName } from './catalog.ts'

/** One use of a page or feature, by somebody whose name does not stand there. */
export interface UsageEvent {
  readonly name: UsageName
  /** HMAC-SHA-256 of the member's id under the tenant's own key, hex. */
  readonly pseudonym: string
  readonly at: Date
}

/** Uses of one page or feature in one month, by how many. */
export interface UsageTotal {
  readonly name: UsageName
  /** UTC month, `2026-11`. */
  readonly month: string
  readonly uses: number
  /** Different people; a floor where a month was counted in several parts. */
  readonly people: number
}

/** Usage of a tenant, inside a transaction. */
export interface UsageStore {
  append(event: UsageEvent): Promise<void>
  /** Deletes what a pseudonym did; returns how many events. Totals stay, they name nobody. */
  forget(pseudonym: string): Promise<number>
  /** Turns events before `before` into totals by month and deletes them; returns how many events. */
  roll(before: Date): Promise<number>
  /** Totals and events together, by month and name. */
  totals(): Promise<readonly UsageTotal[]>
  /** Whether a member objected to being counted. */
  isObjected(memberId: MemberId): Promise<boolean>
  /** Notes an objection, or that it was taken back. */
  setObjected(memberId: MemberId, objectedAt: Date | undefined): Promise<void>
  /** The tenant's sealed key. `make`: stored when there is none, or in the place of `instead`. */
  key(make?: {
    readonly sealed: Uint8Array
    readonly instead?: Uint8Array
  }): Promise<Uint8Array | undefined>
}

/** Question asked for all tenants; answered with ids only. */
export interface UsageDirectory {
  /** Tenants with events before `before`, at most `limit`. */
  due(before: Date, limit: number): Promise<readonly TenantId[]>
}
