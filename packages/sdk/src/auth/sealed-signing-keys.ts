import { sealedVersion } from '../secrets/index.ts'
import type { SealedColumn } from '../secrets/index.ts'
import { signingKeyPlace } from './key-ring.ts'
import type { IdentityWork } from './store.ts'

/** The private halves of signing keys as a column that can move to a newer key of the platform. */
export function createSealedSigningKeys(identity: IdentityWork): SealedColumn {
  return {
    async sealedBefore(version, afterRowId, limit) {
      const keys = await identity.run(({ signingKeys }) => signingKeys.list())
      return keys
        .filter(({ sealed }) => sealedVersion(sealed) < version)
        .filter(({ kid }) => afterRowId === undefined || kid > afterRowId)
        .toSorted((a, b) => (a.kid < b.kid ? -1 : 1))
        .slice(0, limit)
        .map(({ kid, sealed }) => ({ context: signingKeyPlace(kid), sealed }))
    },
    reseal: ({ context, sealed: before }, sealed) =>
      identity.run(async ({ signingKeys }) => {
        const keys = await signingKeys.list({ lock: true })
        const key = keys.find(({ kid }) => kid === context.rowId)
        if (key === undefined || !isSame(key.sealed, before)) return false
        await signingKeys.save({ ...key, sealed })
        return true
      }),
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
