import { isMailable } from '@auronx/sdk'
import type { Mail, Mailer } from '@auronx/sdk'

/** What {@link createConsoleMailer} needs. */
export interface ConsoleMailerOptions {
  /** Prints a block of lines; standard output in the server. */
  readonly print: (lines: string) => void
  /** Also called with each mail, for a demonstration that shows the mailed code on its page. */
  readonly onMail?: (mail: Mail) => void
}

/**
 * A mailer that sends nothing and prints each mail once, clearly marked. For a first start without a mail service: what
 * it prints holds sign-in codes in clear, so it is refused together with real credentials.
 */
export function createConsoleMailer({ print, onMail }: ConsoleMailerOptions): Mailer {
  const printed = new Set<string>()
  return {
    async send(mail) {
      if (!isMailable(mail)) return { kind: 'refused', reason: 'malformed' }
      if (printed.has(mail.idempotencyKey)) return { kind: 'accepted' }
      printed.add(mail.idempotencyKey)
      const body = mail.text.split('\n').map((line) => `│ ${line}`)
      print(
        ['┌ Mail, not sent', `│ To: ${mail.to}`, `│ ${mail.subject}`, '│', ...body, '└'].join('\n'),
      )
      onMail?.(mail)
      return { kind: 'accepted' }
    },
  }
}
