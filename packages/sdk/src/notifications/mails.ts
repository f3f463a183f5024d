import type { Locale, Role } from '../kernel/index.ts'
import { escapeHtml, plainName } from './escape.ts'
import type { MailText } from './mail-texts.ts'
import { mailTextsOf } from './mail-texts.ts'
import type { Mail } from './mailer.ts'

/** Where a mail goes, and which mail it is. */
export interface MailTarget {
  readonly to: string
  readonly locale: Locale
  readonly idempotencyKey: string
}

/** The mail with a sign-in code; `link` leads to the page of the same code. */
export function codeMail(
  target: MailTarget,
  {
    code,
    minutes,
    link,
  }: { readonly code: string; readonly minutes: number; readonly link?: string },
): Mail {
  const grouped = `${code.slice(0, 4)}-${code.slice(4)}`
  const text = mailTextsOf(target.locale).code(grouped, minutes)
  return compose(target, 'sign_in_code', text, link)
}

/** The mail with an invitation. Names of the business and the inviter are made plain. */
export function invitationMail(
  target: MailTarget,
  invitation: {
    readonly business: string
    readonly inviter: string
    readonly role: Role
    readonly days: number
    readonly link?: string
  },
): Mail {
  const texts = mailTextsOf(target.locale)
  const { days, link } = invitation
  const text = texts.invitation({
    business: plainName(invitation.business),
    inviter: plainName(invitation.inviter),
    role: texts.roles[invitation.role],
    days,
  })
  return compose(target, 'invitation', text, link)
}

/** The mail after a session ended because an old token came back. */
export function sessionEndedMail(target: MailTarget): Mail {
  return compose(target, 'session_ended', mailTextsOf(target.locale).sessionEnded, undefined)
}

function compose(
  { to, locale, idempotencyKey }: MailTarget,
  kind: string,
  { subject, lines, button }: MailText,
  link: string | undefined,
): Mail {
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')
  const action =
    link === undefined
      ? ''
      : `\n<p><a href="${escapeHtml(link)}">${escapeHtml(button ?? link)}</a></p>`
  const direction = locale === 'ar' ? 'rtl' : 'ltr'
  return {
    to,
    subject,
    kind,
    idempotencyKey,
    text: [...lines, ...(link === undefined ? [] : [link])].join('\n\n'),
    html: `<!doctype html>
<html lang="${locale}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body>
${paragraphs}${action}
</body></html>
`,
  }
}
