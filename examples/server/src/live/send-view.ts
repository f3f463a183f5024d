import type { Actor, Auronx, OutboxEntry } from '@auronx/sdk'
import { nameCustomer } from './customer-name.ts'
import type { SendRow } from './desk.ts'
import { viewContent } from './message-view.ts'

const limit = 50

/** Messages that wait for a person's decision, newest first. */
export async function listSends(auronx: Auronx, actor: Actor): Promise<readonly SendRow[]> {
  const entries = await auronx.sends.list(actor, limit)
  return Promise.all(entries.map((entry) => viewSend(auronx, actor, entry)))
}

async function viewSend(auronx: Auronx, actor: Actor, entry: OutboxEntry): Promise<SendRow> {
  const { id, state, errorCode, updatedAt, contactId, message } = entry
  const { name } = await nameCustomer(auronx, actor, contactId)
  const { label, text } = viewContent({ kind: 'outbound', message })
  return {
    id,
    state,
    customer: name,
    text: text === '' ? (label ?? '') : text,
    at: updatedAt.toISOString(),
    ...(errorCode === undefined ? {} : { errorCode }),
  }
}
