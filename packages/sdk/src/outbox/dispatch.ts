import type { AccountStore, Channel } from '../accounts/index.ts'
import { isAuronxError } from '../kernel/index.ts'
import type {
  Clock,
  ConversationId,
  Logger,
  OutboxId,
  TenantId,
  UnitOfWork,
} from '../kernel/index.ts'
import type { PeriodicTask, Task, WorkSource } from '../lanes/index.ts'
import { discardStale, isStale } from './fence.ts'
import type { OwnerNow } from './fence.ts'
import type { Messenger, SendOutcome } from './messenger.ts'
import { decideOutcome } from './outcome.ts'
import type { OutboxEntry, OutboxQueue, OutboxStore, SendGrant } from './store.ts'

/** Says how long a number and a pair of number and customer must wait before the next message. */
export interface SendPacing {
  /** Takes a place and returns the wait in milliseconds; 0 when it may go now. A place is taken only when it may go. */
  reserve(phoneNumberId: string, recipient: string, now: Date): number
}

/** The stores the dispatcher needs in a transaction. */
export interface DispatchStores {
  readonly outbox: OutboxStore
  readonly accounts: AccountStore
  /** Who owns a conversation now; `lock` holds it for the transaction. */
  readonly conversations: {
    get(id: ConversationId): Promise<OwnerNow | undefined>
    lock(id: ConversationId): Promise<OwnerNow | undefined>
  }
}

/** What {@link createDispatcher} needs. */
export interface DispatcherDeps {
  readonly work: UnitOfWork<DispatchStores>
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
    work.run(tenantId, async ({ outbox, accounts, conversations }) => {
      const [current] = await outbox.lock([sent.id])
      if (current === undefined) return
      const decision = decideOutcome(current, outcome, clock.now())
      // A pace is not a refusal: it costs no attempt.
      const decided = isPaced(outcome)
        ? { ...decision.entry, attempts: current.attempts - 1 }
        : decision.entry
      const waits = decided.state === 'queued' && decided.ownerEpoch !== undefined
      const owner = waits ? await conversations.get(decided.conversationId) : undefined
      const entry =
        owner !== undefined && isStale(decided.ownerEpoch, owner)
          ? discardStale(decided, clock.now())
          : decided
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

  const deliver = async (
    tenantId: TenantId,
    { entry, channel }: Ready,
    signal: AbortSignal,
  ): Promise<void> => {
    const outcome = await send(entry, channel, signal)
    await record(tenantId, entry, outcome)
    deps.wake()
  }

  const claimed =
    ({ tenantId, outboxId }: SendGrant): Task =>
    async (signal) => {
      const ready = await work.run(tenantId, (stores) => makeReady(stores, outboxId, clock.now()))
      if (ready === undefined) deps.wake()
      else await deliver(tenantId, ready, signal)
    }

  const task =
    (tenantId: TenantId, entry: OutboxEntry, channel: Channel): Task =>
    (signal) => {
      const waitedMs = clock.now().getTime() - entry.updatedAt.getTime()
      return waitedMs > freshMs
        ? claimed({ tenantId, outboxId: entry.id })(signal)
        : deliver(tenantId, { entry, channel }, signal)
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

// An intent that its own transaction fenced this long ago at most is not looked at again before it is sent.
const freshMs = 250

interface Ready {
  readonly entry: OutboxEntry
  readonly channel: Channel
}

/**
 * The last look before an intent is handed over. Its conversation is locked first, as by everybody who changes the owner:
 * a person who took over before this commits ends the intent, one who does so afterwards comes too late for it.
 */
async function makeReady(
  { outbox, accounts, conversations }: DispatchStores,
  id: OutboxId,
  now: Date,
): Promise<Ready | undefined> {
  const found = await outbox.get(id)
  if (found === undefined) return undefined
  const { ownerEpoch, conversationId, channelId } = found
  const owner = ownerEpoch === undefined ? undefined : await conversations.lock(conversationId)
  const [entry] = await outbox.lock([id])
  if (entry?.state !== 'sending') return undefined
  if (owner !== undefined && isStale(ownerEpoch, owner)) {
    await outbox.update([discardStale(entry, now)])
    return undefined
  }
  const channel = await accounts.channel(channelId)
  return channel === undefined ? undefined : { entry, channel }
}

const pacedCode = 'paced'

function paced(afterMs: number): SendOutcome {
  const advice = { action: 'hold', afterMs } as const
  return { kind: 'refused', code: pacedCode, advice, detail: pacedCode }
}

function isPaced(outcome: SendOutcome): boolean {
  return outcome.kind === 'refused' && outcome.code === pacedCode
}
