import { asId, isAllowed } from '@auronx/sdk'
import type { Actor, Auronx, Permission } from '@auronx/sdk'
import { listConversations, showThread } from './conversation-view.ts'
import type { DeadRow, Desk, DeskAbility, Simulation } from './desk.ts'
import { listOrders } from './order-view.ts'
import { listSends } from './send-view.ts'

/** What {@link createDesk} needs. */
export interface DeskDeps {
  readonly auronx: Auronx
  /** The colleague who looks. */
  readonly actor: Actor
  /** For the banner. */
  readonly simulated: readonly Simulation[]
  readonly phonePath?: string
}

const deadLimit = 50

const abilities: Readonly<Record<DeskAbility, Permission>> = {
  reply: 'conversation:reply',
  assign: 'conversation:assign',
  close: 'conversation:close',
}

/** The desk over the services, for one colleague: the services decide what that one may see. */
export function createDesk(deps: DeskDeps): Desk {
  const { auronx, actor } = deps
  const { tenantId } = actor
  const mayDo = (ability: DeskAbility): boolean => isAllowed(actor, abilities[ability])
  return {
    async summary() {
      const { settings } = await auronx.accounts.tenant(actor)
      const { businessName, locale } = settings
      const { simulated, phonePath } = deps
      const may = { reply: mayDo('reply'), assign: mayDo('assign'), close: mayDo('close') }
      const phone = phonePath === undefined ? {} : { phonePath }
      return { businessName, locale, simulated, may, ...phone }
    },
    conversations: (query) => listConversations(auronx, actor, query),
    thread: (id) => showThread(auronx, actor, asId('ConversationId', id)),
    orders: (query) => listOrders(auronx, actor, query),
    sends: () => listSends(auronx, actor),
    dead: () => listDead(deps),
    async stopped() {
      const channels = await auronx.accounts.channels(actor)
      return channels
        .filter(({ status }) => status === 'stopped')
        .map(({ id, displayPhoneNumber: number, stoppedReason: reason = 'unknown' }) => ({
          id,
          number,
          reason,
        }))
    },
    subscribe: (listener) =>
      auronx.changes.subscribe(({ tenantId: of, kind, id }) => {
        // A hint to ask again; whose thing it is about, only those hear who reach everything.
        const named = id === undefined || actor.reach !== undefined ? {} : { id }
        if (of === tenantId) listener({ kind, ...named })
      }),
  }
}

async function listDead({ auronx, actor }: DeskDeps): Promise<readonly DeadRow[]> {
  const [events, jobs] = await Promise.all([
    auronx.traces.dead(actor, deadLimit),
    auronx.traces.deadJobs(actor, deadLimit),
  ])
  const all = [
    ...events.map(({ receivedAt, ...event }) => ({
      of: 'event' as const,
      at: receivedAt,
      ...event,
    })),
    ...jobs.map(({ runAt, data: _ids, ...job }) => ({ of: 'job' as const, at: runAt, ...job })),
  ]
  return all
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())
    .map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}
