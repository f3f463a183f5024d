import type { AccountStore, Channel } from '../accounts/index.ts'
import type { ContactStore } from '../contacts/index.ts'
import { isAuronxError, shareWork } from '../kernel/index.ts'
import type {
  ChannelId,
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
import type { OutcomeDecision } from './outcome.ts'
import { suppressionOf } from './suppressed.ts'
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
  /** Whether something is held back from a contact. */
  readonly contacts: Pick<ContactStore, 'get'>
  /** Who owns a conversation now; `lock` holds it for the transaction. */
  readonly conversations: {
    get(id: ConversationId): Promise<OwnerNow | undefined>
    lock(id: ConversationId): Promise<OwnerNow | undefined>
  }
}

/** A refusal that says to leave a contact alone. */
export interface SuppressingRefusal {
  readonly tenantId: TenantId
  readonly entry: OutboxEntry
  readonly advice: NonNullable<OutcomeDecision['suppress']>
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
  /** Called after a refusal was stored that says to leave the contact alone. */
  readonly onSuppress?: (refusal: SuppressingRefusal) => Promise<void>
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

  // Outcomes of a tenant that come in together are stored together.
  const record = shareWork<DispatchStores, Sent, SuppressingRefusal | undefined>({
    work,
    async handle(stores, sent, tenantId) {
      const ids = sent.map(({ entry }) => entry.id)
      const locked = new Map((await stores.outbox.lock(ids)).map((entry) => [entry.id, entry]))
      const refusals: (SuppressingRefusal | undefined)[] = []
      for (const { entry, outcome } of sent) {
        const current = locked.get(entry.id)
        refusals.push(
          current === undefined ? undefined : await store(stores, tenantId, current, outcome),
        )
      }
      return refusals
    },
  })

  const store = async (
    { outbox, accounts, conversations }: DispatchStores,
    tenantId: TenantId,
    current: OutboxEntry,
    outcome: SendOutcome,
  ): Promise<SuppressingRefusal | undefined> => {
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
    if (decision.stopChannel !== undefined)
      await stopChannel(accounts, current.channelId, decision.stopChannel)
    const { suppress: advice } = decision
    return advice === undefined ? undefined : { tenantId, entry, advice }
  }

  const deliver = async (
    tenantId: TenantId,
    { entry, channel }: Ready,
    signal: AbortSignal,
  ): Promise<void> => {
    const outcome = await send(entry, channel, signal)
    const refusal = await record(tenantId, { entry, outcome })
    deps.wake()
    if (refusal !== undefined) await deps.onSuppress?.(refusal)
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

async function stopChannel(
  accounts: AccountStore,
  id: ChannelId,
  stoppedReason: string,
): Promise<void> {
  const channel = await accounts.channel(id)
  if (channel === undefined || channel.status === 'stopped') return
  const version = channel.version + 1
  await accounts.saveChannel({ ...channel, status: 'stopped', stoppedReason, version })
}

// An intent that its own transaction fenced this long ago at most is not looked at again before it is sent.
const freshMs = 250

interface Sent {
  readonly entry: OutboxEntry
  readonly outcome: SendOutcome
}

interface Ready {
  readonly entry: OutboxEntry
  readonly channel: Channel
}

/**
 * The last look before an intent is handed over. Its conversation is locked first, as by everybody who changes the owner:
 * a person who took over before this commits ends the intent, one who does so afterwards comes too late for it.
 */
async function makeReady(
  { outbox, accounts, contacts, conversations }: DispatchStores,
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
  const [channel, contact] = await Promise.all([
    accounts.channel(channelId),
    contacts.get(found.contactId),
  ])
  const errorCode = suppressionOf(contact, entry.message)
  if (errorCode !== undefined) await outbox.update([failed(entry, errorCode, now)])
  else if (channel?.status === 'stopped') await outbox.update([waiting(entry, now)])
  else if (channel !== undefined) return { entry, channel }
  return undefined
}

// The number was stopped between the claim and now: no attempt was made.
function waiting(entry: OutboxEntry, now: Date): OutboxEntry {
  const { leaseUntil: _lease, ...rest } = entry
  return { ...rest, state: 'queued', attempts: entry.attempts - 1, updatedAt: now }
}

function failed(entry: OutboxEntry, errorCode: string, now: Date): OutboxEntry {
  const { leaseUntil: _lease, ...rest } = entry
  return { ...rest, state: 'failed', errorCode, updatedAt: now }
}

const pacedCode = 'paced'

function paced(afterMs: number): SendOutcome {
  const advice = { action: 'hold', afterMs } as const
  return { kind: 'refused', code: pacedCode, advice, detail: pacedCode }
}

function isPaced(outcome: SendOutcome): boolean {
  return outcome.kind === 'refused' && outcome.code === pacedCode
}
