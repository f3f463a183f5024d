import { AuronxError, readMemoryReach } from '../kernel/index.ts'
import type { MemoryDatabase, OrderId, TenantId } from '../kernel/index.ts'
import type { ActionDirectory, ActionStore, ActionToken, Order, OrderStore } from './store.ts'

type OrderRow = Order & { readonly tenantId: TenantId }
type TokenRow = ActionToken & { readonly tenantId: TenantId }

/** Orders of one tenant over an in-memory database. */
export function createMemoryOrderStore(database: MemoryDatabase, tenantId: TenantId): OrderStore {
  const rows = database.table<OrderRow>('orders')
  const counters = database.table<number>('counters')
  const own = (): readonly Order[] =>
    [...rows.values()].filter((row) => row.tenantId === tenantId).map(toOrder)
  const get = async (id: OrderId): Promise<Order | undefined> =>
    own().find((order) => order.id === id)
  return {
    get,
    lock: get,
    async lockOpen(contactId) {
      return own()
        .filter((order) => order.contactId === contactId)
        .filter(({ status }) => status === 'draft' || status === 'awaiting_customer')
        .toSorted(byId)
    },
    byCart: async (cartKey) => own().find((order) => order.cartKey === cartKey),
    async list({ contactId, statuses, within, before, limit }) {
      const reach = readMemoryReach(database, tenantId, within)
      return own()
        .filter((order) => contactId === undefined || order.contactId === contactId)
        .filter((order) => statuses === undefined || statuses.includes(order.status))
        .filter((order) => reach.hasContact(order.contactId))
        .filter((order) => before === undefined || order.id < before)
        .toSorted((a, b) => byId(b, a))
        .slice(0, limit)
    },
    async save(order) {
      if (((await get(order.id))?.version ?? 0) !== order.version - 1) {
        throw new AuronxError('version_conflict', 'The order was changed meanwhile')
      }
      const others = own().filter(({ id }) => id !== order.id)
      if (others.some((other) => collides(other, order))) {
        throw new AuronxError('storage_constraint', 'The database refused a value')
      }
      rows.set(`${tenantId}/${order.id}`, { ...order, tenantId })
    },
    async nextNumber({ kind, period }) {
      const key = `${tenantId}/${kind}/${period}`
      const next = (counters.get(key) ?? 0) + 1
      counters.set(key, next)
      return next
    },
  }
}

/** Action tokens of one tenant over an in-memory database. */
export function createMemoryActionStore(database: MemoryDatabase, tenantId: TenantId): ActionStore {
  const rows = database.table<TokenRow>('action_tokens')
  const keyOf = (hash: string): string => `${tenantId}/${hash}`
  return {
    async insert(tokens) {
      for (const token of tokens) rows.set(keyOf(token.hash), { ...token, tenantId })
    },
    async find(hash) {
      const row = rows.get(keyOf(hash))
      if (row === undefined) return undefined
      const { tenantId: _tenant, ...token } = row
      return token
    },
    async settle(hash, { at, result }) {
      const row = rows.get(keyOf(hash))
      if (row === undefined || row.usedAt !== undefined) {
        throw new AuronxError('conflict', 'The token was used before')
      }
      const { voidedAt: _voided, ...rest } = row
      rows.set(keyOf(hash), { ...rest, usedAt: at, result })
    },
    async voidAll(orderId, at) {
      for (const [key, row] of rows) {
        const isOpen = row.usedAt === undefined && row.voidedAt === undefined
        if (row.tenantId === tenantId && row.orderId === orderId && isOpen) {
          rows.set(key, { ...row, voidedAt: at })
        }
      }
    },
  }
}

/** Whose link is this, over an in-memory database. */
export function createMemoryActionDirectory(database: MemoryDatabase): ActionDirectory {
  return {
    async tenantOf(hash) {
      const rows = [...database.table<TokenRow>('action_tokens').values()]
      return rows.find((row) => row.hash === hash && row.command === 'open')?.tenantId
    },
  }
}

function toOrder({ tenantId: _tenant, ...order }: OrderRow): Order {
  return order
}

function byId(a: Order, b: Order): number {
  return Number(a.id > b.id) - Number(a.id < b.id)
}

function collides(a: Order, b: Order): boolean {
  const sameDraft = a.contactId === b.contactId && a.status === 'draft' && b.status === 'draft'
  const sameCart = a.cartKey !== undefined && a.cartKey === b.cartKey
  const sameNumber = a.number !== undefined && a.number === b.number
  return sameDraft || sameCart || sameNumber || a.ref === b.ref
}
