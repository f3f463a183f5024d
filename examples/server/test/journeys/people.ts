import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { plant } from '../planted.ts'
import { cookiesOf } from './shop.ts'

/** A browser without pages: it keeps cookies and sends what our pages send. */
export interface TestBrowser {
  /** Cookies by name. */
  readonly cookies: Map<string, string>
  get(pathname: string): Promise<Response>
  /** Sends a command as our pages do; `headers` change that. */
  post(
    pathname: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Response>
  /** As `post`, with another method and the version that the page shows. */
  change(
    method: 'PATCH' | 'DELETE' | 'POST',
    pathname: string,
    version: number,
    body?: unknown,
  ): Promise<Response>
}

/** Opens a browser at a server; it begins with `cookies`. */
export function createTestBrowser(url: string, given = ''): TestBrowser {
  const cookies = new Map<string, string>()
  const learn = (header: string): void => {
    for (const pair of header.split('; ').filter((one) => one !== '')) {
      const [name = '', ...value] = pair.split('=')
      cookies.set(name, value.join('='))
      plant('cookies', value.join('='))
    }
  }
  learn(given)
  const send = async (pathname: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${url}${pathname}`, {
      redirect: 'manual',
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie },
    })
    learn(cookiesOf(response))
    if (pathname === '/auth/code') await plantCode(response.clone())
    for (const line of response.headers.getSetCookie())
      if (line.includes('Max-Age=0')) cookies.delete(line.split('=')[0] ?? '')
    return response
  }
  const command = (
    method: string,
    pathname: string,
    body: unknown = {},
    change: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Response> => {
    const own = {
      origin: url,
      'x-auronx-page': '1',
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    const headers = Object.entries({ ...own, ...change }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] satisfies [string, string]],
    )
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return send(pathname, { method, headers, body: text })
  }
  return {
    cookies,
    get: (pathname) => send(pathname, {}),
    post: (pathname, body, change) => command('POST', pathname, body, change),
    change: (method, pathname, version, body) =>
      command(method, pathname, body, { 'if-match': `"v${version}"` }),
  }
}

async function plantCode(response: Response): Promise<void> {
  const code = String(await memberOf(response, 'demoCode'))
  plant('codes', code)
  plant('codes', code.replace('-', ''))
}

/** Mails that the file mailer kept, newest last. */
export function readMails(
  dataDir: string,
): readonly { readonly to: string; readonly text: string }[] {
  const folder = path.join(dataDir, 'mail')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
}

/** What a problem document says, or nothing. */
export async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json()
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}

/** A member of a JSON answer. */
export async function memberOf(response: Response, name: string): Promise<unknown> {
  const body: unknown = await response.json()
  if (typeof body !== 'object' || body === null) return undefined
  return Object.entries(body).find(([key]) => key === name)?.[1]
}

/** Proves an address to a browser, with the code that the demonstration shows. */
export async function prove(browser: TestBrowser, email: string): Promise<Response> {
  const asked = await browser.post('/auth/code', { email, locale: 'en' })
  const code = String(await memberOf(asked, 'demoCode'))
  return browser.post('/auth/code/verify', { code })
}

/** Signs a new business up and leaves its owner signed in. */
export async function signUp(browser: TestBrowser, email: string, company: string): Promise<void> {
  await prove(browser, email)
  const made = await browser.post('/auth/sign-up', {
    name: 'Olga Owner',
    company,
    locale: 'en',
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
  })
  if (made.status !== 200) throw new Error(`Sign-up answered ${made.status}`)
}
