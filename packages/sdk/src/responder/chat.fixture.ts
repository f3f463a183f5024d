import type { Locale } from '../accounts/index.ts'
import type { ConversationOwner, Message } from '../conversations/index.ts'
import { asId } from '../kernel/index.ts'
import type { ContactId } from '../kernel/index.ts'
import { checkMessage } from '../outbox/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import type { MessageContent } from '../webhook/index.ts'
import { respond } from './respond.ts'
import type { RespondDeps } from './respond.ts'
import type { Reply } from './turn.ts'

/** A customer's chat that plays both sides: what they say goes in, what is answered is kept as the thread. */
export interface Chat {
  owner: ConversationOwner
  standby: boolean
  readonly thread: Message[]
  readonly outbound: () => OutboundMessage | undefined
  /** Milliseconds go by. */
  wait(ms: number): void
  /** Somebody of the business writes. */
  weSay(author: Message['author'], body: string): void
  /** Something of ours that the answers do not write by themselves. */
  weSend(author: Message['author'], content: Message['content']): void
  send(content: MessageContent): Promise<Reply>
  say(body: string): Promise<Reply>
  /** Taps the button or row with this title on our last message. */
  tap(title: string | RegExp): Promise<Reply>
  /** Taps a button of this id, wherever it was shown. */
  tapId(id: string): Promise<Reply>
}

/** A chat with an empty thread. Every answer must keep within Meta's limits as it is. */
export function createChat(
  deps: RespondDeps,
  {
    locale = 'en',
    contact = 'ada',
    ...waiting
  }: {
    readonly locale?: Locale
    readonly contact?: string
    readonly personWithinMinutes?: number
  } = {},
): Chat {
  let now = new Date('2026-03-02T09:00:00Z')
  let count = 0
  const contactId: ContactId = asId('ContactId', contact)
  const conversationId = asId('ConversationId', 'c')
  const keep = (message: Pick<Message, 'direction' | 'author' | 'content'>): Message => {
    count += 1
    const kept = { id: asId('MessageId', `m${count}`), conversationId, at: now, ...message }
    chat.thread.unshift(kept)
    return kept
  }

  const chat: Chat = {
    owner: 'ai',
    standby: false,
    thread: [],
    outbound() {
      const last = chat.thread.find(({ direction }) => direction === 'out')
      return last?.content.kind === 'outbound' ? last.content.message : undefined
    },
    wait(ms) {
      now = new Date(now.getTime() + ms)
    },
    weSay: (author, body) =>
      chat.weSend(author, { kind: 'outbound', message: { kind: 'text', body } }),
    weSend(author, content) {
      keep({ direction: 'out', author, content })
    },
    async send(content) {
      now = new Date(now.getTime() + 1000)
      const message = keep({
        direction: 'in',
        author: 'customer',
        content: { kind: 'inbound', content },
      })
      const reply = await respond(
        {
          contactId,
          conversation: { id: conversationId, owner: chat.owner, ownerEpoch: 1 },
          messageId: message.id,
          content,
          standby: chat.standby,
          locale,
          businessName: 'Café Sol',
          recent: chat.thread.slice(0, 50),
          now,
          ...waiting,
        },
        deps,
      )
      for (const answer of reply.messages) {
        const check = checkMessage(answer)
        if (check.kind !== 'ok')
          throw new Error(`outside Meta's limits: ${JSON.stringify(check.problems)}`)
        keep({
          direction: 'out',
          author: reply.author,
          content: { kind: 'outbound', message: answer },
        })
      }
      if (reply.handOff !== undefined) chat.owner = 'queue'
      return reply
    },
    say: (body) => chat.send({ type: 'text', body }),
    tap(title) {
      const option = optionsOf(chat.outbound()).find((one) =>
        typeof title === 'string' ? one.title === title : title.test(one.title),
      )
      if (option === undefined) throw new Error(`nothing to tap: ${String(title)}`)
      const { id, title: shown } = option
      return chat.send({
        type: chat.outbound()?.kind === 'list' ? 'list_reply' : 'button_reply',
        id,
        title: shown,
      })
    },
    tapId: (id) => chat.send({ type: 'button_reply', id, title: '?' }),
  }
  return chat
}

/** What a message offers to tap. */
export function optionsOf(
  message: OutboundMessage | undefined,
): readonly { readonly id: string; readonly title: string }[] {
  if (message?.kind === 'buttons') return message.buttons
  return message?.kind === 'list' ? message.sections.flatMap(({ rows }) => rows) : []
}

/** The text of the first message of an answer. */
export function bodyOf({ messages: [first] }: Reply): string {
  return first !== undefined && 'body' in first ? (first.body ?? '') : ''
}
