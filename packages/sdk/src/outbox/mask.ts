import { maskPhone } from '../contacts/index.ts'
import { isAllowed } from '../kernel/index.ts'
import type { Asker } from '../kernel/index.ts'
import type { OutboxEntry } from './store.ts'

/** An intent as somebody may see it: the recipient's number is masked without `contact:reveal_identifier`. */
export function maskEntry(asker: Asker, entry: OutboxEntry): OutboxEntry {
  const { phone } = entry.to
  return phone === undefined || isAllowed(asker, 'contact:reveal_identifier')
    ? entry
    : { ...entry, to: { ...entry.to, phone: maskPhone(phone) } }
}
