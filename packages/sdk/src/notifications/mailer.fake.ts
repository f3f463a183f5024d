import { isMailable } from './mailer.ts'
import type { Mail, Mailer, MailOutcome } from './mailer.ts'

/** A mailer that keeps what it is given; for tests and demonstrations. */
export interface FakeMailer extends Mailer {
  /** What was accepted, oldest first. */
  readonly sent: readonly Mail[]
  /** Makes the next mails end like this, until it is called with nothing. */
  answer(outcome?: MailOutcome): void
}

/** Creates a mailer that keeps what it is given, one mail per key. */
export function createFakeMailer(): FakeMailer {
  const sent: Mail[] = []
  let next: MailOutcome | undefined
  return {
    sent,
    answer(outcome) {
      next = outcome
    },
    async send(mail) {
      if (next !== undefined) return next
      if (!isMailable(mail)) return { kind: 'refused', reason: 'malformed' }
      if (!sent.some(({ idempotencyKey }) => idempotencyKey === mail.idempotencyKey))
        sent.push(mail)
      return { kind: 'accepted' }
    },
  }
}
