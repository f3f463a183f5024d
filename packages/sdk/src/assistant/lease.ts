import { isAuronxError, sleep } from '../kernel/index.ts'
import type { JobGrant } from '../lanes/index.ts'
import type { Start } from './begin.ts'
import type { TurnDeps, TurnStores } from './deps.ts'

/**
 * A turn that thinks is held by a short lease, which its holder renews: a process that dies leaves it soon, and whoever
 * takes it up has time to think.
 */
export const turnLease = { ms: 8_000, renewEveryMs: 2_000 } as const

/** A lease that is being renewed. */
export interface HeldTurn {
  /** Fires when the turn was lost: newer input took its place, or the conversation has another owner. */
  readonly lost: AbortSignal
  /** Stops renewing; resolves when nothing of it is under way. */
  release(): Promise<void>
}

/** When a lease that is taken now runs out. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + turnLease.ms)
}

/** Renews the lease of a turn that thinks, until it is released or lost. */
export function holdTurn<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
  start: Start,
  grant: JobGrant,
): HeldTurn {
  const { pause = sleep } = deps.brain
  const lost = new AbortController()
  const released = new AbortController()
  const renewing = async (): Promise<void> => {
    for (;;) {
      await pause(turnLease.renewEveryMs, released.signal)
      if (released.signal.aborted) return
      if (await isKept(deps, start, grant)) continue
      lost.abort()
      return
    }
  }
  const done = renewing()
  return {
    lost: lost.signal,
    release() {
      released.abort()
      return done
    },
  }
}

async function isKept<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
  start: Start,
  grant: JobGrant,
): Promise<boolean> {
  try {
    return await deps.work.run(grant.tenantId, (stores) =>
      renew(stores, start, grant, leaseFrom(deps.clock.now())),
    )
  } catch (error) {
    if (isAuronxError(error, 'lease_lost')) return false
    // The lease may outlive the trouble; the commit finds out.
    deps.logger.warn('assistant: a lease could not be renewed', {
      code: isAuronxError(error) ? error.code : 'internal',
    })
    return true
  }
}

async function renew(
  stores: TurnStores,
  { conversation, turn: held }: Start,
  grant: JobGrant,
  leaseUntil: Date,
): Promise<boolean> {
  const turn = await stores.turns.lockOpen(conversation.id)
  const current = await stores.conversations.get(conversation.id)
  if (turn?.id !== held.id || current?.ownerEpoch !== conversation.ownerEpoch) return false
  await stores.jobs.take(grant, { leaseUntil })
  await stores.turns.save({ ...turn, leaseUntil, version: turn.version + 1 })
  return true
}
