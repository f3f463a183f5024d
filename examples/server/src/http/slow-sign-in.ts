import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Clock } from '@auronx/sdk'
import { createBrake } from './brake.ts'
import type { Brake } from './brake.ts'
import type { ClientAddress } from './client-address.ts'

/**
 * Slows down who tries to sign in too often, from one part of the network or into one account, and locks nobody out: what an
 * attacker could lock, an attacker would lock. Waits until it may go on; throws `rate_limited` when too many wait already.
 */
export interface SlowSignIn {
  byAddress(request: IncomingMessage): Promise<void>
  /** From one part of the network into one account. */
  byAccount(request: IncomingMessage, email: string): Promise<void>
}

/** Commands a minute that nobody waits for. */
export const freeSignIns = { address: 240, account: 5 } as const

/** Creates it; what waits ends with `closing`. */
export function createSlowSignIn(deps: {
  readonly clock: Clock
  readonly addressOf: ClientAddress
  readonly closing: AbortSignal
  readonly brake?: Brake
}): SlowSignIn {
  const { addressOf, closing, brake = createBrake(deps.clock) } = deps
  return {
    byAddress: (request) =>
      brake.hold(`network:${addressOf(request)}`, { free: freeSignIns.address }, closing),
    byAccount: (request, email) =>
      brake.hold(
        `account:${digest(email)} ${addressOf(request)}`,
        { free: freeSignIns.account },
        closing,
      ),
  }
}

// Addresses of people are not kept, not even in memory.
function digest(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}
