import type { Locale } from '../accounts/index.ts'
import type { Message } from '../conversations/index.ts'
import type { TraceStep } from '../lanes/index.ts'
import { degrade } from '../outbox/index.ts'
import type { Degraded, OutboundMessage } from '../outbox/index.ts'
import { handOff, respond, textsOf } from '../responder/index.ts'
import type { CommitDesk, Deferred, HandOffReason, Shop, Thought } from '../responder/index.ts'
import type { Start } from './begin.ts'
import type { TurnOutcome } from './store.ts'

/** Messages of one author, in order. */
export interface Part<Content> {
  readonly author: 'ai' | 'menu'
  readonly messages: readonly Content[]
}

/** What leaves at the end of a turn, made to fit WhatsApp's limits. */
export interface Composed extends Omit<Draft, 'parts'> {
  readonly parts: readonly Part<Degraded>[]
}

interface Draft {
  readonly outcome: TurnOutcome
  readonly parts: readonly Part<OutboundMessage>[]
  readonly handOff?: HandOffReason
  readonly disclosed: boolean
  readonly steps: readonly TraceStep[]
}

/** What {@link compose} may use, in the transaction that commits the answer. */
export interface ComposeDeps extends CommitDesk {
  /** The shop in the customer's own name, for the menus. */
  readonly menuShop: () => Promise<Shop>
  /** Whether the customer of this conversation knows that an assistant writes. */
  readonly isDisclosed: boolean
  readonly now: Date
}

// Each message is billed, and a customer reads one proposal at a time.
const mostRendered = 2

/**
 * Makes the answer of a turn. What the model came to is sent with what our renderer made; where it came to nothing, the
 * menus answer the last message, or a person is asked. There is always something to say.
 */
export async function compose(
  start: Start,
  thought: Thought | undefined,
  deps: ComposeDeps,
): Promise<Composed> {
  const draft = await draftOf(start, thought, deps)
  const words = { listButton: textsOf(localeOf(start)).listButton }
  const parts = draft.parts.map(({ author, messages }) => ({
    author,
    messages: messages.map((one) => degrade(one, words)),
  }))
  return { ...draft, parts }
}

function draftOf(
  start: Start,
  thought: Thought | undefined,
  deps: ComposeDeps,
): Promise<Draft> | Draft {
  const conclusion = thought?.conclusion
  switch (conclusion?.kind) {
    case 'answered':
      return thought === undefined
        ? hand(start, 'assistant_failed')
        : answered(start, thought, conclusion.text, deps)
    case 'hand_off':
      return hand(start, 'assistant_asked')
    case 'guarded':
      return hand(start, 'assistant_failed')
    case 'failed':
      return fallBack(start, deps, conclusion.reason)
    case 'cancelled':
    case undefined:
      return fallBack(start, deps, String(start.thinkMs))
  }
}

/** The language the customer is answered in. */
export function localeOf({ contact, tenant }: Pick<Start, 'contact' | 'tenant'>): Locale {
  return contact.locale ?? tenant.settings.locale
}

async function answered(
  start: Start,
  thought: Thought,
  text: string,
  deps: ComposeDeps,
): Promise<Draft> {
  const ran = await runDeferred(thought.deferred, deps)
  // Each message is billed: what was looked up on the way to a proposal is not shown beside it.
  const shown = ran.messages.length > 0 ? ran.messages : thought.messages
  const rendered = shown.slice(-mostRendered)
  if (ran.ends) {
    const closing = hand(start, 'assistant_asked', ran.steps)
    return {
      ...closing,
      parts: [{ author: 'menu', messages: rendered }, ...closing.parts],
    }
  }
  const { assistantIntro } = textsOf(localeOf(start))
  const intro = deps.isDisclosed ? [] : [assistantIntro(start.tenant.settings.businessName)]
  const body = [...intro, ...(text === '' ? [] : [text])].join('\n\n')
  const parts: readonly Part<OutboundMessage>[] = [
    ...(body === '' ? [] : [{ author: 'ai', messages: [{ kind: 'text', body }] } as const]),
    ...(rendered.length === 0 ? [] : [{ author: 'menu', messages: rendered } as const]),
  ]
  if (parts.length === 0) return fallBack(start, deps, 'empty')
  return {
    outcome: 'answered',
    parts,
    disclosed: !deps.isDisclosed,
    steps: [{ step: 'assistant', outcome: 'answered' }, ...ran.steps],
  }
}

async function runDeferred(
  deferred: readonly Deferred[],
  desk: CommitDesk,
): Promise<{
  readonly messages: readonly OutboundMessage[]
  readonly steps: readonly TraceStep[]
  readonly ends: boolean
}> {
  let ends = false
  const messages: OutboundMessage[] = []
  const steps: TraceStep[] = []
  for (const effect of deferred) {
    const done = await effect.run(desk)
    messages.push(...done.messages)
    if (done.ends !== undefined) ends = true
    steps.push({ step: 'effect', outcome: done.outcome, detail: { tool: effect.name } })
  }
  return { messages, steps, ends }
}

async function fallBack(start: Start, deps: ComposeDeps, reason: string): Promise<Draft> {
  const why: TraceStep = { step: 'assistant', outcome: reason }
  const asked = lastQuestion(start)
  if (asked === undefined) return hand(start, 'assistant_failed', [why])
  const { conversation, contact, tenant } = start
  const { businessName, answering } = tenant.settings
  const within = answering?.personWithinMinutes
  const locale = localeOf(start)
  const reply = await respond(
    {
      contactId: contact.id,
      conversation,
      messageId: asked.message.id,
      content: asked.content,
      standby: false,
      locale,
      businessName,
      recent: asked.recent,
      now: deps.now,
      ...(within === undefined ? {} : { personWithinMinutes: within }),
    },
    { shop: await deps.menuShop() },
  )
  if (reply.messages.length === 0) return hand(start, 'assistant_failed', [why, ...reply.trace])
  return {
    outcome: reply.handOff === undefined ? 'menus' : 'handed_off',
    parts: [{ author: 'menu', messages: reply.messages }],
    disclosed: false,
    steps: [why, ...reply.trace],
    ...(reply.handOff === undefined ? {} : { handOff: reply.handOff.reason }),
  }
}

/**
 * The message to answer, and the thread as it was then: what a customer typed does not become the answer to a question
 * that we asked later.
 */
function lastQuestion({ turn, recent }: Start) {
  const index = recent.findIndex(({ id }) => id === turn.messageIds.at(-1))
  const message = recent[index]
  if (message === undefined || message.content.kind !== 'inbound') return undefined
  const { content } = message.content
  return { message, content, recent: recent.slice(index) } satisfies {
    readonly message: Message
    readonly content: unknown
    readonly recent: readonly Message[]
  }
}

function hand(start: Start, reason: HandOffReason, steps: readonly TraceStep[] = []): Draft {
  const within = start.tenant.settings.answering?.personWithinMinutes
  const { messages } = handOff(textsOf(localeOf(start)), reason, within)
  return {
    outcome: 'handed_off',
    parts: [{ author: 'menu', messages }],
    handOff: reason,
    disclosed: false,
    steps: [...steps, { step: 'hand_off', outcome: reason }],
  }
}
