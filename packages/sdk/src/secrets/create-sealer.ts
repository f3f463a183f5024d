import { closeEnvelope, keyVersionOf, openEnvelope } from './envelope.ts'
import type { KeyDeps } from './keyring.ts'
import { createKeyring } from './keyring.ts'
import { placeOf, tenantOf } from './scope.ts'
import type { Sealer } from './sealer.ts'

/**
 * Seals under each scope's newest key and opens under the one that the bytes name.
 *
 * @example
 * const context = { tenantId, table: 'channel_credentials', column: 'sealed', rowId: `${channelId}/pin` }
 * const sealed = await sealer.seal(context, new TextEncoder().encode(pin))
 * const pin = new TextDecoder().decode(await sealer.open(context, sealed))
 */
export function createSealer(deps: KeyDeps): Sealer {
  const keyring = createKeyring(deps)
  return {
    async seal(context, bytes) {
      const key = await keyring.newest(tenantOf(context.tenantId))
      return closeEnvelope(key, placeOf(context), bytes, deps.random)
    },
    async open(context, sealed) {
      const key = await keyring.version(tenantOf(context.tenantId), keyVersionOf(sealed))
      return openEnvelope(key.aes, placeOf(context), sealed)
    },
  }
}
