import { AuronxError, isAuronxError } from '../kernel/index.ts'
import type { UnitOfWork } from '../kernel/index.ts'
import type { Secrets } from './root-keys.ts'
import { keyPlaceOf } from './scope.ts'
import type { SealingKeyDirectory, SealingKeyStore } from './store.ts'

/**
 * Proves at start that the root keys at hand are those that stored keys are wrapped under: every version that is needed
 * is there, and one of the stored keys unwraps. Throws `invalid_config` in one line otherwise: starting without them
 * would lose nothing, but open nothing either.
 */
export async function checkRootKeys(deps: {
  readonly secrets: Secrets
  readonly directory: SealingKeyDirectory
  readonly work: UnitOfWork<{ readonly sealingKeys: SealingKeyStore }>
}): Promise<void> {
  const { secrets, directory, work } = deps
  const atHand = new Set(await secrets.versions())
  const missing = (await directory.rootVersions())
    .map(({ rootVersion }) => rootVersion)
    .filter((version) => !atHand.has(version))
  if (missing.length > 0) {
    throw new AuronxError(
      'invalid_config',
      `Root key version ${missing.join(', ')} is missing, and stored keys are wrapped under it; put it back beside the newer ones`,
      { details: { missing } },
    )
  }
  const [sample] = await directory.wrappedOtherwise(0, undefined, 1)
  if (sample === undefined) return
  const { tenantId, version } = sample
  const stored = await work.run(tenantId, ({ sealingKeys }) => sealingKeys.get(version))
  if (stored === undefined) return
  try {
    await secrets.unwrap(stored.wrapped, keyPlaceOf(tenantId, version))
  } catch (error) {
    if (!isAuronxError(error, 'seal_broken')) throw error
    throw new AuronxError(
      'invalid_config',
      'The root key is another than the one that stored keys are wrapped under; restore the one that belongs to this database',
    )
  }
}
