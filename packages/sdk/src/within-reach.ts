import type { AssistantTurn, TurnStore } from './assistant/index.ts'
import type { Contacts } from './contacts/index.ts'
import { getWithin, reachesContact } from './conversations/index.ts'
import type { ConversationStore } from './conversations/index.ts'
import { assertAllowed, AuronxError, withinOf } from './kernel/index.ts'
import type {
  Actor,
  ContactId,
  ConversationId,
  OrderId,
  OutboxId,
  UnitOfWork,
} from './kernel/index.ts'
import type { Traces } from './lanes/index.ts'
import type { Orders, OrderStore } from './orders/index.ts'
import { maskEntry } from './outbox/index.ts'
import type { OutboxEntry, OutboxStore, ParkedSends } from './outbox/index.ts'

interface ReachStores {
  readonly conversations: ConversationStore
  readonly orders: OrderStore
  readonly outbox: OutboxStore
  readonly turns: TurnStore
}

type ReachWork = UnitOfWork<ReachStores>

const notFound = { kind: 'refused', reason: 'not_found' } as const

type Command<Id, Rest extends readonly unknown[], Outcome> = (
  actor: Actor,
  id: Id,
  ...rest: Rest
) => Promise<Outcome>

/** A command that is refused as for what does not exist, unless the actor reaches what it names. */
function guard<Id, Rest extends readonly unknown[], Outcome>(
  reaches: (actor: Actor, id: Id) => Promise<boolean>,
  act: Command<Id, Rest, Outcome>,
): Command<Id, Rest, Outcome | typeof notFound> {
  return async (actor, id, ...rest) =>
    (await reaches(actor, id)) ? act(actor, id, ...rest) : notFound
}

/** Contacts of which a member sees and changes only those in its reach; the others are not there. */
export function contactsWithin(contacts: Contacts, work: ReachWork): Contacts {
  const reaches = (actor: Actor, id: ContactId): Promise<boolean> =>
    reachesContactIn(work, actor, id)
  return {
    async identify(actor, party, options) {
      assertWide(actor)
      return contacts.identify(actor, party, options)
    },
    async changeIdentity(actor, event, options) {
      assertWide(actor)
      return contacts.changeIdentity(actor, event, options)
    },
    merge: guard(reaches, async (actor, from, to) =>
      (await reaches(actor, to)) ? contacts.merge(actor, from, to) : notFound,
    ),
    setLocale: guard(reaches, contacts.setLocale),
    suppress: guard(reaches, contacts.suppress),
    lift: guard(reaches, contacts.lift),
    async get(actor, id) {
      const contact = await contacts.get(actor, id)
      // One that was merged leads to its survivor, who has the conversations.
      return contact !== undefined && (await reaches(actor, contact.id)) ? contact : undefined
    },
  }
}

/** Orders of which a member sees and changes only those of customers in its reach. */
export function ordersWithin(orders: Orders, work: ReachWork): Orders {
  const ofContact = (
    actor: Actor,
    { contactId }: { readonly contactId: ContactId },
  ): Promise<boolean> => reachesContactIn(work, actor, contactId)
  const reaches = async (actor: Actor, id: OrderId): Promise<boolean> => {
    if (actor.reach === undefined) return true
    const order = await work.run(actor.tenantId, (stores) => stores.orders.get(id))
    return order !== undefined && ofContact(actor, order)
  }
  const view: Orders['view'] = async (actor, token) => {
    const seen = await orders.view(actor, token)
    if (seen.kind === 'refused' || (await ofContact(actor, seen.order))) return seen
    return { kind: 'refused', reason: 'unknown' }
  }
  return {
    addToDraft: guard(ofContact, orders.addToDraft),
    setQuantities: guard(ofContact, orders.setQuantities),
    fromCart: guard(ofContact, orders.fromCart),
    setLines: guard(reaches, orders.setLines),
    propose: guard(reaches, orders.propose),
    confirm: guard(reaches, orders.confirm),
    cancel: guard(reaches, orders.cancel),
    edit: guard(reaches, orders.edit),
    expire: guard(reaches, orders.expire),
    async act(actor, token, choice) {
      const seen = actor.reach === undefined ? undefined : await view(actor, token)
      return seen?.kind === 'refused' ? seen : orders.act(actor, token, choice)
    },
    view,
    async get(actor, id) {
      const order = await orders.get(actor, id)
      return order !== undefined && (await ofContact(actor, order)) ? order : undefined
    },
    // Narrowed where it is read.
    list: orders.list,
  }
}

/** Sends of which a member touches only those in its reach; the list is narrowed where it is read. */
export function sendsWithin(sends: ParkedSends, work: ReachWork): ParkedSends {
  const reaches = async (actor: Actor, id: OutboxId): Promise<boolean> => {
    if (actor.reach === undefined) return true
    return work.run(actor.tenantId, async ({ conversations, outbox }) => {
      const entry = await outbox.get(id)
      const found = entry && (await getWithin(conversations, actor, entry.conversationId))
      return found !== undefined
    })
  }
  return {
    list: sends.list,
    resend: guard(reaches, sends.resend),
    discard: guard(reaches, sends.discard),
  }
}

/** Intents as far as an actor reaches. */
export async function listEntriesWithin(
  work: ReachWork,
  actor: Actor,
  query: Parameters<OutboxStore['list']>[0],
): Promise<readonly OutboxEntry[]> {
  assertAllowed(actor, 'conversation:read')
  const entries = await work.run(actor.tenantId, ({ outbox }) =>
    outbox.list({ ...query, ...withinOf(actor) }),
  )
  return entries.map((entry) => maskEntry(actor, entry))
}

/** Turns as far as an actor reaches. */
export async function listTurnsWithin(
  work: ReachWork,
  actor: Actor,
  query: Parameters<TurnStore['list']>[0],
): Promise<readonly AssistantTurn[]> {
  assertAllowed(actor, 'conversation:read')
  return work.run(actor.tenantId, async ({ turns, conversations }) => {
    if (actor.reach === undefined) return turns.list(query)
    if ('conversationId' in query) {
      const found = await getWithin(conversations, actor, query.conversationId)
      return found === undefined ? [] : turns.list(query)
    }
    // These are asked for by name, so that there is no page to be cut short.
    const named = await turns.list(query)
    const there = new Set<ConversationId>()
    for (const id of new Set(named.map(({ conversationId }) => conversationId)))
      if ((await getWithin(conversations, actor, id)) !== undefined) there.add(id)
    return named.filter(({ conversationId }) => there.has(conversationId))
  })
}

/** Traces for a member with a limited reach: what could not be handled belongs to no conversation yet, so it is not there. */
export function tracesWithin(traces: Traces): Traces {
  return {
    ofEvents: (actor, ids) => traces.ofEvents(actor, ids),
    dead: async (actor, limit) => {
      const events = await traces.dead(actor, limit)
      return actor.reach === undefined ? events : []
    },
    replay: (actor, id) =>
      actor.reach === undefined ? traces.replay(actor, id) : Promise.resolve(false),
    deadJobs: async (actor, limit) => {
      const jobs = await traces.deadJobs(actor, limit)
      return actor.reach === undefined ? jobs : []
    },
    replayJob: (actor, id) =>
      actor.reach === undefined ? traces.replayJob(actor, id) : Promise.resolve(false),
    discardJob: (actor, id) =>
      actor.reach === undefined ? traces.discardJob(actor, id) : Promise.resolve(false),
  }
}

function reachesContactIn(work: ReachWork, actor: Actor, id: ContactId): Promise<boolean> {
  if (actor.reach === undefined) return Promise.resolve(true)
  return work.run(actor.tenantId, ({ conversations }) => reachesContact(conversations, actor, id))
}

// Whoever finds people by their numbers finds everybody.
function assertWide({ reach }: Actor): void {
  if (reach !== undefined)
    throw new AuronxError('not_permitted', 'Who reaches some customers only finds none by a number')
}
