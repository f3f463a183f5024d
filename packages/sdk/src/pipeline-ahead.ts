import { identitiesOf, searchedIdentities } from './contacts/index.ts'
import type { ChannelId } from './kernel/index.ts'
import type { WaitingEvent } from './lanes/index.ts'
import type { MessageHint, ReadAhead } from './read-ahead.ts'
import type { InboundEvent, MessageEvent } from './webhook/index.ts'

/** Messages of the thread that a turn is given. */
export const recentMessages = 50

/** A stored event, and what it says. */
export interface Decoded {
  readonly waiting: WaitingEvent
  readonly channelId: ChannelId
  readonly event: InboundEvent
}

/** Tells storage what the messages will read. */
export function announce(ahead: ReadAhead, lanes: readonly (readonly Decoded[])[]): void {
  const hints = lanes.flatMap((events) => {
    const messages = events.filter(isMessage)
    return [...new Set(messages.map(({ channelId }) => channelId))].map((channelId) =>
      hintOf(
        channelId,
        messages.filter((one) => one.channelId === channelId),
      ),
    )
  })
  if (hints.length > 0) ahead.messages(hints)
}

function hintOf(channelId: ChannelId, messages: readonly DecodedMessage[]): MessageHint {
  return {
    channelId,
    identities: messages.flatMap(({ event }) => searchedIdentities(identitiesOf(event.from, ''))),
    providerMessageIds: messages.map(({ event }) => event.messageId),
    recent: recentMessages,
  }
}

type DecodedMessage = Decoded & { readonly event: MessageEvent }

function isMessage(decoded: Decoded): decoded is DecodedMessage {
  return decoded.event.kind === 'message' && decoded.event.groupId === undefined
}
