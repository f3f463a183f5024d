import type { Identity } from './contacts/index.ts'
import type { ChannelId } from './kernel/index.ts'

/** What a transaction is about to read about messages of one sender. */
export interface MessageHint {
  readonly channelId: ChannelId
  /** Everything the sender may be known by. */
  readonly identities: readonly Identity[]
  /** Provider ids of the messages. */
  readonly providerMessageIds: readonly string[]
  /** How many messages of the thread will be asked for. */
  readonly recent: number
}

/**
 * Tells storage what a transaction will read, so that a database far away answers all of it in one flight. Changes
 * nothing about what the stores return; an implementation may ignore it.
 */
export interface ReadAhead {
  /** Called first in a transaction, before anything but the events is read or written. */
  messages(hints: readonly MessageHint[]): void
}
