import { asId } from '@auronx/sdk'
import type { Conversations, ParkedOutcome } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound, Call } from '../../api/call.ts'
import { refused } from '../../api/problem.ts'
import type { Refused } from '../../api/problem.ts'
import { conversationView, iso, messageView, sendView, turnView } from './views.ts'

type Acted = Awaited<ReturnType<Conversations['takeOver']>>

interface ById {
  readonly params: { readonly id: string }
}

const conversationId = ({ params }: ById) => asId('ConversationId', params.id)

/** Conversations, messages, sends, dead events. */
export const conversationBounds: readonly Bound[] = [
  bind(api.listConversations, async ({ services, actor, place, page }, { query }) => {
    const { limit, status } = query
    const { items, cursor } = await services.conversations.list(actor, {
      limit,
      ...(status === undefined ? {} : { status }),
      ...(place === undefined ? {} : { cursor: place }),
    })
    return page(items.map(conversationView), cursor)
  }),
  bind(api.getConversation, async ({ services, actor }, input) => {
    const found = await services.conversations.get(actor, conversationId(input))
    return found === undefined ? refused('not_found') : conversationView(found)
  }),
  bind(api.listMessages, async ({ services, actor, place, page }, input) => {
    const found = await services.conversations.get(actor, conversationId(input))
    if (found === undefined) return refused('not_found')
    const { items, cursor } = await services.conversations.thread(actor, {
      contactId: found.contactId,
      channelId: found.channelId,
      limit: input.query.limit,
      ...(place === undefined ? {} : { cursor: place }),
    })
    return page(items.map(messageView), cursor)
  }),
  bind(api.listTurns, async ({ services, actor, work }, input) => {
    const id = conversationId(input)
    if ((await services.conversations.get(actor, id)) === undefined) return refused('not_found')
    const turns = await work.run(actor.tenantId, (stores) =>
      stores.turns.list({ conversationId: id, limit: input.query.limit }),
    )
    return { data: turns.map(turnView) }
  }),
  bind(api.sendReply, async ({ services, actor }, input) => {
    const { body, previewUrl } = input.body.text
    const message = {
      kind: 'text',
      body,
      ...(previewUrl === undefined ? {} : { previewUrl }),
    } as const
    const outcome = await services.replies.send(actor, conversationId(input), message)
    return outcome.kind === 'refused' ? refused(outcome.reason) : sendView(outcome.entry)
  }),
  bind(api.takeOver, (call, input) => act(call, input, 'takeOver'), versionOf),
  bind(api.returnToAi, (call, input) => act(call, input, 'giveBack'), versionOf),
  bind(
    api.handOff,
    async ({ services, actor }, input) =>
      acted(await services.conversations.handOff(actor, conversationId(input), input.body.reason)),
    versionOf,
  ),
  bind(api.resolveConversation, (call, input) => act(call, input, 'resolve'), versionOf),
  bind(api.markRead, (call, input) => act(call, input, 'markRead'), versionOf),
  bind(api.listSends, async ({ services, actor }, { query }) => ({
    data: (await services.sends.list(actor, query.limit)).map(sendView),
  })),
  bind(api.resend, async ({ services, actor }, { params }) =>
    sent(await services.sends.resend(actor, asId('OutboxId', params.id))),
  ),
  bind(api.discard, async ({ services, actor }, { params }) =>
    sent(await services.sends.discard(actor, asId('OutboxId', params.id))),
  ),
  bind(api.listDeadEvents, async ({ services, actor }, { query }) => {
    const dead = await services.traces.dead(actor, query.limit)
    return {
      data: dead.map(({ id, kind, errorCode, attempts, receivedAt }) => ({
        id,
        kind,
        errorCode,
        attempts,
        receivedAt: iso(receivedAt),
      })),
    }
  }),
  bind(api.replayEvent, async ({ services, actor }, { params }) => {
    const { id } = params
    const isReplayed = await services.traces.replay(actor, asId('InboxEventId', id))
    return isReplayed ? { id, state: 'waiting' as const } : refused('not_found')
  }),
  bind(api.listDeadJobs, async ({ services, actor }, { query }) => {
    const dead = await services.traces.deadJobs(actor, query.limit)
    return {
      data: dead.map(({ id, kind, errorCode, attempts, runAt }) => ({
        id,
        kind,
        errorCode,
        attempts,
        runAt: iso(runAt),
      })),
    }
  }),
  bind(api.replayJob, async ({ services, actor }, { params: { id } }) => {
    const isReplayed = await services.traces.replayJob(actor, asId('JobId', id))
    return isReplayed ? { id, state: 'waiting' as const } : refused('not_found')
  }),
  bind(api.discardJob, async ({ services, actor }, { params: { id } }) => {
    const isDiscarded = await services.traces.discardJob(actor, asId('JobId', id))
    return isDiscarded ? { id, state: 'discarded' as const } : refused('not_found')
  }),
]

async function versionOf({ services, actor }: Call, input: ById): Promise<number | undefined> {
  return (await services.conversations.get(actor, conversationId(input)))?.version
}

async function act(
  { services, actor }: Call,
  input: ById,
  action: keyof Pick<Conversations, 'takeOver' | 'giveBack' | 'resolve' | 'markRead'>,
): Promise<ReturnType<typeof conversationView> | Refused> {
  return acted(await services.conversations[action](actor, conversationId(input)))
}

function acted(outcome: Acted): ReturnType<typeof conversationView> | Refused {
  return outcome.kind === 'refused'
    ? refused(outcome.reason)
    : conversationView(outcome.conversation)
}

function sent(outcome: ParkedOutcome): ReturnType<typeof sendView> | Refused {
  return outcome.kind === 'refused' ? refused(outcome.reason) : sendView(outcome.entry)
}
