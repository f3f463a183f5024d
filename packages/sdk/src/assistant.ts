import { answeringOf } from './accounts/index.ts'

import type { AnswerDeps } from './answer.ts'
import {
  createGiveUp,
  createTurnRunner,
  planTurn,
  turnBackoff,
  turnJob,
  turnLease,
} from './assistant/index.ts'
import type { AssistantTurn, Brain, ShopContext, TurnDeps, TurnStores } from './assistant/index.ts'
import { catalogTools } from './catalog/index.ts'
import type { Contacts } from './contacts/index.ts'
import type { Conversations } from './conversations/index.ts'
import type { EngineDeps, EngineStores } from './engine.ts'
import { joinWork } from './kernel/index.ts'
import type { Actor, InboxEventId, UnitOfWork } from './kernel/index.ts'
import type { TraceStep, Traces } from './lanes/index.ts'
import { createShop, orderTools } from './orders/index.ts'
import {
  createToolbox,
  defaultLimits,
  deskTools,
  typedConfirmLimitOf,
  withBreaker,
  withSecondTry,
} from './responder/index.ts'
import type {
  BreakerSettings,
  Model,
  ModelPrice,
  Shop,
  ThinkLimits,
  Tool,
} from './responder/index.ts'

/** A language model and how far it may go. */
export interface AssistantOptions {
  readonly model: Model
  /** Limits of one turn; see {@link ThinkLimits} for the defaults. */
  readonly limits?: Partial<ThinkLimits>
  /** What the model costs, for records and limits. Default: nothing. */
  readonly price?: ModelPrice
  /** When the model is left alone because it fails. */
  readonly breaker?: BreakerSettings
  /** What the model may ask for. Default: the tools of catalog, orders and desk. */
  readonly tools?: readonly Tool[]
  /** A signal that fires after so many milliseconds, for the limit of a turn. Default: the platform's timers. */
  readonly timeout?: (ms: number) => AbortSignal
  /** Waits before a model that failed is asked a second time. Default: the platform's timers. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Waits until the lease of a turn that thinks is renewed. Default: the platform's timers. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What {@link composeAssistant} needs. */
export interface AssistantDeps<Stores extends AssistantStores>
  extends
    Pick<TurnDeps<Stores>, 'work' | 'interrupts' | 'clock' | 'ids' | 'random' | 'logger'>,
    Pick<AnswerDeps<Stores>, 'publicUrl'> {
  readonly services: (work: UnitOfWork<Stores>) => ReturnType<AnswerDeps<Stores>['services']> & {
    readonly conversations: Conversations
    readonly contacts: Contacts
  }
  /** Told when a turn is due, so that it need not wait for the next poll. */
  readonly wakeAt: (at: Date) => void
  /** Absent: no turns are planned, and those that wait are answered by the menus. */
  readonly options: AssistantOptions | undefined
}

/** The stores that turns need beyond those of the engine. */
export type AssistantStores = EngineStores & TurnStores

/** What the answers and the engine take from the assistant. */
export interface ComposedAssistant<Stores extends AssistantStores> {
  readonly forAnswers: Pick<AnswerDeps<Stores>, 'plan'>
  readonly forEngine: Pick<EngineDeps<Stores>, 'runners' | 'jobLeaseMs'>
}

const ownTools: readonly Tool[] = [...catalogTools, ...orderTools, ...deskTools]

// Answers what was left to an assistant that this host no longer has: with the menus.
const nobody: Model = {
  name: 'none',
  respond: async () => ({ kind: 'failed', reason: 'unavailable' }),
}

/** Connects the assistant with the shop, the thread and the way out. */
export function composeAssistant<Stores extends AssistantStores>(
  deps: AssistantDeps<Stores>,
): ComposedAssistant<Stores> {
  const { options } = deps
  const forAnswers = options === undefined ? {} : { plan: planWith(deps) }
  const brain = createBrain(options ?? { model: nobody }, deps)
  const runners: NonNullable<EngineDeps<Stores>['runners']> = ({ send, changed }) => {
    const turns: TurnDeps<Stores> = {
      ...deps,
      brain,
      send,
      conversations: (work) => deps.services(work).conversations,
      contacts: (work) => deps.services(work).contacts,
      shop: (stores, context) => openShop(deps, stores, context),
      changed: (actor, id) => changed({ kind: 'conversation', actor, id }),
    }
    const rule = { backoff: turnBackoff, whenDead: createGiveUp(turns) }
    return new Map([[turnJob, { run: createTurnRunner(turns), ...rule }]])
  }
  return { forAnswers, forEngine: { runners, jobLeaseMs: turnLease.ms } }
}

function planWith<Stores extends AssistantStores>({
  clock,
  ids,
  interrupts,
  wakeAt,
}: AssistantDeps<Stores>): NonNullable<AnswerDeps<Stores>['plan']> {
  return async ({ turn, answer }) => {
    const { actor, tenant, conversation, message, work } = turn
    const settings = answeringOf(tenant.settings.answering)
    const { eventId, id: messageId } = message
    const facts = { conversation, messageId, answer, now: clock.now(), settings }
    const planned = await work.run(actor.tenantId, (stores) =>
      planTurn(stores, eventId === undefined ? facts : { ...facts, eventId }, ids),
    )
    if (planned.turn !== undefined) wakeAt(planned.turn.dueAt)
    if (planned.interrupted) interrupts.interrupt(conversation.id)
    return stepsOf(planned)
  }
}

function createBrain(
  options: AssistantOptions,
  { clock, logger }: Pick<AssistantDeps<AssistantStores>, 'clock' | 'logger'>,
): Brain {
  const { model, price, tools = ownTools, timeout, wait, pause } = options
  const limits = {
    ...defaultLimits,
    ...options.limits,
    ...(price === undefined ? {} : { price }),
  }
  return {
    model: withBreaker(withSecondTry(model, wait), {
      ...options.breaker,
      clock,
      onChange: ({ phase }) => logger.warn('assistant: the breaker of the model moved', { phase }),
    }),
    limits,
    toolbox: createToolbox({ tools }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(pause === undefined ? {} : { pause }),
  }
}

function stepsOf({
  turn,
  interrupted,
}: {
  readonly turn?: AssistantTurn
  readonly interrupted: boolean
}): readonly TraceStep[] {
  const steps: readonly TraceStep[] = interrupted
    ? [{ step: 'assistant', outcome: 'interrupted' }]
    : []
  if (turn === undefined) return steps
  const detail = { turn: turn.id, messages: turn.messageIds.length }
  return [...steps, { step: 'assistant', outcome: 'scheduled', detail }]
}

async function openShop<Stores extends AssistantStores>(
  { services, clock, publicUrl }: AssistantDeps<Stores>,
  stores: Stores,
  context: ShopContext,
): Promise<Shop> {
  const { tenantId, conversationId, locale, eventId, actsAs } = context
  const tenant = await stores.accounts.tenant()
  const { catalog, orders } = services(joinWork(tenantId, stores))
  return createShop({
    catalog,
    orders,
    clock,
    tenantId,
    conversationId,
    locale,
    actsAs,
    typedConfirmLimit: typedConfirmLimitOf(tenant.settings),
    ...(publicUrl === undefined ? {} : { link: (token: string) => `${publicUrl}/a/${token}` }),
    ...(eventId === undefined ? {} : { evidence: { kind: 'message', id: eventId } }),
  })
}

/** Traces whose events show the steps of the turn that answered them, too. */
export function withTurns(traces: Traces, work: UnitOfWork<TurnStores>): Traces {
  return {
    ...traces,
    async ofEvents(actor: Actor, ids: readonly InboxEventId[]) {
      const [handled, turns] = await Promise.all([
        traces.ofEvents(actor, ids),
        work.run(actor.tenantId, (stores) =>
          stores.turns.list({ eventIds: ids.slice(0, 100), limit: 100 }),
        ),
      ])
      const steps = new Map(handled)
      for (const { eventId, record } of turns.toReversed()) {
        if (eventId === undefined || record === undefined) continue
        steps.set(eventId, [...(steps.get(eventId) ?? []), ...record.steps])
      }
      return steps
    },
  }
}
