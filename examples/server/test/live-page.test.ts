import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Router } from '@koa/router'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createSystemClock, silentLogger } from '@auronx/sdk'
import { createWebhook } from '@auronx/sdk/webhook'
import { createApp } from '../src/http/app.ts'
import { createFront } from '../src/http/front.ts'
import { createGuard } from '../src/http/guard.ts'
import { readShape } from '../src/http/json.ts'
import { listen } from '../src/http/server.ts'
import { createSessions } from '../src/http/session.ts'
import type { ConversationView, Desk, DeskChange, MessageView } from '../src/live/desk.ts'
import { liveRoutes } from '../src/routes/live.ts'
import { openBrowser } from './browser.ts'

const found = await openBrowser()
if (found.kind === 'missing') console.log(`The live page is not looked at: ${found.reason}`)
const shots = process.env['AURONX_SHOTS']

/** A desk in memory with the awkward cases: right-to-left, long names, no phone, closed window, markup in texts. */
function createShownDesk() {
  const now = Date.now()
  const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString()
  const id = (n: number) => `0197a000-0000-7000-8000-00000000000${n}`
  const calls: string[] = []
  const listeners = new Set<(change: DeskChange) => void>()
  let owner: 'ai' | 'human' = 'ai'
  const extra: MessageView[] = []
  const base = { status: 'open', unread: 0, owner: 'ai', version: 3 } as const
  const list = (): ConversationView[] => [
    {
      ...base,
      id: id(1),
      name: 'Ana Prueba',
      handle: '+1 555 010 0101',
      owner,
      preview: 'Order confirmed',
      lastMessageAt: at(1),
      windowExpiresAt: at(-1400),
    },
    {
      ...base,
      id: id(2),
      name: 'ليلى',
      handle: '@layla',
      owner: 'queue',
      preview: 'أريد التحدث مع شخص',
      unread: 2,
      lastMessageAt: at(9),
      windowExpiresAt: at(-20),
    },
    {
      ...base,
      id: id(3),
      name: '<img src=x onerror=alert(1)> with a name that is far too long to fit',
      handle: '',
      status: 'resolved',
      preview: '<b>not bold</b>',
      lastMessageAt: at(3000),
    },
  ]
  const message = (
    n: number,
    of: Partial<MessageView> & Pick<MessageView, 'bubble'>,
  ): MessageView => ({
    id: `m${n}`,
    direction: 'in',
    author: 'customer',
    at: at(20 - n),
    steps: [],
    ...of,
  })
  const bubble = (text: string, choices: readonly string[] = []) => ({ text, choices })
  const messages = (): MessageView[] => [
    message(1, {
      bubble: bubble('Hello <script>alert(1)</script>'),
      steps: [
        { step: 'contact', outcome: 'created', detail: '' },
        { step: 'conversation', outcome: 'opened', detail: '' },
        { step: 'menu', outcome: 'welcome', detail: 'messages=1' },
      ],
    }),
    message(2, {
      direction: 'out',
      author: 'menu',
      bubble: bubble('Welcome to Café Aurora! What would you like?', [
        'Browse',
        'Order status',
        'Talk to a person',
      ]),
      sending: { state: 'accepted', delivery: 'read' },
    }),
    message(3, {
      bubble: { label: 'Tapped', text: 'Browse', choices: [] },
      steps: [{ step: 'menu', outcome: 'browse', detail: 'items=12' }],
    }),
    message(4, {
      direction: 'out',
      author: 'menu',
      bubble: {
        text: 'Flat white × 2 — €7.00\nTotal €7.00',
        choices: ['Confirm', 'Change', 'Cancel'],
        footer: 'Valid for one hour',
      },
      sending: { state: 'accepted', delivery: 'delivered' },
    }),
    message(5, {
      direction: 'out',
      author: 'menu',
      bubble: bubble('Thank you! Your order is ORD-2026-000001.'),
      sending: { state: 'unknown' },
    }),
    ...extra,
  ]
  const desk: Desk = {
    summary: async () => ({
      businessName: 'Café Aurora',
      locale: 'en',
      phonePath: '/phone/',
      may: { reply: true, assign: true, close: true },
      simulated: [
        { label: 'WhatsApp is simulated', detail: 'The phone is its customer side.' },
        { label: 'menus answer', detail: 'No model is asked.' },
      ],
    }),
    conversations: async () => ({ items: list() }),
    thread: async (wanted) => {
      const conversation = list().find((one) => one.id === wanted)
      return conversation === undefined
        ? undefined
        : {
            conversation,
            messages:
              wanted === id(1)
                ? messages()
                : [message(1, { bubble: bubble('أريد التحدث مع شخص') })],
          }
    },
    orders: async () => ({
      items: [
        {
          id: id(5),
          ref: 'K7M4',
          number: 'ORD-2026-000001',
          customer: 'Ana Prueba',
          status: 'confirmed',
          lines: ['2 × Flat white, 250 ml'],
          total: '€7.00',
          at: at(2),
        },
        {
          id: id(6),
          ref: 'B2X9',
          customer: 'ليلى',
          status: 'awaiting_customer',
          lines: ['1 × Espresso'],
          total: '€1.80',
          at: at(4),
        },
      ],
    }),
    sends: async () =>
      calls.includes('discard')
        ? []
        : [
            {
              id: id(7),
              state: 'parked',
              customer: 'Ana Prueba',
              text: 'Your coffee is ready.',
              errorCode: 'timeout',
              at: at(3),
            },
          ],
    dead: async () => [],
    stopped: async () =>
      calls.includes('resume')
        ? []
        : [
            { id: id(8), number: '+1 555 010 0000', reason: 'credentials' },
            { id: id(9), number: '+1 555 010 0009', reason: 'a_new_reason' },
          ],
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const changed = (kind: string): void => {
    for (const listener of listeners) listener({ kind })
  }
  // Of the REST API what the page sends, answered as the API answers it.
  const api = new Router({ prefix: '/v1' })
  for (const [action, next] of [
    ['take-over', 'human'],
    ['return-to-ai', 'ai'],
  ] as const) {
    api.post(`/conversations/:id/${action}`, (ctx) => {
      owner = next
      changed('conversation')
      ctx.body = {}
    })
  }
  api.post('/conversations/:id/messages', async (ctx) => {
    const { text } = await readShape(ctx, replyShape)
    if (text.body === 'refuse me') {
      ctx.status = 409
      ctx.body = { code: 'window_closed' }
      return
    }
    extra.push(
      message(9, {
        id: `m9${extra.length}`,
        direction: 'out',
        author: 'staff',
        bubble: bubble(text.body),
        sending: { state: 'queued' },
      }),
    )
    changed('message')
    ctx.status = 201
    ctx.body = {}
  })
  for (const place of ['sends/:id/discard', 'channels/:id/resume'])
    api.post(`/${place}`, (ctx) => {
      calls.push(place.split('/').at(-1) ?? '')
      ctx.body = {}
    })
  return { desk, calls, api }
}

const replyShape = z.strictObject({ text: z.strictObject({ body: z.string() }) })

describe.skipIf(found.kind === 'missing')('the live page', () => {
  let browser: Browser
  let stop: () => Promise<void> = async () => undefined
  let link: () => string = () => ''
  const shown = createShownDesk()

  beforeAll(async () => {
    if (found.kind === 'missing') return
    browser = found.browser
    const clock = createSystemClock()
    const closing = new AbortController()
    const sessions = createSessions({ key: new Uint8Array(32), clock })
    const app = createApp({
      routers: [
        new Router().get('/account/me', (ctx) => {
          ctx.body = {}
        }),
        shown.api,
        liveRoutes({
          open: async () => ({ desk: shown.desk, holds: async () => true }),
          closing: closing.signal,
        }),
      ],
      logger: silentLogger,
      pages: { isKnown: () => true, locale: 'en', isDemo: true },
    })
    const front = createFront({
      webhook: createWebhook({
        appSecrets: ['s'],
        verifyTokens: ['v'],
        clock,
        accept: async () => undefined,
      }),
      guard: createGuard({ sessions }),
      phone: (request, response) => {
        if (request.url !== '/phone/') return false
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>phone')
        return true
      },
      pages: (request, response) => void app.callback()(request, response),
      onLocked: () => undefined,
    })
    const http = await listen(0)
    http.serve(front)
    link = () => `http://localhost:${http.port}${sessions.issueLink()}`
    stop = async () => {
      closing.abort()
      await http.stop(1_000)
    }
  })

  afterAll(async () => {
    await browser.close()
    await stop()
  })

  async function open(
    options: Parameters<Browser['newContext']>[0],
  ): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    page.on('dialog', (dialog) => problems.push(`dialog: ${dialog.message()}`))
    await page.goto(link())
    await page.getByText('Live', { exact: true }).waitFor()
    return { page, context, problems }
  }

  async function shoot(page: Page, name: string): Promise<void> {
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: path.join(shots, `${name}.png`) })
  }

  const wide = { viewport: { width: 1440, height: 860 } }
  const narrow = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

  test('shows conversations, what happened to a message, and how far each answer came', async () => {
    const { page, context, problems } = await open({ ...wide, colorScheme: 'light' })
    await page.getByRole('heading', { name: 'Café Aurora' }).waitFor()
    await page.getByText('Hello <script>alert(1)</script>').waitFor()
    await page.getByText('What happened').first().click()
    await page
      .getByText('welcome', { exact: true })
      .or(page.getByText(' welcome'))
      .first()
      .waitFor()
    await page.getByText('read', { exact: true }).waitFor()
    await page.getByText('not known yet').waitFor()
    await shoot(page, 'live-light')
    expect(problems).toEqual([])
    await context.close()
  })

  test('a person takes over, answers and gives back; a refusal is said in words', async () => {
    const { page, context, problems } = await open({ ...wide, colorScheme: 'dark' })
    await page.getByRole('button', { name: 'Take over' }).click()
    const field = page.getByRole('textbox', { name: 'Answer the customer' })
    await field.fill('I am here to help')
    await field.press('Enter')
    await page.getByText('I am here to help').waitFor()
    await field.fill('refuse me')
    await field.press('Enter')
    await page
      .getByText('The 24-hour window is closed: only a template could be sent now.')
      .waitFor()
    await shoot(page, 'live-dark')
    await page.getByRole('button', { name: 'Give back' }).click()
    await page.getByRole('button', { name: 'Take over' }).waitFor()
    expect(problems.filter((line) => !line.includes('409'))).toEqual([])
    await context.close()
  })

  test('a stopped number says why in words, and a person lets it send again', async () => {
    const { page, context, problems } = await open({ ...wide, colorScheme: 'light' })
    const alarm = page.getByRole('alert')
    await alarm.getByText('+1 555 010 0000').waitFor()
    await alarm.getByText('WhatsApp does not accept the access token any more.').waitFor()
    await alarm.getByText('WhatsApp refused it (a_new_reason).').waitFor()
    await shoot(page, 'live-stopped')
    await alarm.getByRole('button', { name: 'Send again' }).first().click()
    await alarm.waitFor({ state: 'hidden' })
    expect(shown.calls).toContain('resume')
    expect(problems).toEqual([])
    await context.close()
  })

  test('tabs work by keyboard, and a parked send can be given up', async () => {
    const { page, context, problems } = await open({ ...wide, colorScheme: 'light' })
    await page.getByRole('tab', { name: /Conversations/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('ORD-2026-000001', { exact: true }).waitFor()
    await shoot(page, 'live-orders')
    await page.keyboard.press('ArrowRight')
    await page.getByText('Nobody knows whether it arrived.').waitFor()
    await shoot(page, 'live-sends')
    await page.getByRole('button', { name: 'Give up' }).click()
    await page.getByText('Given up.').waitFor()
    expect(shown.calls).toContain('discard')
    expect(problems).toEqual([])
    await context.close()
  })

  test('fits a phone of 360 pixels without sideways scrolling', async () => {
    const { page, context, problems } = await open({ ...narrow, colorScheme: 'light' })
    await page.frameLocator('iframe').getByText('phone').waitFor()
    await page.getByRole('button', { name: 'Business' }).click()
    await page.getByRole('button', { name: /Ana Prueba/ }).waitFor()
    await shoot(page, 'live-mobile-list')
    await page.getByRole('button', { name: /Ana Prueba/ }).click()
    await page.getByRole('button', { name: 'Take over' }).waitFor()
    await shoot(page, 'live-mobile-thread')
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow).toBe(0)
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await page.getByRole('button', { name: /ليلى/ }).waitFor()
    expect(problems).toEqual([])
    await context.close()
  })
})
