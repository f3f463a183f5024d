import type { AccountStore, Channel } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type { Clock, Logger, TenantId, UnitOfWork } from '../kernel/index.ts'
import type { PeriodicTask, Task, WorkSource } from '../lanes/index.ts'
import type { Messenger, SendOutcome } from './messenger.ts'
import { decideOutcome } from './outcome.ts'
import type { OutboxEntry, OutboxQueue, OutboxStore, SendGrant } from './store.ts'

/** Says how long a number and a pair of number and customer must wait before the next message. */
export interface SendPacing {
  /** Takes a place and returns the wait in milliseconds; 0 when it may go now. A place is taken only when it may go. */
  reserve(phoneNumberId: string, recipient: string, now: Date): number
}

/** What {@link createDispatcher} needs. */
export interface DispatcherDeps {
  readonly work: UnitOfWork<{ readonly outbox: OutboxStore; readonly accounts: AccountStore }>
  readonly queue: OutboxQueue
  readonly messenger: Messenger
  readonly pacing: SendPacing
  readonly clock: Clock
  readonly logger: Logger
  /** Called after an outcome, because the conversation's next message may go now. */
  readonly wake: () => void
  /** Lease of a send in milliseconds; longer than the messenger's timeout. Default 60,000. */
  readonly leaseMs?: number
  /** How long an unknown outcome waits for an echo before it is parked, in milliseconds. Default two minutes. */
  readonly parkAfterMs?: number
}

/** Sends intents. */
export interface Dispatcher extends WorkSource {
  /** A task that sends an intent which the caller stored as `sending`. */
  task(tenantId: TenantId, entry: OutboxEntry, channel: Channel): Task
  /** Moves lost sends to `unknown` and silent ones to `parked`. */
  readonly recovery: PeriodicTask
}

/** Creates the dispatcher: intent stored first, one attempt, outcome stored after. */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { work, queue, messenger, clock, logger, leaseMs = 60_000, parkAfterMs = 120_000 } = deps

  const send = async (
    entry: OutboxEntry,
    channel: Channel,
    signal: AbortSignal,
  ): Promise<SendOutcome> => {
    const wait = deps.pacing.reserve(
      channel.phoneNumberId,
      entry.to.userId ?? entry.to.phone ?? '',
      clock.now(),
    )
    if (wait > 0) return paced(wait)
    const { to, message, opaque, replyTo } = entry
    try {
      return await messenger.send(
        {
          phoneNumberId: channel.phoneNumberId,
          to,
          message,
          opaque,
          ...(replyTo === undefined ? {} : { replyTo }),
        },
        { signal },
      )
    } catch (error) {
      const code = isAuronxError(error) ? error.code : 'internal'
      logger.error('outbox: a message could not be encoded', { outboxId: entry.id, code })
      return { kind: 'refused', code, advice: { action: 'fail' }, detail: code }
    }
  }

  const record = (tenantId: TenantId, sent: OutboxEntry, outcome: SendOutcome): Promise<void> =>
    work.run(tenantId, async ({ outbox, accounts }) => {
      const [current] = await outbox.lock([sent.id])
      if (current === undefined) return
      const decision = decideOutcome(current, outcome, clock.now())
      // A pace is not a refusal: it costs no attempt.
      const entry = isPaced(outcome)
        ? { ...decision.entry, attempts: current.attempts - 1 }
        : decision.entry
      if (entry !== current) await outbox.update([entry])
      if (decision.alert !== undefined) {
        logger.error('outbox: a person must look at this number', {
          topic: decision.alert,
          code: entry.errorCode,
        })
      }
      if (decision.stopChannel === undefined) return
      const channel = await accounts.channel(current.channelId)
      if (channel === undefined || channel.status === 'stopped') return
      const version = channel.version + 1
      await accounts.saveChannel({
        ...channel,
        status: 'stopped',
        stoppedReason: decision.stopChannel,
        version,
      })
    })

  const task =
    (tenantId: TenantId, entry: OutboxEntry, channel: Channel): Task =>
    async (signal) => {
      const outcome = await send(entry, channel, signal)
      await record(tenantId, entry, outcome)
      deps.wake()
    }

  const claimed =
    (grant: SendGrant): Task =>
    async (signal) => {
      const found = await work.run(grant.tenantId, async ({ outbox, accounts }) => {
        const entry = await outbox.get(grant.outboxId)
        const channel = entry === undefined ? undefined : await accounts.channel(entry.channelId)
        return entry?.state === 'sending' && channel !== undefined ? { entry, channel } : undefined
      })
      if (found !== undefined) await task(grant.tenantId, found.entry, found.channel)(signal)
    }

  return {
    name: 'outbox',
    async claim(limit) {
      const grants = await queue.claim({ limit, leaseMs, now: clock.now() })
      return grants.map(claimed)
    },
    nextDue: () => queue.nextDue(clock.now(), parkAfterMs),
    task,
    recovery: {
      name: 'outbox recovery',
      everyMs: 1_000,
      async run() {
        const moved = await queue.recover({ now: clock.now(), parkAfterMs, limit: 500 })
        if (moved.unknown + moved.parked > 0)
          logger.warn('outbox: intents moved by time', { ...moved })
      },
    },
  }
}

const pacedCode = 'paced'

function paced(afterMs: number): SendOutcome {
  const advice = { action: 'hold', afterMs } as const
  return { kind: 'refused', code: pacedCode, advice, detail: pacedCode }
}

function isPaced(outcome: SendOutcome): boolean {
  return outcome.kind === 'refused' && outcome.code === pacedCode
}
