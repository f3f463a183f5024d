import type { TurnPlanning } from './answer.ts'
import { answeringOf } from './accounts/index.ts'
import type { AccountStore } from './accounts/index.ts'
import { createInterrupts, createTurnRunner, planTurn, turnJob } from './assistant/index.ts'
import type { Brain, TurnStore, TurnStores } from './assistant/index.ts'
import type { Catalog } from './catalog/index.ts'
import type { Conversations } from './conversations/index.ts'
import { joinWork } from './kernel/index.ts'
import type { Clock, Ids, InboxEventId, Logger, Random, UnitOfWork } from './kernel/index.ts'
import type { JobRunner, TraceStep, Traces } from './lanes/index.ts'
import { createShop } from './orders/index.ts'
import type { Orders } from './orders/index.ts'
import type { EngineDeps } from './engine.ts'
import { defaultLimits } from './responder/index.ts'
import type { Model, ModelPrice, ThinkLimits } from './responder/index.ts'

/** A language model and how far it may go. */
export interface AssistantOptions {
  readonly model: Model
  /** Limits of one turn; see {@link ThinkLimits} for the defaults. */
  readonly limits?: Partial<ThinkLimits>
  /** Default: the model costs nothing. */
  readonly price?: ModelPrice
}
