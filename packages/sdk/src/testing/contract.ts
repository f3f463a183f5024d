import type { Clock, Ids, Random, TenantId, UnitOfWork } from '../kernel/index.ts'

/** The assertions a contract needs: strict ones. `node:assert/strict` fits as it is. */
export interface ContractAssert {
  equal(actual: unknown, expected: unknown, message?: string): void
  deepEqual(actual: unknown, expected: unknown, message?: string): void
  ok(value: unknown, message?: string): void
  rejects(
    promise: Promise<unknown>,
    check: (error: unknown) => boolean,
    message?: string,
  ): Promise<void>
}

/** One promise of a port, as data, so that any runner can prove it of any implementation. */
export interface ContractCase<Subject> {
  /** A sentence of behaviour; unique within its suite. */
  readonly name: string
  run(subject: Subject, assert: ContractAssert): Promise<void>
}

/** What a store's contract is run against. */
export interface StoreSubject<Stores> {
  readonly work: UnitOfWork<Stores>
  /** Two tenants that exist, so that isolation can be shown. */
  readonly tenants: readonly [TenantId, TenantId]
  readonly clock: Clock & { advance(ms: number): void }
  readonly ids: Ids
  readonly random: Random
}

/** A case that an implementation cannot satisfy, and why. */
export interface ContractSkip {
  readonly name: string
  readonly reason: string
}

/** How {@link runContract} reaches the test runner and the implementation. */
export interface ContractRun<Subject> {
  /** Registers one test, for example vitest's `test`. */
  test(name: string, body: () => Promise<void>): void
  readonly assert: ContractAssert
  /** A fresh, empty subject. */
  open(): Promise<Subject>
  /** Releases what `open` made. */
  close?(subject: Subject): Promise<void>
  /** Limitations, each with its reason. An unknown name throws `invalid_input`. */
  readonly skip?: readonly ContractSkip[]
}
