import type { Clock, Logger } from '../kernel/index.ts'
import type { Delivery, DeliveryAttempt } from './delivery.ts'
import type { Faults } from './faults.ts'
import type { JsonObject } from './json.ts'
import type { Minting } from './minting.ts'
import type { Scheduler } from './scheduler.ts'
import type { ChatMessage, Customer, SimulatorState } from './state.ts'
import { putMessage } from './state.ts'

/** What a listener of the simulator is told. */
export type SimulatorEvent =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'message'; readonly message: ChatMessage }
  | { readonly kind: 'typing'; readonly customerId: string; readonly untilMs: number }
  | { readonly kind: 'delivery'; readonly attempt: DeliveryAttempt }
  | { readonly kind: 'catalog' }
  | {
      readonly kind: 'graph'
      readonly method: string
      readonly path: string
      readonly status: number
    }

/** The business number and account that are simulated. */
export interface SimulatedBusiness {
  readonly phoneNumberId: string
  readonly wabaId: string
  /** As Meta shows it, for example `15550100001`. */
  readonly displayPhoneNumber: string
  readonly verifiedName: string
}

/** What the parts of the simulator share. */
export interface Core {
  readonly business: SimulatedBusiness
  readonly state: SimulatorState
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly logger: Logger
  readonly minting: Minting
  readonly faults: Faults
  readonly delivery: Delivery
  /** Where Graph is reached, for media addresses; `undefined` until it listens. */
  baseUrl(): string | undefined
  emit(event: SimulatorEvent): void
}

/** Stores a message and tells the listeners. */
export function saveMessage(core: Core, message: ChatMessage): void {
  putMessage(core.state, message)
  core.emit({ kind: 'message', message })
}

/** Queues a webhook update while the app is subscribed; Meta keeps nothing for later when it is not. */
export function publish(core: Core, field: string, value: JsonObject): void {
  if (!core.state.account.subscribed) return
  const time = Math.floor(core.clock.now().getTime() / 1000)
  core.delivery.enqueue(field === 'messages' ? { field, value } : { field, value, time })
}

/** Milliseconds as Meta's string of whole seconds. */
export function toSeconds(ms: number): string {
  return String(Math.floor(ms / 1000))
}
