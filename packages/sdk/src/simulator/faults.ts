import type { Random } from '../kernel/index.ts'
import type { Dice } from './dice.ts'
import { createDice, drawSeed } from './dice.ts'
import type { WebhookChange } from './delivery.ts'
import { listAt, textAt } from './json.ts'

/**
 * What goes wrong with a request to Graph. `…_before`: the request had no effect; `…_after`: it had, and only its answer
 * is lost. `timeout`: no answer until the client gives up; `reset`: the connection is cut; `http_500`: status 500;
 * `error`: the Graph error `code`, without effect; `slow`: an ordinary answer after `delayMs`.
 */
export interface GraphFault {
  readonly kind:
    | 'timeout_before'
    | 'timeout_after'
    | 'reset_before'
    | 'reset_after'
    | 'http_500_before'
    | 'http_500_after'
    | 'error'
    | 'slow'
  /** Graph error code, for `error`. Default 131000. */
  readonly code?: number
  /** For `slow`, in milliseconds. Default 1,000. */
  readonly delayMs?: number
  /** Body of an `http_500`: Graph's JSON, or the HTML or nothing of a gateway. Default `json`. */
  readonly body?: 'json' | 'html' | 'empty'
  /** How many requests it hits. Default 1; `Infinity` for all. */
  readonly times?: number
  /** Chance for each request, 0 to 1. Default 1. */
  readonly probability?: number
  /** Seed of that chance; drawn from the injected `Random` when left out. */
  readonly seed?: number
  /** Which requests: sends, media, or every one. Default `messages`. */
  readonly on?: 'messages' | 'media' | 'any'
}

/** What goes wrong with webhooks; every chance is from 0 to 1 and 0 by default. */
export interface WebhookFaults {
  /** Chance that an update is delivered twice. */
  readonly duplicate?: number
  /** Chance that an update is overtaken by up to three later ones. */
  readonly reorder?: number
  /** Chance that an update waits between `delayMs[0]` and `delayMs[1]` milliseconds. */
  readonly delay?: number
  /** Default `[100, 2000]`. */
  readonly delayMs?: readonly [number, number]
  /** Chance that a status is never delivered, by status. */
  readonly drop?: { readonly [status: string]: number }
  /** Drawn from the injected `Random` when left out. */
  readonly seed?: number
}

/** Switches for injected faults. */
export interface FaultControls {
  /** Adds a fault. Several are tried in the order they were added; the first that hits decides. */
  next(fault: GraphFault): void
  /** Replaces the webhook faults. */
  webhooks(faults: WebhookFaults): void
  /** Removes all faults. */
  clear(): void
  /** Faults that can still hit. */
  pending(): readonly GraphFault[]
}

/** How one update is to be delivered: one entry per copy. */
export type DeliveryPlan = readonly { readonly delayMs: number; readonly holdFor: number }[]

/** The faults and the questions that the simulator asks them. */
export interface Faults extends FaultControls {
  /** The fault that hits this request, if any; it is used up. */
  take(on: 'messages' | 'media' | 'other'): GraphFault | undefined
  /** How to deliver one update. */
  plan(change: WebhookChange): DeliveryPlan
}

/** No faults until some are added. */
export function createFaults(random: Random): Faults {
  let armed: { readonly fault: GraphFault; readonly dice: Dice; left: number }[] = []
  let webhooks: WebhookFaults = {}
  let dice = createDice(drawSeed(random))
  return {
    next(fault) {
      armed.push({
        fault,
        dice: createDice(fault.seed ?? drawSeed(random)),
        left: fault.times ?? 1,
      })
    },
    webhooks(faults) {
      webhooks = faults
      dice = createDice(faults.seed ?? drawSeed(random))
    },
    clear() {
      armed = []
      webhooks = {}
    },
    pending: () => armed.map(({ fault, left }) => ({ ...fault, times: left })),
    take(on) {
      const hit = armed.find(
        (each) => concerns(each.fault, on) && each.dice.hits(each.fault.probability ?? 1),
      )
      if (hit === undefined) return undefined
      hit.left -= 1
      armed = armed.filter((each) => each.left > 0)
      return hit.fault
    },
    plan: (change) => planDelivery(change, webhooks, dice),
  }
}

function concerns(fault: GraphFault, on: 'messages' | 'media' | 'other'): boolean {
  return fault.on === 'any' || (fault.on ?? 'messages') === on
}

function planDelivery(change: WebhookChange, faults: WebhookFaults, dice: Dice): DeliveryPlan {
  const status = textAt(listAt(change.value, 'statuses')[0], 'status')
  if (status !== undefined && dice.hits(faults.drop?.[status] ?? 0)) return []
  const copies = dice.hits(faults.duplicate ?? 0) ? 2 : 1
  const [shortest, longest] = faults.delayMs ?? [100, 2000]
  return Array.from({ length: copies }, () => ({
    delayMs: dice.hits(faults.delay ?? 0) ? dice.between(shortest, longest) : 0,
    holdFor: dice.hits(faults.reorder ?? 0) ? dice.between(1, 3) : 0,
  }))
}
