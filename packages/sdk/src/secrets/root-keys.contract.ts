import { isAuronxError } from '../kernel/index.ts'
import type { ContractCase } from '../testing/contract.ts'
import type { Secrets } from './root-keys.ts'

/** What the contract of root keys is run against. */
export interface SecretsSubject {
  readonly secrets: Secrets
}

const key = Uint8Array.from({ length: 32 }, (_, index) => (index * 73 + 5) & 0xff)
const place = ['key', 'tenant', '1']

/** Promises of {@link Secrets}. */
export const secretsContract: readonly ContractCase<SecretsSubject>[] = [
  {
    name: 'lists at least one version, ascending, and wraps under the last',
    async run({ secrets }, assert) {
      const versions = await secrets.versions()
      assert.ok(versions.length > 0)
      assert.deepEqual(
        versions,
        versions.toSorted((a, b) => a - b),
      )
      const { rootVersion } = await secrets.wrap(key, place)
      assert.equal(rootVersion, versions.at(-1))
    },
  },
  {
    name: 'unwraps what it wrapped, which shows nothing of the key and differs each time',
    async run({ secrets }, assert) {
      const first = await secrets.wrap(key, place)
      const second = await secrets.wrap(key, place)
      assert.deepEqual(await secrets.unwrap(first, place), key)
      assert.deepEqual(await secrets.unwrap(second, place), key)
      assert.ok(String(first.bytes) !== String(second.bytes))
      assert.equal(String(first.bytes).includes(String(key.subarray(0, 8))), false)
    },
  },
  {
    name: 'refuses a key that was changed, cut or moved',
    async run({ secrets }, assert) {
      const wrapped = await secrets.wrap(key, place)
      const { bytes } = wrapped
      const changed = new Uint8Array(bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1))
      const isBroken = (error: unknown): boolean => isAuronxError(error, 'seal_broken')
      for (const other of [changed, bytes.slice(1), bytes.slice(0, -1), new Uint8Array(0)])
        await assert.rejects(secrets.unwrap({ ...wrapped, bytes: other }, place), isBroken)
      for (const other of [['key', 'other', '1'], ['key', 'tenant', '2'], [...place, ''], []])
        await assert.rejects(secrets.unwrap(wrapped, other), isBroken)
    },
  },
  {
    name: 'refuses a key under a version that is not at hand',
    async run({ secrets }, assert) {
      const wrapped = await secrets.wrap(key, place)
      await assert.rejects(
        secrets.unwrap({ ...wrapped, rootVersion: 1_000_000_007 }, place),
        (error) => isAuronxError(error, 'seal_broken'),
      )
    },
  },
]
