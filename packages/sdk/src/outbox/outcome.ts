import type { Advice, AlertTopic, SendOutcome } from './messenger.ts'
import type { OutboxEntry } from './store.ts'

/** What one attempt to send leads to. */
export interface OutcomeDecision {
  readonly entry: OutboxEntry
  /** Set when nothing can be sent from the number until a person acts. */
  readonly stopChannel?: AlertTopic
  /** Set when a person should look. */
  readonly alert?: AlertTopic
  /** Set when the contact may have to be left alone. */
  readonly suppress?: Extract<Advice, { readonly action: 'suppress' }>
}

/**
 * Decides what a send's outcome makes of an intent that is `sending`. One that a status settled meanwhile stays as it
 * is: the echo knows better. One that was parked meanwhile is settled by the proof that it was accepted. An unknown outcome
 * is never sent again by itself.
 */
export function decideOutcome(
  entry: OutboxEntry,
  outcome: SendOutcome,
  now: Date,
): OutcomeDecision {
  const isOpen = entry.state === 'sending' || entry.state === 'unknown'
  const isProof = entry.state === 'parked' && outcome.kind === 'accepted'
  if (!isOpen && !isProof) return { entry }
  const { leaseUntil: _lease, unknownSince: _since, ...free } = entry
  const base: OutboxEntry = { ...free, updatedAt: now }
  switch (outcome.kind) {
    case 'accepted':
      return {
        entry: {
          ...base,
          state: 'accepted',
          delivery: 'accepted',
          deliveryAt: { ...entry.deliveryAt, accepted: now.toISOString() },
          providerMessageId: outcome.providerMessageId,
        },
      }
    case 'unknown':
      return { entry: { ...base, state: 'unknown', unknownSince: now, errorCode: outcome.reason } }
    case 'refused':
      return refuse({ ...base, errorCode: String(outcome.code) }, outcome.advice, now)
  }
}

function refuse(entry: OutboxEntry, advice: Advice, now: Date): OutcomeDecision {
  switch (advice.action) {
    case 'retry': {
      if (entry.attempts > advice.attempts) return { entry: { ...entry, state: 'failed' } }
      const wait = advice.afterMs * advice.factor ** Math.max(0, entry.attempts - 1)
      return { entry: { ...entry, state: 'queued', dueAt: new Date(now.getTime() + wait) } }
    }
    case 'hold': {
      const dueAt = new Date(now.getTime() + advice.afterMs)
      const alert = advice.alert === undefined ? {} : { alert: advice.alert }
      return { entry: { ...entry, state: 'queued', dueAt }, ...alert }
    }
    case 'stop_channel':
      return {
        entry: { ...entry, state: 'queued' },
        stopChannel: advice.topic,
        alert: advice.topic,
      }
    case 'alert':
      return { entry: { ...entry, state: 'failed' }, alert: advice.topic }
    case 'suppress':
      return { entry: { ...entry, state: 'failed' }, suppress: advice }
    case 'template':
    case 'fail':
      return { entry: { ...entry, state: 'failed' } }
  }
}
