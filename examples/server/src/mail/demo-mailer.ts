import { isMailable } from '@auronx/sdk'
import type { Mail, Mailer } from '@auronx/sdk'

/** A mailer of the demonstration: it sends nothing, and what it was given can be read here. */
export interface DemoMailer extends Mailer {
  /** The newest mail of a kind to an address. */
  newest(to: string, kind: string): Mail | undefined
}

const kept = 200

/** Keeps the newest mails in memory, for pages that show them; only the demonstration may wire it. */
export function createDemoMailer(): DemoMailer {
  const mails = new Map<string, Mail>()
  return {
    async send(mail) {
      if (!isMailable(mail)) return { kind: 'refused', reason: 'malformed' }
      mails.delete(`${mail.kind}:${mail.to}`)
      mails.set(`${mail.kind}:${mail.to}`, mail)
      const [oldest] = mails.keys()
      if (mails.size > kept && oldest !== undefined) mails.delete(oldest)
      return { kind: 'accepted' }
    },
    newest: (to, kind) => mails.get(`${kind}:${to}`),
  }
}
