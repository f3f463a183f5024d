import {
  asId,
  assertAllowed,
  createTimeZones,
  isAllowed,
  joinWork,
  withinOf,
} from '../kernel/index.ts'
import type { Actor, ContactId, OrderId } from '../kernel/index.ts'
import type { JobHandler } from '../lanes/index.ts'
import type { ActionChoice, Acted, Viewed } from './act.ts'
import { act, view } from './act.ts'
import { mayTouch } from './decide.ts'
import type { AddInput, CartInput, CartOutcome, Drafted, QuantitiesInput } from './draft.ts'
import { addToDraft, fromCart, setLines, setQuantities } from './draft.ts'
import type { WantedLine } from './price.ts'
import type { OrderRefusal, OrdersDeps, OrderStores, Session } from './session.ts'
import { lockOrder, refusal } from './session.ts'
import type { Proposed, Settled } from './settle.ts'
import { cancel, confirm, edit, expire, propose } from './settle.ts'
import type { Order, OrderQuery } from './store.ts'

/**
 * From a basket to a binding order. Tools and menus propose; a person commits. Commands take `order:write` and are refused
 * as `not_permitted` without it; `get` and `list` take `order:read` and throw `not_permitted`.
 */
export interface Orders {
  /** Adds to the contact's draft, which is created when there is none; a waiting proposal becomes the draft again. */
  addToDraft(actor: Actor, input: AddInput): Promise<Drafted | OrderRefusal>
  /** Sets quantities in the contact's draft and leaves its other lines; harmless to repeat. */
  setQuantities(actor: Actor, input: QuantitiesInput): Promise<Drafted | OrderRefusal>
  /** Replaces the lines of a draft, priced from the catalog. */
  setLines(
    actor: Actor,
    orderId: OrderId,
    lines: readonly WantedLine[],
  ): Promise<Drafted | OrderRefusal>
  /** A WhatsApp cart as a draft, once per cart message: our prices, at most 99 of an item, unknown items reported. */
  fromCart(actor: Actor, input: CartInput): Promise<CartOutcome>
  /** Freezes a draft for its customer until the tenant's time for proposals is over. */
  propose(actor: Actor, orderId: OrderId): Promise<Proposed | OrderRefusal>
  /** Binds a proposal by its digest. For staff with evidence, and for the customer's own signed request. */
  confirm(actor: Actor, orderId: OrderId, contentHash: string): Promise<Settled | OrderRefusal>
  /** Ends an order; `reason` is a code. A confirmed one only by staff. */
  cancel(actor: Actor, orderId: OrderId, reason: string): Promise<Settled | OrderRefusal>
  /** Makes a proposal a draft again; its tokens are void and its stock is free. */
  edit(actor: Actor, orderId: OrderId): Promise<Settled | OrderRefusal>
  /** Ends a proposal whose time is over; refused as `illegal_transition` otherwise. */
  expire(actor: Actor, orderId: OrderId): Promise<Settled | OrderRefusal>
  /** Runs the token of a button; `choice` says what to do with the token of a page. */
  act(actor: Actor, token: string, choice?: ActionChoice): Promise<Acted | OrderRefusal>
  /** What a token stands for, without using it. */
  view(actor: Actor, token: string): Promise<Viewed | OrderRefusal>
  get(actor: Actor, orderId: OrderId): Promise<Order | undefined>
  /** Newest first. `limit` defaults to 50. Customers and their assistant see their own. */
  list(actor: Actor, query?: Partial<OrderQuery>): Promise<readonly Order[]>
}

/** The orders service. */
export function createOrders(deps: OrdersDeps): Orders {
  const zones = deps.zones ?? createTimeZones()
  const { clock, ids, random } = deps
  const run = async <Result>(
    actor: Actor,
    body: (session: Session) => Promise<Result>,
  ): Promise<Result | OrderRefusal> => {
    if (!isAllowed(actor, 'order:write')) return refusal('not_permitted')
    return deps.work.run(actor.tenantId, async (stores) => {
      const { settings } = await stores.accounts.tenant()
      return body({ ...stores, actor, now: clock.now(), ids, random, zones, settings })
    })
  }
  const onOrder = (
    actor: Actor,
    orderId: OrderId,
    body: (session: Session, order: Order) => Promise<Settled | OrderRefusal>,
  ): Promise<Settled | OrderRefusal> =>
    run(actor, async (session) => {
      const order = await lockOrder(session, orderId)
      return order === undefined ? refusal('not_found') : body(session, order)
    })
  return {
    addToDraft: (actor, input) => run(actor, (session) => addToDraft(session, input)),
    setQuantities: (actor, input) => run(actor, (session) => setQuantities(session, input)),
    setLines: (actor, orderId, lines) => run(actor, (session) => setLines(session, orderId, lines)),
    fromCart: (actor, input) => run(actor, (session) => fromCart(session, input)),
    propose: (actor, orderId) => run(actor, (session) => propose(session, orderId)),
    confirm: (actor, orderId, contentHash) =>
      onOrder(actor, orderId, (session, order) => confirm(session, order, contentHash)),
    cancel: (actor, orderId, reason) =>
      onOrder(actor, orderId, (session, order) => cancel(session, order, reason)),
    edit: (actor, orderId) => onOrder(actor, orderId, edit),
    expire: (actor, orderId) => onOrder(actor, orderId, expire),
    act: (actor, token, choice) => run(actor, (session) => act(session, token, choice)),
    view: (actor, token) => run(actor, (session) => view(session, token)),
    get: async (actor, orderId) => {
      assertAllowed(actor, 'order:read')
      return deps.work.run(actor.tenantId, async ({ orders }) => {
        const order = await orders.get(orderId)
        return order !== undefined && mayTouch(actor, order.contactId) ? order : undefined
      })
    },
    list: async (actor, query = {}) => {
      assertAllowed(actor, 'order:read')
      return deps.work.run(actor.tenantId, ({ orders }) => {
        const own = ownContact(actor)
        const asked = { limit: 50, ...query, ...withinOf(actor) }
        return orders.list(own === undefined ? asked : { ...asked, contactId: own })
      })
    },
  }
}

/** The handler of `order.expire` jobs: ends the proposal in the job's own transaction, if its time is over. */
export function createOrderExpiry(deps: Omit<OrdersDeps, 'work'>): JobHandler<OrderStores> {
  return async (actor, job, stores) => {
    const { orderId } = job.data
    if (typeof orderId !== 'string') return
    const orders = createOrders({ ...deps, work: joinWork(actor.tenantId, stores) })
    await orders.expire(actor, asId('OrderId', orderId))
  }
}

function ownContact(actor: Actor): ContactId | undefined {
  if (actor.kind === 'customer') return asId('ContactId', actor.id)
  return actor.kind === 'ai' ? asId('ContactId', actor.onBehalfOf ?? '') : undefined
}
