import { AuronxError } from '../kernel/index.ts'
import type { MemoryDatabase, TenantId } from '../kernel/index.ts'
import { keptFrom, periodsOf } from './period.ts'
import type { AssistantTurn, Spend, TurnStore } from './store.ts'

type TurnRow = AssistantTurn & { readonly tenantId: TenantId }

const nothing: Spend = { turns: 0, tokens: 0, costMicros: 0 }

/** Turns of one tenant over an in-memory database. */
export function createMemoryTurnStore(database: MemoryDatabase, tenantId: TenantId): TurnStore {
  const rows = database.table<TurnRow>('assistant_turns')
  const spends = database.table<Spend>('assistant_spend')
  const own = (): readonly AssistantTurn[] =>
    [...rows.values()].filter((row) => row.tenantId === tenantId).map(toTurn)
  const spendOf = (subject: string, period: string): Spend =>
    spends.get(`${tenantId}/${subject}/${period}`) ?? nothing
  return {
    lockOpen: async (conversationId) =>
      own().find((turn) => turn.conversationId === conversationId && turn.state !== 'done'),
    async save(turn) {
      const stored = rows.get(`${tenantId}/${turn.id}`)
      const rival = own().some(
        ({ id, state, conversationId }) =>
          id !== turn.id && state !== 'done' && conversationId === turn.conversationId,
      )
      if ((stored?.version ?? 0) !== turn.version - 1 || (rival && turn.state !== 'done'))
        throw new AuronxError('version_conflict', 'The turn was changed by somebody else')
      rows.set(`${tenantId}/${turn.id}`, { ...turn, tenantId })
    },
    async busyUntil(contactId, except, now) {
      const times = own().flatMap(({ id, state, leaseUntil, ...turn }) =>
        turn.contactId === contactId && id !== except && state === 'thinking' && leaseUntil
          ? [leaseUntil.getTime()]
          : [],
      )
      const latest = Math.max(0, ...times)
      return latest > now.getTime() ? new Date(latest) : undefined
    },
    async list({ limit, ...query }) {
      return own()
        .filter((turn) => matches(turn, query))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit)
    },
    isDisclosed: async (conversationId) =>
      own().some((turn) => turn.conversationId === conversationId && turn.disclosed),
    async spent(contactId, at) {
      const { day, month } = periodsOf(at)
      return { contact: spendOf(contactId, day), tenant: spendOf(tenantId, month) }
    },
    async spend(contactId, at, added) {
      const { day, month } = periodsOf(at)
      const kept = keptFrom(at)
      for (const key of spends.keys()) {
        const [tenant, , period = ''] = key.split('/')
        const first = period.length === day.length ? kept.day : kept.month
        if (tenant === tenantId && period < first) spends.delete(key)
      }
      for (const [subject, period] of [
        [contactId, day],
        [tenantId, month],
      ]) {
        const spent = spendOf(subject ?? '', period ?? '')
        spends.set(`${tenantId}/${subject}/${period}`, {
          turns: spent.turns + added.turns,
          tokens: spent.tokens + added.tokens,
          costMicros: spent.costMicros + added.costMicros,
        })
      }
    },
  }
}

function matches(turn: AssistantTurn, query: Omit<Parameters<TurnStore['list']>[0], 'limit'>) {
  if ('conversationId' in query) return turn.conversationId === query.conversationId
  if ('ids' in query && Array.isArray(query.ids)) return query.ids.includes(turn.id)
  return (
    'eventIds' in query &&
    Array.isArray(query.eventIds) &&
    turn.eventId !== undefined &&
    query.eventIds.includes(turn.eventId)
  )
}

function toTurn({ tenantId: _tenant, ...turn }: TurnRow): AssistantTurn {
  return turn
}
