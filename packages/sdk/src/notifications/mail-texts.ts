import type { Locale, Role } from '../kernel/index.ts'
import { ar } from './mail-texts.ar.ts'
import { en } from './mail-texts.en.ts'
import { es } from './mail-texts.es.ts'
import { pt } from './mail-texts.pt.ts'

/** Subject, sentences and the words on the button of one mail. */
export interface MailText {
  readonly subject: string
  readonly lines: readonly string[]
  readonly button?: string
}

/** Everything our mails say. Values come ready: names plain, codes as they are typed. */
export interface MailTexts {
  readonly code: (code: string, minutes: number) => MailText
  readonly invitation: (invitation: {
    readonly business: string
    readonly inviter: string
    readonly role: string
    readonly days: number
  }) => MailText
  readonly sessionEnded: MailText
  readonly roles: Readonly<Record<Role, string>>
}

const texts: Readonly<Record<Locale, MailTexts>> = { en, es, pt, ar }

/** The texts of a language. */
export function mailTextsOf(locale: Locale): MailTexts {
  return texts[locale]
}
