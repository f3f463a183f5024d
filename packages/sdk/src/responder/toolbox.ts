import type { GuardReason } from './guards.ts'
import type { ModelTool, ModelToolCall } from './model.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { Deferred, Tool, ToolTurn } from './tool.ts'
import { openSession } from './tool-session.ts'

/** One call as it is kept: what the model asked for and what it was told. Personal data: it belongs to the conversation. */
export interface ToolRecord {
  readonly callId: string
  readonly name: string
  /** As the model wrote them, at most 2,000 characters. */
  readonly arguments: string
  /** A code. */
  readonly outcome: string
  readonly output: string
  /** The same call had been answered before in this turn, and nothing happened. */
  readonly cached: boolean
}

/** What a call came to. */
export interface ToolResult {
  /** What the model reads. */
  readonly output: string
  readonly record: ToolRecord
  /** Made by our renderer; sent after the reply's text. */
  readonly messages?: readonly OutboundMessage[]
  /** Runs in the transaction that commits the reply. */
  readonly deferred?: Deferred
  /** A person takes over; no text of the model is sent in this turn any more. */
  readonly ends?: 'hand_off'
}

/** Whether a text may go to the customer. `advice` tells the model, in its own terms, what to change. */
export type GuardOutcome =
  | { readonly kind: 'passed'; readonly text: string }
  | { readonly kind: 'refused'; readonly reasons: readonly GuardReason[]; readonly advice: string }

/** The tools of one turn, with its names, budget and cache. */
export interface ToolSession {
  /** Never throws for what a model can do wrong; what `withShop` throws, as when the turn is stale, goes through. */
  call(call: ModelToolCall): Promise<ToolResult>
  /** Checks the model's text and puts the values of slots in. To be asked before placeholders are restored. */
  guard(text: string): GuardOutcome
}

/** The assistant's tools. */
export interface Toolbox {
  /** In a fixed order, the same bytes for every turn and business. */
  readonly tools: readonly ModelTool[]
  open(turn: ToolTurn): ToolSession
}

/** What {@link createToolbox} takes. */
export interface ToolboxDeps {
  /** Names must differ. */
  readonly tools: readonly Tool[]
}

/** The kernel between a model and the business: a model can ask for these tools and nothing else. Throws a `TypeError` for a name given twice. */
export function createToolbox({ tools }: ToolboxDeps): Toolbox {
  const sorted = tools.toSorted((one, other) => (one.model.name < other.model.name ? -1 : 1))
  const byName = new Map(sorted.map((tool) => [tool.model.name, tool]))
  if (byName.size !== tools.length) throw new TypeError('Two tools have the same name')
  return {
    tools: sorted.map(({ model }) => model),
    open: (turn) => openSession(byName, turn),
  }
}
