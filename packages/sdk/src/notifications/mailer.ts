/** One mail, complete: text and HTML say the same. */
export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** What kind of mail it is, for counting; never content. */
  readonly kind: string
  /** The same key is one mail, however often it is handed over. At most 100 characters, and no personal data. */
  readonly idempotencyKey: string
}

/**
 * What became of a mail. `refused`: it will never be taken as it is. `failed`: nobody took it now; the same key may be
 * handed over again.
 */
export type MailOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' | 'failed'; readonly reason: string }

/** Sends mail. */
export interface Mailer {
  /** Hands one mail over. Never throws for what the other side answers; `reason` is a code without personal data. */
  send(mail: Mail): Promise<MailOutcome>
}

/** Whether a mail may leave: one address, and no line break that would start another header. */
export function isMailable({ to, subject }: Mail): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(to) && !/[\r\n]/.test(subject)
}
