import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import { isAuronxError } from './errors.ts'
import type { IdempotencyStore, IdempotentRequest } from './idempotency.ts'
import { idempotencyKeepMs, runOnce } from './idempotency.ts'

/** What the idempotency contract is run against. */
export type IdempotencySubject = StoreSubject<{ readonly keys: IdempotencyStore }>

/** Promises of {@link IdempotencyStore}. */
export const idempotencyContract: readonly ContractCase<IdempotencySubject>[] = [
  {
    name: 'runs a command once and repeats its response',
    async run(subject, assert) {
      let runs = 0
      const once = (): Promise<{ readonly replayed: boolean; readonly response: unknown }> =>
        subject.work.run(subject.tenants[0], ({ keys }) =>
          runOnce(keys, request(subject), () => Promise.resolve({ made: (runs += 1) })),
        )
      assert.deepEqual(await once(), { replayed: false, response: { made: 1 } })
      assert.deepEqual(await once(), { replayed: true, response: { made: 1 } })
      assert.equal(runs, 1)
    },
  },
  {
    name: 'refuses a key that was used for something else',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      await subject.work.run(tenantId, ({ keys }) =>
        runOnce(keys, request(subject), () => Promise.resolve(1)),
      )
      await assert.rejects(
        subject.work.run(tenantId, ({ keys }) =>
          keys.claim({ ...request(subject), fingerprint: 'other' }),
        ),
        (error) => isAuronxError(error, 'idempotency_mismatch'),
      )
    },
  },
  {
    name: 'frees the key of a command that failed',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const failed = subject.work.run(tenantId, ({ keys }) =>
        runOnce(keys, request(subject), () => Promise.reject(new Error('no'))),
      )
      await assert.rejects(failed, (error) => error instanceof Error && error.message === 'no')
      const claim = await subject.work.run(tenantId, ({ keys }) => keys.claim(request(subject)))
      assert.deepEqual(claim, { kind: 'first' })
    },
  },
  {
    name: 'forgets a key when its time is over',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const first = request(subject)
      await subject.work.run(tenantId, ({ keys }) =>
        runOnce(keys, first, () => Promise.resolve('old')),
      )
      subject.clock.advance(idempotencyKeepMs)
      const again = { ...request(subject), fingerprint: 'other' }
      const ran = await subject.work.run(tenantId, ({ keys }) =>
        runOnce(keys, again, () => Promise.resolve('new')),
      )
      assert.deepEqual(ran, { replayed: false, response: 'new' })
    },
  },
  {
    name: 'keeps the keys of two tenants and of two principals apart',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      await subject.work.run(tenantId, ({ keys }) =>
        runOnce(keys, request(subject), () => Promise.resolve(1)),
      )
      const foreign = await subject.work.run(other, ({ keys }) => keys.claim(request(subject)))
      assert.deepEqual(foreign, { kind: 'first' })
      const principal = { ...request(subject), principal: 'member:2' }
      assert.deepEqual(await subject.work.run(tenantId, ({ keys }) => keys.claim(principal)), {
        kind: 'first',
      })
    },
  },
]

function request({ clock }: IdempotencySubject): IdempotentRequest {
  const at = clock.now()
  const expiresAt = new Date(at.getTime() + idempotencyKeepMs)
  return { principal: 'member:1', key: 'k-1', fingerprint: 'POST /orders 1', at, expiresAt }
}
