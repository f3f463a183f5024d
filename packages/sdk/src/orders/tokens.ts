import { sha256Hex } from '../kernel/index.ts'
import type { Random } from '../kernel/index.ts'
import type { ActionCommand, ActionToken, Order } from './store.ts'

/** The tokens of one proposal, in clear: they exist here and in the message, and are stored as digests. */
export interface ProposalTokens {
  readonly confirm: string
  readonly cancel: string
  readonly edit: string
  /** For the page at `/a/{token}`. */
  readonly open: string
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
// Without 0, O, 1 and I, which people mix up when they read a reference out.
const refAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A new token: 128 random bits, 22 characters that are safe in button ids and addresses. */
export function createToken(random: Random): string {
  let bits = 0n
  for (const byte of random.bytes(16)) bits = (bits << 8n) | BigInt(byte)
  return Array.from(
    { length: 22 },
    (_, place) => alphabet[Number((bits >> BigInt(6 * place)) & 63n)],
  ).join('')
}

/** What is stored of a token. */
export function hashToken(token: string): Promise<string> {
  return sha256Hex(token)
}

/** A new reference of an order: eight characters, 40 random bits. */
export function createRef(random: Random): string {
  return [...random.bytes(8)].map((byte) => refAlphabet[byte & 31]).join('')
}

/** New tokens for a proposed order, with the rows that stand behind them. */
export async function issueTokens(
  random: Random,
  order: Order,
): Promise<{ readonly tokens: ProposalTokens; readonly rows: readonly ActionToken[] }> {
  const { contentHash = '', confirmBy = order.updatedAt } = order
  const tokens = {
    confirm: createToken(random),
    cancel: createToken(random),
    edit: createToken(random),
    open: createToken(random),
  }
  const commands: readonly ActionCommand[] = ['confirm', 'cancel', 'edit', 'open']
  const rows = commands.map(async (command): Promise<ActionToken> => ({
    hash: await hashToken(tokens[command]),
    command,
    orderId: order.id,
    contactId: order.contactId,
    revision: order.revision,
    contentHash,
    expiresAt: confirmBy,
  }))
  return { tokens, rows: await Promise.all(rows) }
}
