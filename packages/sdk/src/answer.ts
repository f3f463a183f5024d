import type { Locale } from './accounts/index.ts'
import { createShop } from './orders/index.ts'
import type { Orders } from './orders/index.ts'
import type { Catalog } from './catalog/index.ts'
import type { Conversations } from './conversations/index.ts'
import { systemActor } from './kernel/index.ts'
import type { Clock, UnitOfWork } from './kernel/index.ts'
import { degrade } from './outbox/index.ts'
import type { Turn, TurnReply } from './pipeline.ts'
import { respond, textsOf, typedConfirmLimitOf } from './responder/index.ts'

/** What {@link createAnswer} needs. */
export interface AnswerDeps<Stores> {
  readonly services: (work: UnitOfWork<Stores>) => {
    readonly conversations: Conversations
    readonly catalog: Catalog
    readonly orders: Orders
  }
  readonly clock: Clock
  /** Address of this host's public pages, for links to a proposal. */
  readonly publicUrl?: string
}

const recentMessages = 50

/** Connects the responder with the thread and the shop, in the transaction that handles the message. */
export function createAnswer<Stores>(
  deps: AnswerDeps<Stores>,
): (turn: Turn<Stores>) => Promise<TurnReply> {
  const { publicUrl } = deps
  const page = publicUrl === undefined ? {} : { link: (token: string) => `${publicUrl}/a/${token}` }
  return async ({ actor, tenant, contact, conversation, message, event, work }) => {
    const { conversations, catalog, orders } = deps.services(work)
    const locale: Locale = contact.locale ?? tenant.settings.locale
    const thread = await conversations.thread(systemActor(actor.tenantId, 'whatsapp'), {
      contactId: contact.id,
      channelId: conversation.channelId,
      limit: recentMessages,
    })
    const shop = createShop({
      catalog,
      orders,
      clock: deps.clock,
      tenantId: actor.tenantId,
      conversationId: conversation.id,
      locale,
      typedConfirmLimit: typedConfirmLimitOf(tenant.settings),
      ...page,
      ...(actor.evidence === undefined ? {} : { evidence: actor.evidence }),
    })
    const reply = await respond(
      {
        contactId: contact.id,
        conversation,
        messageId: message.id,
        content: event.content,
        forwarded: event.context?.forwarded === true,
        standby: event.standby,
        locale,
        businessName: tenant.settings.businessName,
        recent: thread.items,
        now: deps.clock.now(),
      },
      { shop },
    )
    const words = { listButton: textsOf(locale).listButton }
    return {
      messages: reply.messages.map((one) => degrade(one, words).message),
      author: reply.author,
      trace: reply.trace,
      ...(reply.handOff === undefined ? {} : { handOff: reply.handOff.reason }),
    }
  }
}
