import type { BubbleView } from './message-view.ts'

/** What the live page shows about the business and this server. */
export interface DeskSummary {
  readonly businessName: string
  readonly locale: string
  /** What is not the real thing here. */
  readonly simulated: readonly Simulation[]
  /** Where the simulated phone is, when this process has one. */
  readonly phonePath?: string
  /** What the colleague may do. */
  readonly may: Readonly<Record<DeskAbility, boolean>>
}

/** What a colleague may be allowed to do to a conversation. */
export type DeskAbility = 'reply' | 'assign' | 'close'

/** A part that is simulated or local. */
export interface Simulation {
  /** A few words for the banner. */
  readonly label: string
  /** One sentence that explains it. */
  readonly detail: string
}

/** A conversation in the list. */
export interface ConversationView {
  readonly id: string
  readonly name: string
  /** Number, username or nothing. */
  readonly handle: string
  readonly owner: 'ai' | 'queue' | 'human'
  /** `phone` when a colleague answered from the business' own phone. */
  readonly assignee?: string
  readonly status: 'open' | 'resolved'
  readonly preview: string
  readonly unread: number
  readonly lastMessageAt: string
  /** For a command that wants to know what was seen. */
  readonly version: number
  readonly windowExpiresAt?: string
}

/** One message of a thread. */
export interface MessageView {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly author: string
  readonly at: string
  readonly bubble: BubbleView
  /** Of an outbound message: how far it came. */
  readonly sending?: {
    readonly state: string
    readonly delivery?: string
    readonly errorCode?: string
  }
  /** What happened to an inbound message. */
  readonly steps: readonly StepView[]
}

/** One step of handling; codes, ids and counts only. */
export interface StepView {
  readonly step: string
  readonly outcome: string
  readonly detail: string
}

/** A conversation with its newest messages, oldest first. */
export interface ThreadView {
  readonly conversation: ConversationView
  readonly messages: readonly MessageView[]
}

/** An order in the list. */
export interface OrderRow {
  readonly id: string
  readonly ref: string
  readonly number?: string
  readonly customer: string
  readonly status: string
  readonly lines: readonly string[]
  readonly total: string
  readonly at: string
}

/** A message that did not leave, or whose arrival nobody knows. */
export interface SendRow {
  readonly id: string
  readonly state: string
  readonly customer: string
  readonly text: string
  readonly errorCode?: string
  readonly at: string
}

/** An inbound event that could not be handled, or a job that could not be done. */
export interface DeadRow {
  readonly id: string
  readonly of: 'event' | 'job'
  readonly kind: string
  readonly errorCode: string
  readonly attempts: number
  readonly at: string
}

/** A business number that sends nothing until a person acts. */
export interface StoppedRow {
  readonly id: string
  /** As it is shown to people. */
  readonly number: string
  /** A code; the page has the words. */
  readonly reason: string
}

/** A list of the live page; `cursor` leads to the next part. */
export interface DeskPage<Row> {
  readonly items: readonly Row[]
  readonly cursor?: string
}

/** Something changed; the page asks again for what it shows. */
export interface DeskChange {
  readonly kind: string
  readonly id?: string
}

/** Everything the live page shows, as one colleague. What it does goes through the REST API. */
export interface Desk {
  summary(): Promise<DeskSummary>
  conversations(query: { readonly cursor?: string }): Promise<DeskPage<ConversationView>>
  /** A conversation's thread, or nothing when there is no such conversation. */
  thread(conversationId: string): Promise<ThreadView | undefined>
  orders(query: { readonly cursor?: string }): Promise<DeskPage<OrderRow>>
  sends(): Promise<readonly SendRow[]>
  dead(): Promise<readonly DeadRow[]>
  stopped(): Promise<readonly StoppedRow[]>
  /** Calls `listener` on changes of this process until the returned function is called. */
  subscribe(listener: (change: DeskChange) => void): () => void
}
