import type { Core } from './core.ts'
import { publish, saveMessage } from './core.ts'
import type { JsonObject } from './json.ts'
import { textAt } from './json.ts'
import type { ChatMessage, Customer, LadderStatus } from './state.ts'
import { threadOf } from './state.ts'
import { statusValue } from './webhook-values.ts'

const windowMs = 24 * 60 * 60 * 1000
const rank: Readonly<Record<LadderStatus, number>> = {
  accepted: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
  failed: 5,
}

/** Moves messages of the business up: accepted, sent, delivered, read, played; or to failed. */
export interface Ladder {
  /** Starts a message that Graph has just accepted. */
  start(messageId: string): void
  /** The person looks at the chat: everything delivered is read, and what comes later too, until it is closed. */
  open(customerId: string): void
  close(customerId: string): void
  /** The person plays a voice note. */
  play(messageId: string): void
  /** The phone came back: what waited at `sent` is delivered. */
  reach(customerId: string): void
}

/** The ladder of one simulator. */
export function createLadder(core: Core): Ladder {
  const { state } = core

  const move = (id: string, status: LadderStatus, errorCode?: number): void => {
    const message = state.messages.get(id)
    if (message === undefined || rank[status] <= rank[message.status]) return
    const next = { ...message, status, ...(errorCode === undefined ? {} : { errorCode }) }
    saveMessage(core, next)
    const pricing =
      status === 'sent' || isFirstAfterSent(message, status) ? pricingOf(core, next) : undefined
    publish(
      core,
      'messages',
      statusValue(core, state.customers.get(next.customerId), next, pricing),
    )
  }

  const arrive = (message: ChatMessage, customer: Customer): void => {
    if (!customer.reachable) return
    move(message.id, 'delivered')
    if (state.openChats.has(customer.id)) read(message, customer)
  }

  const read = (message: ChatMessage, customer: Customer): void => {
    if (customer.sendsReadReceipts) move(message.id, 'read')
  }

  const fromBusiness = (customerId: string): readonly ChatMessage[] =>
    threadOf(state, customerId).filter((message) => message.from === 'business')

  return {
    start(id) {
      const message = state.messages.get(id)
      if (message === undefined) return
      const customer = state.customers.get(message.customerId)
      if (customer === undefined) return move(id, 'failed', 131026)
      if (isWindowClosed(core, customer) && message.type !== 'template') {
        return move(id, 'failed', 131047)
      }
      move(id, 'sent')
      if (message.type !== 'reaction') arrive(message, customer)
    },
    open(customerId) {
      const customer = state.customers.get(customerId)
      if (customer === undefined) return
      state.openChats.add(customerId)
      for (const message of fromBusiness(customerId)) {
        if (message.status === 'delivered') read(message, customer)
      }
    },
    close: (customerId) => void state.openChats.delete(customerId),
    play(id) {
      const message = state.messages.get(id)
      if (message?.type === 'audio' && rank[message.status] >= rank.delivered) move(id, 'played')
    },
    reach(customerId) {
      const customer = state.customers.get(customerId)
      if (customer === undefined) return
      for (const message of fromBusiness(customerId)) {
        if (message.status === 'sent' && message.type !== 'reaction') arrive(message, customer)
      }
    },
  }
}

function isWindowClosed(core: Core, customer: Customer): boolean {
  const { lastInboundMs } = customer
  return lastInboundMs === undefined || core.clock.now().getTime() - lastInboundMs >= windowMs
}

function isFirstAfterSent(before: ChatMessage, status: LadderStatus): boolean {
  return before.status === 'sent' && (status === 'delivered' || status === 'read')
}

/** Templates are billed by category; of all other messages the first thousand of a month are free. */
function pricingOf(core: Core, message: ChatMessage): JsonObject {
  if (message.type === 'template') {
    const name = textAt(message.content, 'name')
    const template = [...core.state.templates.values()].find((each) => each.name === name)
    const category = (template?.category ?? 'UTILITY').toLowerCase()
    return { billable: true, pricing_model: 'PMP', type: 'regular', category }
  }
  const isFree = core.state.account.serviceCount <= 1000
  return {
    billable: !isFree,
    pricing_model: 'PMP',
    type: isFree ? 'free_customer_service' : 'regular',
    category: 'service',
  }
}
