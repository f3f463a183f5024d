import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context, Middleware } from 'koa'
import { locales } from '@auronx/sdk'
import type { Locale } from '@auronx/sdk'
import { accountPages, drawShell, openPages } from '../account/shell.ts'
import { readCookie } from './cookies.ts'

/** What {@link servePages} needs. */
export interface PagesDeps {
  /** Whether a browser has a session, or something to renew one with. Others are led to the sign-in page. */
  readonly isKnown: (ctx: Context) => boolean
  /** Language of who asks for none that we have. */
  readonly locale: Locale
  /** Whether mailed codes are shown on the page. */
  readonly isDemo: boolean
}

// Written so that the bundler finds these folders and takes them along.
const live = fileURLToPath(new URL('../live/public/', import.meta.url))
const account = fileURLToPath(new URL('../account/public/', import.meta.url))
const passkeys = path.join(
  path.dirname(findPackageJSON('@simplewebauthn/browser', import.meta.url) ?? ''),
  'esm',
)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The files that are served, by the path that browsers ask for: no other file can be reached. */
const files: ReadonlyMap<string, string> = new Map([
  ...listed(live, ''),
  ...listed(account, ''),
  ...['', 'helpers', 'methods', 'types'].flatMap((folder) =>
    listed(path.join(passkeys, folder), path.posix.join('passkeys', folder, '/')),
  ),
])

/** Serves the pages, each with a nonce of its own, and the files they are made of. */
export function servePages(deps: PagesDeps): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    const page = accountPages.find((name) => ctx.path === `/${name}`)
    const isStart = ctx.path === '/'
    if (page !== undefined || isStart) {
      const isOpen = page !== undefined && openPages.includes(page)
      if (isOpen || deps.isKnown(ctx)) return showPage(ctx, deps, page)
      ctx.set('cache-control', 'no-store')
      ctx.redirect(page === undefined ? '/sign-in' : `/sign-in?next=${page}`)
      ctx.status = 303
      return
    }
    const file = files.get(ctx.path)
    if (file === undefined) return next()
    ctx.set('cache-control', 'no-cache')
    ctx.type = types[path.extname(file)] ?? 'application/octet-stream'
    ctx.body = await readFile(file)
  }
}

async function showPage(
  ctx: Context,
  { locale, isDemo }: PagesDeps,
  page: (typeof accountPages)[number] | undefined,
): Promise<void> {
  const nonce = randomBytes(16).toString('base64')
  ctx.set('content-security-policy', pagePolicy(nonce))
  ctx.set('cache-control', 'no-store')
  ctx.set('vary', 'accept-language, cookie')
  ctx.type = 'text/html; charset=utf-8'
  if (page === undefined) {
    const start = await readFile(path.join(live, 'index.html'), 'utf8')
    ctx.body = start.replaceAll('__NONCE__', nonce)
    return
  }
  ctx.body = drawShell(page, { locale: languageOf(ctx, locale), nonce, isDemo })
}

/** Content security policy of a page: its own scripts, styles and requests, and nothing that a text could become. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function languageOf(ctx: Context, fallback: Locale): Locale {
  const chosen = readCookie(ctx.get('cookie'), 'auronx_language')
  const known = locales.find((locale) => locale === chosen)
  if (known !== undefined) return known
  const accepted = ctx.get('accept-language') === '' ? false : ctx.acceptsLanguages([...locales])
  return locales.find((locale) => locale === accepted) ?? fallback
}

function listed(folder: string, prefix: string): [string, string][] {
  return readdirSync(folder)
    .filter((name) => path.extname(name) in types)
    .map((name) => [`/${prefix}${name}`, path.join(folder, name)])
}
