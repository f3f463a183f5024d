import type { AccountStore } from '../accounts/index.ts'
import type { CatalogStore } from '../catalog/index.ts'
import { isAuronxError, sha256Hex } from '../kernel/index.ts'
import type { ContactId, EventStore, TenantId } from '../kernel/index.ts'
import type { JobStore } from '../lanes/index.ts'
import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import type { ActionDirectory, ActionStore, ActionToken, Order, OrderStore } from './store.ts'
import { createRef } from './tokens.ts'

/** What the contract of orders and action tokens is run against. */
export interface OrderSubject extends StoreSubject<{
  readonly accounts: AccountStore
  readonly catalog: CatalogStore
  readonly orders: OrderStore
  readonly actions: ActionStore
  readonly jobs: JobStore
  readonly events: EventStore
}> {
  readonly actionDirectory: ActionDirectory
  /** A contact that exists. */
  newContact(tenantId: TenantId): Promise<ContactId>
}

const constraint = (error: unknown): boolean => isAuronxError(error, 'storage_constraint')

/** Promises of `OrderStore`, `ActionStore` and `ActionDirectory`. */
export const orderContract: readonly ContractCase<OrderSubject>[] = [
  {
    name: 'returns an order as it was stored, to its tenant only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const order = await addOrder(subject, tenantId, await fullOrder(subject))
      const read = (tenant: TenantId) =>
        subject.work.run(tenant, async ({ orders }) => [
          await orders.get(order.id),
          await orders.lock(order.id),
          await orders.byCart(order.cartKey ?? ''),
          (await orders.list({ limit: 5 }))[0],
        ])
      assert.deepEqual(await read(tenantId), [order, order, order, order])
      assert.deepEqual(await read(other), [undefined, undefined, undefined, undefined])
    },
  },
  {
    name: 'replaces an order by its next version and refuses any other',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const order = await addOrder(subject, tenantId, {})
      const [line] = order.lines
      if (line === undefined) throw new Error('The order has no line')
      const next = {
        ...order,
        status: 'expired',
        endedAt: order.updatedAt,
        endReason: 'expired',
        version: 2,
      } as const
      const doubled = { ...next, lines: [{ ...line, quantity: 7 }, line] }
      const save = (one: Order) => subject.work.run(tenantId, ({ orders }) => orders.save(one))
      await save(doubled)
      const get = () => subject.work.run(tenantId, ({ orders }) => orders.get(order.id))
      assert.deepEqual(await get(), doubled)
      await save({ ...doubled, lines: [], version: 3 })
      assert.deepEqual((await get())?.lines, [])
      for (const version of [1, 3, 5]) {
        await assert.rejects(save({ ...order, version }), (error) =>
          isAuronxError(error, 'version_conflict'),
        )
      }
    },
  },
  {
    name: 'keeps drafts, carts, numbers and references unique',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const contactId = await subject.newContact(tenantId)
      const confirmation = { by: 'staff', evidence: { kind: 'verbal', id: 'x' } } as const
      const confirmed = {
        confirmation,
        status: 'confirmed',
        number: 'ORD-1',
        confirmedAt: subject.clock.now(),
        contentHash: 'a'.repeat(64),
      } as const
      const draft = await addOrder(subject, tenantId, { contactId, cartKey: 'c'.repeat(64) })
      await addOrder(subject, tenantId, confirmed)
      await assert.rejects(addOrder(subject, tenantId, { contactId }), constraint)
      await assert.rejects(addOrder(subject, tenantId, { cartKey: 'c'.repeat(64) }), constraint)
      await assert.rejects(addOrder(subject, tenantId, { ref: draft.ref }), constraint)
      await assert.rejects(addOrder(subject, tenantId, confirmed), constraint)
      await addOrder(subject, other, { ...confirmed, cartKey: 'c'.repeat(64), ref: draft.ref })
    },
  },
  {
    name: 'locks the open orders of a contact, and lists newest first, page by page',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const contactId = await subject.newContact(tenantId)
      const confirmBy = subject.clock.now()
      const waiting = {
        status: 'awaiting_customer',
        contentHash: 'a'.repeat(64),
        confirmBy,
      } as const
      const first = await addOrder(subject, tenantId, { contactId, ...waiting })
      const second = await addOrder(subject, tenantId, { contactId })
      const ended = await addOrder(subject, tenantId, {
        contactId,
        status: 'cancelled',
        endedAt: confirmBy,
        endReason: 'x',
      })
      await addOrder(subject, tenantId, {})
      await subject.work.run(tenantId, async ({ orders }) => {
        assert.deepEqual(
          (await orders.lockOpen(contactId)).map(({ id }) => id),
          [first.id, second.id],
        )
        const idsOf = async (query: Partial<Parameters<OrderStore['list']>[0]>) =>
          (await orders.list({ contactId, limit: 10, ...query })).map(({ id }) => id)
        assert.deepEqual(await idsOf({}), [ended.id, second.id, first.id])
        assert.deepEqual(await idsOf({ limit: 1, before: ended.id }), [second.id])
        assert.deepEqual(await idsOf({ statuses: ['draft', 'cancelled'] }), [ended.id, second.id])
        assert.equal((await orders.list({ limit: 10 })).length, 4)
      })
    },
  },
  {
    name: 'counts each series from one without gaps, whatever is undone',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const next = (tenant: TenantId, period: string, fail = false) =>
        subject.work.run(tenant, async ({ orders }) => {
          const number = await orders.nextNumber({ kind: 'order', period })
          if (fail) throw new Error('undone')
          return number
        })
      const attempts = Array.from({ length: 21 }, (_, n) => next(tenantId, '2026', n % 7 === 3))
      const settled = await Promise.allSettled(attempts)
      const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      assert.deepEqual(
        numbers.toSorted((a, b) => a - b),
        Array.from({ length: 18 }, (_, n) => n + 1),
      )
      assert.equal(await next(tenantId, '2027'), 1)
      assert.equal(await next(other, '2026'), 1)
    },
  },
  {
    name: 'keeps tokens by digest, settles each once, voids the others, and finds the tenant of a link',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const order = await addOrder(subject, tenantId, {})
      const at = subject.clock.now()
      const token: ActionToken = {
        hash: await sha256Hex('a'),
        command: 'confirm',
        orderId: order.id,
        contactId: order.contactId,
        revision: 1,
        contentHash: 'a'.repeat(64),
        expiresAt: at,
      }
      const link: ActionToken = { ...token, hash: await sha256Hex('b'), command: 'open' }
      const result = { command: 'confirm', number: 'ORD-1' } as const
      await subject.work.run(tenantId, async ({ actions }) => {
        await actions.insert([token, link])
        assert.deepEqual(await actions.find(token.hash), token)
        await actions.voidAll(order.id, at)
        assert.deepEqual(await actions.find(link.hash), { ...link, voidedAt: at })
        await actions.settle(token.hash, { at, result })
        assert.deepEqual(await actions.find(token.hash), { ...token, usedAt: at, result })
        await actions.voidAll(order.id, at)
        assert.deepEqual(await actions.find(token.hash), { ...token, usedAt: at, result })
      })
      const again = subject.work.run(tenantId, ({ actions }) =>
        actions.settle(token.hash, { at, result }),
      )
      await assert.rejects(again, (error) => isAuronxError(error, 'conflict'))
      assert.equal(
        await subject.work.run(other, ({ actions }) => actions.find(token.hash)),
        undefined,
      )
      assert.equal(await subject.actionDirectory.tenantOf(link.hash), tenantId)
      assert.equal(await subject.actionDirectory.tenantOf(token.hash), undefined)
    },
  },
]

async function addOrder(
  subject: OrderSubject,
  tenantId: TenantId,
  change: Partial<Order>,
): Promise<Order> {
  const { clock, ids, random } = subject
  const contactId = change.contactId ?? (await subject.newContact(tenantId))
  const totals = {
    subtotal: 242n,
    discountTotal: 0n,
    baseTotal: 200n,
    taxTotal: 42n,
    total: 242n,
    cashRounding: 0n,
    payable: 242n,
  }
  const order: Order = {
    id: ids.next('OrderId'),
    ref: createRef(random),
    status: 'draft',
    revision: 0,
    currency: 'EUR',
    taxRounding: 'rate-group',
    lines: [
      {
        variantId: ids.next('VariantId'),
        productId: ids.next('ProductId'),
        priceId: ids.next('PriceId'),
        sku: 'A',
        title: 'Coffee',
        unitCode: 'C62',
        quantity: 2,
        unitAmount: 121n,
        taxCategory: 'S',
        taxRate: 210_000,
        taxBehavior: 'inclusive',
        gross: 242n,
        discount: 0n,
        documentDiscount: 0n,
        net: 242n,
        base: 200n,
        tax: 42n,
        total: 242n,
      },
    ],
    totals,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    version: 1,
    ...change,
    contactId,
  }
  await subject.work.run(tenantId, ({ orders }) => orders.save(order))
  return order
}

async function fullOrder({ clock, ids }: OrderSubject): Promise<Partial<Order>> {
  return {
    number: 'ORD-2026-000001',
    status: 'confirmed',
    conversationId: ids.next('ConversationId'),
    revision: 3,
    contentHash: await sha256Hex('content'),
    confirmBy: clock.now(),
    confirmedAt: clock.now(),
    confirmation: { by: 'customer', evidence: { kind: 'action_token', id: 'x' } },
    cartKey: await sha256Hex('cart'),
  }
}
