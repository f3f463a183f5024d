import { answeringOf } from './accounts/index.ts'
import type { Locale } from './accounts/index.ts'
import { createShop } from './orders/index.ts'
import type { Orders } from './orders/index.ts'
import type { Catalog } from './catalog/index.ts'
import type { ConversationOwner, Conversations } from './conversations/index.ts'
import { systemActor } from './kernel/index.ts'
import type { Clock, UnitOfWork } from './kernel/index.ts'
import type { TraceStep } from './lanes/index.ts'
import { degrade } from './outbox/index.ts'
import type { Turn, TurnReply } from './pipeline.ts'
import { respond, textsOf, typedConfirmLimitOf } from './responder/index.ts'
import type { Reply } from './responder/index.ts'

/** What {@link createAnswer} needs. */
export interface AnswerDeps<Stores> {
  readonly services: (work: UnitOfWork<Stores>) => {
    readonly conversations: Conversations
    readonly catalog: Catalog
    readonly orders: Orders
  }
  readonly clock: Clock
  /** Brings the turn of the assistant up to date with a message; without it the menus answer free text. */
  readonly plan?: (plan: TurnPlanning<Stores>) => Promise<readonly TraceStep[]>
  /** Address of this host's public pages, for links to a proposal. */
  readonly publicUrl?: string
}

/** A message as the assistant's turn has to know it. */
export interface TurnPlanning<Stores> {
  readonly turn: Turn<Stores>
  /** `assistant`: the message is for the model. `now`: it is answered at once. `person`: a person answers from here on. `nothing`: it wants no answer. */
  readonly answer: 'assistant' | 'now' | 'person' | 'nothing'
}

const recentMessages = 50

/** Connects the responder with the thread and the shop, in the transaction that handles the message. */
export function createAnswer<Stores>(
  deps: AnswerDeps<Stores>,
): (turn: Turn<Stores>) => Promise<TurnReply> {
  const { publicUrl } = deps
  const page = publicUrl === undefined ? {} : { link: (token: string) => `${publicUrl}/a/${token}` }
  return async (turn) => {
    const { actor, tenant, contact, conversation, message, event, work } = turn
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
    const { answering } = tenant.settings
    const within = answering?.personWithinMinutes
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
        ...(within === undefined ? {} : { personWithinMinutes: within }),
      },
      { shop, assistant: deps.plan !== undefined && answeringOf(answering).enabled },
    )
    const planned = await deps.plan?.({ turn, answer: answerOf(reply, conversation.owner) })
    const words = { listButton: textsOf(locale).listButton }
    return {
      messages: reply.messages.map((one) => degrade(one, words).message),
      author: reply.author,
      trace: [...reply.trace, ...(planned ?? [])],
      ...(reply.handOff === undefined ? {} : { handOff: reply.handOff.reason }),
    }
  }
}

function answerOf(reply: Reply, owner: ConversationOwner): TurnPlanning<unknown>['answer'] {
  if (reply.later === true) return 'assistant'
  if (reply.handOff !== undefined || owner !== 'ai') return 'person'
  return reply.messages.length > 0 ? 'now' : 'nothing'
}
