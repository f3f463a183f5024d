import { AuronxError } from '../kernel/index.ts'
import type { Secrets } from './root-keys.ts'
import type { SealingKeyDirectory } from './store.ts'

/**
 * Proves at start that every root key which stored keys need is at hand. Throws `invalid_config` that names the missing
 * versions otherwise: starting without them would lose nothing, but open nothing either.
 */
export async function checkRootKeys(
  secrets: Secrets,
  directory: SealingKeyDirectory,
): Promise<void> {
  const atHand = new Set(await secrets.versions())
  const missing = (await directory.rootVersions())
    .map(({ rootVersion }) => rootVersion)
    .filter((version) => !atHand.has(version))
  if (missing.length === 0) return
  throw new AuronxError(
    'invalid_config',
    `Root key version ${missing.join(', ')} is missing, and stored keys are wrapped under it; put it back beside the newer ones`,
    { details: { missing } },
  )
}
