import type { z } from 'zod'
import type { AuthorityAction, Locale, TenantSettings } from '../accounts/index.ts'
import type { Message } from '../conversations/index.ts'
import type { ContactId, ConversationId, Json, TenantId } from '../kernel/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { AuthorityDecision, AuthorityFacts } from './authority.ts'
import type { Handles } from './handles.ts'
import type { ModelTool } from './model.ts'
import type { Shop } from './shop.ts'
import { schemaOf } from './tool-schema.ts'

/** The server's side of a turn: everything a tool acts on comes from here, never from the model. */
export interface ToolTurn {
  readonly tenantId: TenantId
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly locale: Locale
  readonly settings: TenantSettings
  readonly now: Date
  /** The thread, newest first. */
  readonly recent: readonly Message[]
  /** Runs `body` in a transaction, after checking that the turn still has the conversation. The shop acts as the assistant. */
  withShop<Result>(body: (shop: Shop) => Promise<Result>): Promise<Result>
}

/** What a customer decides about how we write to them. */
export interface Preference {
  readonly kind: 'language'
  readonly locale: Locale
}

/** What an effect may use in the transaction that commits the reply. */
export interface CommitDesk {
  readonly shop: Shop
  setPreference(preference: Preference): Promise<void>
}

/** What a deferred effect came to; `outcome` is a code. Its messages follow the reply's text. */
export interface DeferredOutcome {
  readonly outcome: string
  readonly messages: readonly OutboundMessage[]
  /** It turned out that a person must decide; nothing was done. */
  readonly ends?: 'hand_off'
}

/** Something that happens together with the reply or not at all. */
export interface Deferred {
  /** Effects of one name happen once in a turn. */
  readonly name: string
  /** Interactive messages it may send, at most. */
  readonly cards: number
  run(desk: CommitDesk): Promise<DeferredOutcome>
}

/** What a tool answers. `data` is what the model reads. */
export interface ToolAnswer {
  /** A code. */
  readonly outcome: string
  readonly data: Json
  /** Made by our renderer. */
  readonly messages?: readonly OutboundMessage[]
  readonly deferred?: Deferred
  /** The model writes nothing more to the customer in this turn. */
  readonly ends?: 'hand_off'
}

/** What a tool may use while it runs. */
export interface ToolContext {
  readonly turn: ToolTurn
  /** Names this turn has given things, and the values that only our renderer writes out. */
  readonly handles: Handles
  /** Whether the tool's action, or another, may happen with these facts. */
  decide(facts: AuthorityFacts, action?: AuthorityAction): AuthorityDecision
}

/** A tool as the kernel runs it. `run` gets JSON that nobody has checked. */
export interface Tool {
  readonly model: ModelTool
  readonly authority: AuthorityAction
  run(input: unknown, context: ToolContext): Promise<ToolAnswer>
}

/** What {@link defineTool} takes. */
export interface ToolDefinition<Schema extends z.ZodObject> {
  /** Snake case. */
  readonly name: string
  /** One or two short sentences; they cost tokens on every call. */
  readonly description: string
  /** Strict; optional values are nullable. No ids of ours and no amounts: handles only. */
  readonly input: Schema
  readonly authority: AuthorityAction
  readonly run: (input: z.output<Schema>, context: ToolContext) => Promise<ToolAnswer>
}

/**
 * A tool with its arguments checked before it runs; wrong ones are answered with outcome `invalid_arguments`. Throws a
 * `TypeError` when the schema is not closed or has something that strict function calling does not know.
 */
export function defineTool<Schema extends z.ZodObject>(definition: ToolDefinition<Schema>): Tool {
  const { name, description, input: schema, authority, run } = definition
  return {
    model: { name, description, parameters: schemaOf(schema) },
    authority,
    async run(input, context) {
      const parsed = schema.safeParse(input)
      if (parsed.success) return run(parsed.data, context)
      const wrong = parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`)
      return {
        outcome: 'invalid_arguments',
        data: {
          error: 'invalid arguments',
          wrong: wrong.slice(0, 5).map((one) => one.slice(0, 80)),
        },
      }
    },
  }
}
