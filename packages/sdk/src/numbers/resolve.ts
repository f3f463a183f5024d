import type { ChannelDirectory } from '../accounts/index.ts'
import { AuronxError } from '../kernel/index.ts'
import type { Clock, UnitOfWork } from '../kernel/index.ts'
import type { Sealer, Secret } from '../secrets/index.ts'
import { openCredential } from './sealing.ts'
import type { CredentialStore } from './store.ts'

/** Longest time that an opened credential stays in memory, in milliseconds. */
export const credentialCacheMs = 60_000

/** The access tokens of all connected numbers, for the messenger. */
export interface ChannelTokens {
  /**
   * The token of a number. Throws `not_found` when the number is not connected or has none, `seal_broken` when it does
   * not open, `storage_unavailable` (retryable) when it cannot be read.
   */
  token(phoneNumberId: string): Promise<string>
  /** Forgets a number's token, so that the next call reads it anew; other processes do so within a minute. */
  forget(phoneNumberId: string): void
}

/** Creates the tokens of all numbers; each is opened when first asked for and kept for at most a minute. */
export function createChannelTokens(deps: {
  readonly directory: ChannelDirectory
  readonly work: UnitOfWork<{ readonly credentials: CredentialStore }>
  readonly sealer: Sealer
  readonly clock: Clock
}): ChannelTokens {
  const { directory, work, sealer, clock } = deps
  const cache = new Map<string, { readonly token: Promise<Secret>; readonly untilMs: number }>()

  const read = async (phoneNumberId: string): Promise<Secret> => {
    const [route] = await directory.routes({ phoneNumberId })
    if (route === undefined) throw missing()
    const { tenantId, channelId } = route
    const owned = await work.run(tenantId, ({ credentials }) =>
      credentials.list({ kind: 'channel', id: channelId }),
    )
    const stored = owned.find((credential) => credential.kind === 'access_token')
    if (stored === undefined) throw missing()
    return openCredential(sealer, tenantId, stored)
  }

  return {
    async token(phoneNumberId) {
      const nowMs = clock.now().getTime()
      const known = cache.get(phoneNumberId)
      if (known !== undefined && known.untilMs > nowMs) return (await known.token).reveal()
      const entry = { token: read(phoneNumberId), untilMs: nowMs + credentialCacheMs }
      cache.set(phoneNumberId, entry)
      try {
        return (await entry.token).reveal()
      } catch (error) {
        if (cache.get(phoneNumberId) === entry) cache.delete(phoneNumberId)
        throw error
      }
    },
    forget: (phoneNumberId) => void cache.delete(phoneNumberId),
  }
}

function missing(): AuronxError {
  return new AuronxError('not_found', 'No access token is stored for this number')
}
