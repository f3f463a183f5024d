import { Buffer } from 'node:buffer'
import type { Ids, Random } from '../kernel/index.ts'
import { randomHex } from '../kernel/index.ts'

/** Makes ids in the forms that Meta uses. */
export interface Minting {
  /** A message id. Like Meta's, it embeds the customer's phone number where there is one. */
  messageId(phone: string | undefined): string
  /** A business-scoped user id: country, dot, twenty digits. */
  userId(country?: string): string
  /** A decimal id of fifteen or sixteen digits for media and templates. */
  numericId(): string
  /** An `fbtrace_id`. */
  traceId(): string
  /** An id of the simulator's own, for customers. */
  ownId(): string
}

/** Ids from the injected sources. */
export function createMinting({
  ids,
  random,
}: {
  readonly ids: Ids
  readonly random: Random
}): Minting {
  const digits = (length: number): string => {
    let text = ''
    for (const byte of random.bytes(length)) text += String(byte % 10)
    return text
  }
  return {
    messageId(phone) {
      const body = `${phone ?? ''}\u0015\u0002\u0000\u0011\u0018${randomHex(random, 10).toUpperCase()}\u0000`
      return `wamid.${Buffer.from(`\u001c\u0018${body}`, 'latin1').toString('base64')}`
    },
    userId: (country = 'US') => `${country}.1${digits(19)}`,
    numericId: () => `1${digits(15)}`,
    traceId: () => `A${Buffer.from(random.bytes(16)).toString('base64url').slice(0, 21)}`,
    ownId: () => ids.next('ContactId'),
  }
}
