import { allowedActions, mayTouch } from './decide.ts'
import { isOver } from './draft.ts'
import type { OrderRefusal, Session } from './session.ts'
import { lockOrder, refusal } from './session.ts'
import type { Settled } from './settle.ts'
import { cancel, confirm, edit, expire } from './settle.ts'
import type { ActionCommand, ActionResult, ActionToken, Order } from './store.ts'
import { hashToken } from './tokens.ts'

/** What can be chosen on the page of an `open` token. */
export type ActionChoice = Exclude<ActionCommand, 'open'>

/** What a tap did. `repeated`: the token had been used before, and this is what it did then. */
export interface Acted {
  readonly kind: 'acted'
  readonly result: ActionResult
  /** The order as it is now. */
  readonly order: Order
  readonly repeated: boolean
}

/** An order behind a token, with what the token can still do. */
export interface Viewed {
  readonly kind: 'viewed'
  readonly order: Order
  /** Empty when it was used, is void or over. */
  readonly choices: readonly ActionChoice[]
  readonly expiresAt: Date
}

/**
 * Runs a token. Only its contact may; once; before its end; and only while the order is what the customer saw. A second
 * use answers with what the first one did.
 */
export async function act(
  session: Session,
  token: string,
  choice: ActionChoice | undefined,
): Promise<Acted | OrderRefusal> {
  const hash = await hashToken(token)
  const found = await lockTarget(session, hash)
  if (found === undefined) return refusal('unknown')
  const { row, order } = found
  if (session.actor.kind !== 'customer' || !mayTouch(session.actor, order.contactId)) {
    return refusal('foreign', order)
  }
  if (row.result !== undefined) return { kind: 'acted', result: row.result, order, repeated: true }
  const closed = await whyClosed(session, row, order)
  if (closed !== undefined) return closed
  const command = row.command === 'open' ? choice : row.command
  if (command === undefined) return refusal('unknown', order)
  const evidence = { kind: 'action_token', id: hash } as const
  const outcome = await run(
    { ...session, actor: { ...session.actor, evidence } },
    order,
    row,
    command,
  )
  if (outcome.kind === 'refused') return outcome
  const { number } = outcome.order
  const result: ActionResult = { command, ...(number === undefined ? {} : { number }) }
  await session.actions.settle(hash, { at: session.now, result })
  return { kind: 'acted', result, order: outcome.order, repeated: false }
}

/** What a token stands for, without using it. */
export async function view(session: Session, token: string): Promise<Viewed | OrderRefusal> {
  const row = await session.actions.find(await hashToken(token))
  const order = row && (await session.orders.get(row.orderId))
  if (row === undefined || order === undefined) return refusal('unknown')
  if (!mayTouch(session.actor, order.contactId)) return refusal('foreign', order)
  const isOpen =
    row.usedAt === undefined && row.voidedAt === undefined && session.now < row.expiresAt
  const evidence = { kind: 'action_token', id: row.hash } as const
  const customer = { ...session.actor, kind: 'customer', id: order.contactId, evidence } as const
  const allowed = isOpen ? allowedActions(order, customer, session.now) : []
  const choices = allowed
    .filter(isChoice)
    .filter((one) => row.command === 'open' || row.command === one)
  return { kind: 'viewed', order, choices, expiresAt: row.expiresAt }
}

async function lockTarget(
  session: Session,
  hash: string,
): Promise<{ readonly row: ActionToken; readonly order: Order } | undefined> {
  const seen = await session.actions.find(hash)
  const order = seen && (await lockOrder(session, seen.orderId))
  // Read again: the one before us may have used it while we waited for the order.
  const row = seen && (await session.actions.find(hash))
  return row === undefined || order === undefined ? undefined : { row, order }
}

function run(
  session: Session,
  order: Order,
  row: ActionToken,
  command: ActionChoice,
): Promise<Settled | OrderRefusal> {
  if (command === 'confirm') return confirm(session, order, row.contentHash)
  return command === 'edit' ? edit(session, order) : cancel(session, order, 'by_customer')
}

async function whyClosed(
  session: Session,
  row: ActionToken,
  order: Order,
): Promise<OrderRefusal | undefined> {
  if (order.status === 'expired') return refusal('expired', order)
  if (row.voidedAt !== undefined) {
    const isReopened = order.status === 'draft' || order.revision !== row.revision
    return refusal(isReopened ? 'changed' : 'used', order)
  }
  if (session.now >= row.expiresAt || isOver(order, session.now)) {
    await expire(session, order)
    return refusal('expired', order)
  }
  return row.contentHash === order.contentHash ? undefined : refusal('changed', order)
}

function isChoice(command: string): command is ActionChoice {
  return command === 'confirm' || command === 'cancel' || command === 'edit'
}
