import type * as z from 'zod'
import { api } from '../api/index.ts'
import type { EventDocument, Route } from '../api/index.ts'
import type { EventOptions } from './events.ts'
import { readEvents } from './events.ts'
import { createSender } from './request.ts'
import type { CallInput, ClientOptions, Sender } from './request.ts'

/** The operations of the REST API, grouped as people look for them. */
export type Operations = ReturnType<typeof bindOperations>

/** A client of the REST API. Everything throws an `AuronxError` with the code of the server's problem. */
export interface Client extends Operations {
  /** What happens, as it happens; see {@link readEvents}. */
  events(options: EventOptions): AsyncIterable<EventDocument>
}

/**
 * Creates a client. It sends nothing by itself and loads `ky` with the first call.
 *
 * @example
 * const client = createClient({ baseUrl: 'https://shop.example', token: () => apiKey })
 * for await (const order of client.orders.all({ query: { status: 'confirmed' } })) show(order)
 */
export function createClient(options: ClientOptions): Client {
  const sender = createSender(options)
  return { ...bindOperations(sender), events: (where) => readEvents(sender, where) }
}

function bindOperations(sender: Sender) {
  const binders = bindersOf(sender)
  return { ...bindSelling(binders), ...bindTalking(binders), ...bindBusiness(binders) }
}

type Binders = ReturnType<typeof bindersOf>

function bindSelling({ call, all }: Binders) {
  return {
    me: call(api.getMe),
    variants: {
      list: call(api.listVariants),
      all: all(api.listVariants),
      get: call(api.getVariant),
      previewPrice: call(api.previewPrice),
      setPrice: call(api.setPrice),
      setStock: call(api.setStock),
    },
    products: {
      list: call(api.listProducts),
      all: all(api.listProducts),
      get: call(api.getProduct),
      create: call(api.createProduct),
      replace: call(api.replaceProduct),
      publish: call(api.publishProduct),
      archive: call(api.archiveProduct),
    },
    taxCategories: { list: call(api.listTaxCategories), save: call(api.saveTaxCategory) },
    orders: {
      list: call(api.listOrders),
      all: all(api.listOrders),
      get: call(api.getOrder),
      events: call(api.listOrderEvents),
      create: call(api.createOrder),
      setLines: call(api.setOrderLines),
      propose: call(api.proposeOrder),
      confirm: call(api.confirmOrder),
      cancel: call(api.cancelOrder),
      edit: call(api.editOrder),
    },
  }
}

function bindTalking({ call, all }: Binders) {
  return {
    conversations: {
      list: call(api.listConversations),
      all: all(api.listConversations),
      get: call(api.getConversation),
      messages: call(api.listMessages),
      allMessages: all(api.listMessages),
      turns: call(api.listTurns),
      reply: call(api.sendReply),
      takeOver: call(api.takeOver),
      returnToAi: call(api.returnToAi),
      handOff: call(api.handOff),
      resolve: call(api.resolveConversation),
      markRead: call(api.markRead),
    },
    contacts: {
      list: call(api.listContacts),
      all: all(api.listContacts),
      get: call(api.getContact),
      setLocale: call(api.setContactLocale),
      merge: call(api.mergeContact),
      suppress: call(api.suppressContact),
      liftSuppression: call(api.liftSuppression),
    },
    sends: { list: call(api.listSends), resend: call(api.resend), discard: call(api.discard) },
    deadEvents: { list: call(api.listDeadEvents), replay: call(api.replayEvent) },
    deadJobs: {
      list: call(api.listDeadJobs),
      replay: call(api.replayJob),
      discard: call(api.discardJob),
    },
    log: { list: call(api.listEvents), all: all(api.listEvents) },
  }
}

function bindBusiness({ call, all }: Binders) {
  return {
    members: {
      list: call(api.listMembers),
      changeRole: call(api.changeRole),
      suspend: call(api.suspendMember),
      reactivate: call(api.reactivateMember),
      remove: call(api.removeMember),
      leave: call(api.leave),
    },
    invitations: {
      list: call(api.listInvitations),
      create: call(api.invite),
      revoke: call(api.revokeInvitation),
    },
    apiKeys: {
      list: call(api.listApiKeys),
      create: call(api.createApiKey),
      rotate: call(api.rotateApiKey),
      revoke: call(api.revokeApiKey),
    },
    sessions: { list: call(api.listSessions), revoke: call(api.revokeSession) },
    settings: { get: call(api.getSettings), change: call(api.changeSettings) },
    channels: {
      list: call(api.listChannels),
      connect: call(api.connectChannel),
      health: call(api.getChannelHealth),
      replaceToken: call(api.replaceChannelToken),
      resume: call(api.resumeChannel),
      disconnect: call(api.disconnectChannel),
    },
    usage: {
      list: call(api.listUsage),
      objection: call(api.getUsageObjection),
      setObjection: call(api.setUsageObjection),
    },
    audit: { list: call(api.listAudit), all: all(api.listAudit) },
  }
}

/** How operations of the table become functions. */
function bindersOf(sender: Sender) {
  const call =
    <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
      route: Route<P, Q, B, R>,
    ) =>
    (input: CallInput<P, Q, B>): Promise<z.output<R>> =>
      sender.send(route, route.response, input)
  const all = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Item>(
    route: Route<P, Q, B, z.ZodType<Listed<Item>>>,
  ): ((input: CallInput<P, Q, B>) => AsyncIterable<Item>) =>
    async function* readAll(input) {
      let cursor: string | undefined
      do {
        const query: unknown = Object.assign(
          {},
          input.query,
          cursor === undefined ? {} : { cursor },
        )
        const { data, page } = await sender.send(route, route.response, { ...input, query })
        yield* data
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
    }
  return { call, all }
}

interface Listed<Item> {
  readonly data: readonly Item[]
  readonly page: { readonly nextCursor: string | null }
}
