import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ChatMessage, Customer, NewCustomer, Simulator } from '@auronx/sdk/simulator'
import { readConfig } from '../../src/config.ts'
import type {
  ConversationView,
  DeadRow,
  OrderRow,
  SendRow,
  StoppedRow,
  ThreadView,
} from '../../src/live/desk.ts'
import { startServer } from '../../src/server.ts'
import type { ServerSurroundings } from '../../src/server.ts'
import { beginDatabase } from '../begun.ts'
import { plant } from '../planted.ts'

/** A server in this process with its embedded PostgreSQL, its simulator and a signed-in browser. */
export interface TestShop {
  readonly url: string
  readonly simulator: Simulator
  readonly desk: DeskClient
  /** Cookie of the signed-in browser. */
  readonly cookie: string
  /** Token, app secret and verify token of the number. */
  readonly secrets: readonly string[]
  /** A fresh one-time link. */
  link(): string
  /** Whether the newest message of the business offers a choice of this kind. */
  hasChoice(customer: TestCustomer, kind: Choice['kind']): boolean
  /** The title of the first such choice. */
  firstChoice(customer: TestCustomer, kind: Choice['kind']): string
  /** POSTs a body to the webhook, signed with the app's secret unless `signature` says otherwise. */
  post(body: string | Uint8Array, signature?: Readonly<Record<string, string>>): Promise<Response>
  /** Rows of a statement run as the owner of the database. */
  sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  customer(given?: Partial<NewCustomer>): TestCustomer
  /** Stops the server and starts it again on the same data. */
  restart(): Promise<TestShop>
  close(): Promise<void>
}

/** What the live page asks and sends. */
export interface DeskClient {
  readonly cookie: string
  conversations(): Promise<readonly ConversationView[]>
  thread(id: string): Promise<ThreadView>
  orders(): Promise<readonly OrderRow[]>
  sends(): Promise<readonly SendRow[]>
  dead(): Promise<readonly DeadRow[]>
  stopped(): Promise<readonly StoppedRow[]>
  /** Sends a command to the REST API and returns the status and the answer. */
  command(
    pathname: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>
}

/** One customer with a phone in hand. */
export interface TestCustomer {
  readonly customer: Customer
  /** Taps and messages so far. */
  taps(): number
  say(text: string): ChatMessage
  /** Taps the reply button with this title on the newest message that has it. */
  tap(title: RegExp | string): ChatMessage
  /** Chooses the list row with this title on the newest message that has it. */
  choose(title: RegExp | string): ChatMessage
  /** Waits for the next message of the business after what was seen so far, and sees it. */
  hears(pattern?: RegExp): Promise<string>
  /** What the business wrote, oldest first. */
  heard(): readonly string[]
}

let counter = 100

/** Starts a shop on a folder of its own. `env` adds environment variables, `assistant` a model that answers. */
export async function openShop(
  env: Readonly<Record<string, string>> = {},
  assistant?: ServerSurroundings['assistant'],
): Promise<TestShop> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-journey-'))
  if (env['DATABASE_URL'] === undefined) await beginDatabase(env['AURONX_DATA_DIR'] ?? dataDir)
  return startShop(dataDir, env, assistant)
}

async function startShop(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  assistant: ServerSurroundings['assistant'],
): Promise<TestShop> {
  const outcome = readConfig({ PORT: '0', AURONX_DATA_DIR: dataDir, LOG_LEVEL: 'debug', ...env })
  if (outcome.kind === 'refused') throw new Error(outcome.problems.join('\n'))
  const server = await startServer(outcome.config, {
    showLink: () => undefined,
    ...(assistant === undefined ? {} : { assistant }),
  })
  const { account, simulator } = server.whatsapp
  if (simulator === undefined) throw new Error('The server has no simulator')
  plant('meta credentials', account.accessToken)
  plant('meta credentials', account.appSecret)
  plant('meta credentials', account.verifyToken)
  const desk = await signIn(server.url, server.issueLink())
  return {
    url: server.url,
    simulator,
    desk,
    cookie: desk.cookie,
    secrets: [account.accessToken, account.appSecret, account.verifyToken],
    link: () => server.issueLink(),
    hasChoice: (of, kind) => newestChoices(simulator, of).some((choice) => choice.kind === kind),
    firstChoice: (of, kind) =>
      newestChoices(simulator, of).find((choice) => choice.kind === kind)?.title ?? '',
    post(body, signature) {
      const digest = createHmac('sha256', account.appSecret).update(body).digest('hex')
      const headers = signature ?? { 'x-hub-signature-256': `sha256=${digest}` }
      return fetch(`${server.url}/webhooks/whatsapp`, {
        method: 'POST',
        headers,
        body: new Uint8Array(Buffer.from(body)),
      })
    },
    sql: (text) => server.database.client.query({ name: '', text, values: [] }),
    customer(given = {}) {
      counter += 1
      const phone = 'username' in given ? {} : { phone: `15550100${counter}` }
      return createTestCustomer(
        simulator,
        simulator.customers.create({ name: `Customer ${counter}`, ...phone, ...given }),
      )
    },
    async restart() {
      await server.stop()
      return startShop(dataDir, env, assistant)
    },
    async close() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Opens the one-time link and returns a client with its cookie. */
export async function signIn(url: string, link: string): Promise<DeskClient> {
  let cookie = cookiesOf(await fetch(link, { redirect: 'manual' }))
  const own = { origin: url, 'x-auronx-page': '1', 'content-type': 'application/json' }
  // Access tokens last five minutes, some journeys longer.
  const renewing = async (ask: () => Promise<Response>): Promise<Response> => {
    const response = await ask()
    if (response.status !== 401) return response
    const headers = { ...own, cookie }
    const renewed = await fetch(`${url}/auth/refresh`, { method: 'POST', headers, body: '{}' })
    cookie = mergeCookies(cookie, cookiesOf(renewed))
    return ask()
  }
  const read = async <Shape>(pathname: string): Promise<Shape> => {
    const response = await renewing(() => fetch(`${url}/live${pathname}`, { headers: { cookie } }))
    if (!response.ok) throw new Error(`${pathname} answered ${response.status}`)
    return response.json()
  }
  const items = async <Row>(pathname: string): Promise<readonly Row[]> =>
    (await read<{ readonly items: readonly Row[] }>(pathname)).items
  return {
    cookie,
    conversations: () => items('/conversations'),
    thread: (id) => read(`/conversations/${id}`),
    orders: () => items('/orders'),
    sends: () => items('/sends'),
    dead: () => items('/dead'),
    stopped: () => items('/numbers/stopped'),
    async command(pathname, body) {
      const response = await renewing(() =>
        fetch(`${url}/v1${pathname}`, {
          method: 'POST',
          headers: { ...own, cookie, 'idempotency-key': randomUUID() },
          body: JSON.stringify(body ?? {}),
        }),
      )
      const answer: unknown = await response.json()
      return { status: response.status, body: answer }
    },
  }
}

/** The cookies that a response set, as a browser sends them back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ')
}

function mergeCookies(...headers: readonly string[]): string {
  const pairs = headers.flatMap((header) => header.split('; '))
  return [...new Map(pairs.map((pair) => [pair.split('=')[0], pair])).values()].join('; ')
}

/** Waits until `look` returns something, asking every 25 ms for at most `limitMs`. */
export async function eventually<Found>(
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
  what: string,
  limitMs = 15_000,
): Promise<Found> {
  const until = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > until) throw new Error(`Not seen within ${limitMs} ms: ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 25)
    })
  }
}

function createTestCustomer(simulator: Simulator, customer: Customer): TestCustomer {
  const { customers } = simulator
  let seen = 0
  let taps = 0
  const fromBusiness = (): readonly ChatMessage[] =>
    customers.messages(customer.id).filter((message) => message.from !== 'customer')
  const newestWith = (title: RegExp | string, kind: 'button' | 'row') => {
    for (const message of fromBusiness().toReversed()) {
      const choice = choicesOf(message).find(
        (one) =>
          one.kind === kind &&
          (typeof title === 'string' ? title === one.title : title.test(one.title)),
      )
      if (choice !== undefined) return { message, choice }
    }
    throw new Error(`No ${kind} ${title} in:\n${fromBusiness().map(textOf).join('\n')}`)
  }
  const count = <Result>(act: () => Result): Result => {
    taps += 1
    return act()
  }
  return {
    customer,
    taps: () => taps,
    say: (text) => count(() => customers.sendText(customer.id, text)),
    tap: (title) =>
      count(() => {
        const { message, choice } = newestWith(title, 'button')
        return customers.tapButton(message.id, choice.id)
      }),
    choose: (title) => {
      // Opening the list is a tap as well.
      taps += 1
      return count(() => {
        const { message, choice } = newestWith(title, 'row')
        return customers.chooseRow(message.id, choice.id)
      })
    },
    async hears(pattern = /./s) {
      return eventually(
        () => {
          const fresh = fromBusiness().slice(seen)
          const at = fresh.findIndex((message) => pattern.test(textOf(message)))
          const found = fresh[at]
          if (found === undefined) return undefined
          seen += at + 1
          return textOf(found)
        },
        `${pattern} after:\n${fromBusiness().map(textOf).join('\n')}`,
      )
    },
    heard: () => fromBusiness().map(textOf),
  }
}

function newestChoices(simulator: Simulator, { customer }: TestCustomer): readonly Choice[] {
  const newest = simulator.customers
    .messages(customer.id)
    .findLast((message) => message.from !== 'customer')
  return newest === undefined ? [] : choicesOf(newest)
}

interface Choice {
  readonly kind: 'button' | 'row'
  readonly id: string
  readonly title: string
}

/** What a message of the business lets the customer tap. */
export function choicesOf(message: ChatMessage): readonly Choice[] {
  const action = member(message.content, 'action')
  const buttons = list(member(action, 'buttons')).map((button) => ({
    kind: 'button' as const,
    ...idAndTitle(member(button, 'reply')),
  }))
  const rows = list(member(action, 'sections')).flatMap((section) =>
    list(member(section, 'rows')).map((row) => ({ kind: 'row' as const, ...idAndTitle(row) })),
  )
  return [...buttons, ...rows]
}

/** Everything readable in a message of the business. */
export function textOf(message: ChatMessage): string {
  const { content } = message
  const body = member(content, 'body')
  const parts = [
    typeof body === 'string' ? body : text(member(body, 'text')),
    text(member(member(content, 'header'), 'text')),
    ...choicesOf(message).map(({ title }) => `[${title}]`),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function idAndTitle(value: unknown): { readonly id: string; readonly title: string } {
  return { id: text(member(value, 'id')), title: text(member(value, 'title')) }
}
