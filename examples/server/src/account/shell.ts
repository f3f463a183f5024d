import type { Locale } from '@auronx/sdk'
import { escapeHtml } from '../http/problem.ts'

/** Pages around signing in. */
export const accountPages = [
  'sign-in',
  'sign-up',
  'invitation',
  'account',
  'team',
  'numbers',
  'keys',
  'operator',
] as const

/** One of {@link accountPages}. */
export type AccountPage = (typeof accountPages)[number]

/** Pages that somebody sees who is not signed in. */
export const openPages: readonly AccountPage[] = ['sign-in', 'sign-up', 'invitation', 'operator']

const scripts: Readonly<Record<AccountPage, string>> = {
  'sign-in': 'sign-in.js',
  'sign-up': 'sign-in.js',
  invitation: 'sign-in.js',
  account: 'security.js',
  team: 'team.js',
  numbers: 'numbers.js',
  keys: 'keys.js',
  operator: 'operator.js',
}

const words: Readonly<Record<Locale, { readonly skip: string; readonly noScript: string }>> = {
  en: { skip: 'Skip to the content', noScript: 'This page needs JavaScript.' },
  es: { skip: 'Saltar al contenido', noScript: 'Esta página necesita JavaScript.' },
  pt: { skip: 'Saltar para o conteúdo', noScript: 'Esta página precisa de JavaScript.' },
  ar: { skip: 'انتقل إلى المحتوى', noScript: 'تحتاج هذه الصفحة إلى JavaScript.' },
}

/** The frame of a page, which its script fills. Only scripts with the nonce of this response run. */
export function drawShell(page: AccountPage, { locale, nonce, isDemo }: ShellOptions): string {
  const { skip, noScript } = words[locale]
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>AuronX</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/account.css" />
    <script type="module" nonce="${nonce}" src="/${scripts[page]}"></script>
  </head>
  <body data-page="${page}" data-demo="${isDemo}">
    <a class="skip" href="#main">${escapeHtml(skip)}</a>
    <header class="top" id="top"></header>
    <main id="main" tabindex="-1"><noscript>${escapeHtml(noScript)}</noscript></main>
    <div id="toasts" class="toasts" role="status" aria-live="polite"></div>
  </body>
</html>
`
}

/** How a page is drawn. */
export interface ShellOptions {
  readonly locale: Locale
  readonly nonce: string
  readonly isDemo: boolean
}
