import { AuronxError, randomHex } from '../kernel/index.ts'
import type { Actor, Clock, Random } from '../kernel/index.ts'
import { digestPersonal, hashEntry } from './chain.ts'
import type { AuditEntry, AuditEvent, AuditFact, AuditPersonal } from './entry.ts'
import type { AuditStore } from './store.ts'

/** Writes events into a tenant's log. */
export interface Auditor {
  /**
   * Adds one entry within the transaction of `stores`, as its last step: what it writes commits or rolls back with what
   * it tells. Throws `invalid_input` for an event that does not fit the log.
   */
  record(
    stores: { readonly audit: AuditStore },
    actor: Actor,
    event: AuditEvent,
  ): Promise<AuditEntry>
}

const actionShape = /^[a-z][a-z-]*(\.[a-z][a-z-]*){1,3}$/
const longestFact = 200

/**
 * Creates an auditor.
 *
 * @example
 * await work.run(actor.tenantId, async (stores) => {
 *   const contact = await stores.contacts.get(id)
 *   await auditor.record(stores, actor, { action: 'contact.read', target: { type: 'contact', id } })
 *   return contact
 * })
 */
export function createAuditor({
  clock,
  random,
}: {
  readonly clock: Clock
  readonly random: Random
}): Auditor {
  return {
    async record({ audit }, actor, event) {
      checkEvent(event)
      const personal = personalOf(event, random)
      const digest =
        personal === undefined ? {} : { personalDigest: await digestPersonal(personal) }
      const head = await audit.lockHead()
      const draft = {
        tenantId: actor.tenantId,
        sequence: head.sequence + 1,
        at: clock.now(),
        actor: keptOf(actor),
        action: event.action,
        target: event.target,
        facts: event.facts ?? {},
        ...digest,
        previous: head.hash,
      }
      const entry: AuditEntry = { ...draft, hash: await hashEntry(draft) }
      await audit.append(entry, personal)
      return entry
    },
  }
}

function keptOf({ kind, id, via, onBehalfOf, evidence }: Actor): AuditEntry['actor'] {
  return {
    kind,
    id,
    via,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(evidence === undefined ? {} : { evidence }),
  }
}

// A database keeps neither NUL nor half a surrogate pair in text, and the digest is over what is kept.
function personalOf({ personal }: AuditEvent, random: Random): AuditPersonal | undefined {
  if (personal === undefined) return undefined
  const values = Object.entries(personal.values).map(([name, value]) => [
    name,
    value.toWellFormed().replaceAll('\0', '\uFFFD'),
  ])
  return {
    subjectId: personal.subjectId,
    salt: randomHex(random, 16),
    values: Object.fromEntries(values),
  }
}

function checkEvent({ action, target, facts = {}, personal }: AuditEvent): void {
  if (!actionShape.test(action)) throw unfit('an action is an object and a verb, as in order.read')
  const names = [...Object.keys(facts), ...Object.keys(personal?.values ?? {})]
  const values: AuditFact[] = [target.type, target.id, ...names, ...Object.values(facts)]
  if (personal !== undefined) values.push(personal.subjectId)
  if (!values.every(fits)) {
    throw unfit('facts are whole numbers, truth values and texts of at most 200 characters')
  }
}

function fits(fact: AuditFact): boolean {
  if (typeof fact === 'number') return Number.isSafeInteger(fact)
  if (typeof fact !== 'string') return true
  return fact.length <= longestFact && fact.isWellFormed() && !fact.includes('\0')
}

function unfit(rule: string): AuronxError {
  return new AuronxError('invalid_input', `The event does not fit the audit log: ${rule}`)
}
