import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rehearsal } from '../rehearsal.fixture.ts'
import { list, recordOf, startRehearsal } from '../rehearsal.fixture.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const opened = await openBrowser()
if (opened.kind === 'missing') console.warn(`The phone was not looked at: ${opened.reason}`)
const browser = opened.kind === 'open' ? opened.browser : undefined
const pages: Page[] = []
const complaints: string[] = []
let stage: Rehearsal

beforeEach(async () => {
  stage = await startRehearsal()
  stage.simulator.setCatalog('c1', [
    { retailerId: 'latte', name: 'Latte', price: '3.50', currency: 'EUR' },
    {
      retailerId: 'roll',
      name: 'Cinnamon roll',
      description: 'Warm',
      price: '2.20',
      currency: 'EUR',
    },
  ])
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close()
  await stage.stop()
  const found = complaints.splice(0)
  if (found.length > 0) throw new Error(`The page complained: ${found.join('; ')}`)
})
afterAll(() => browser?.close())

async function openPage(url: string, width = 900): Promise<Page> {
  if (browser === undefined) throw new Error('no browser')
  const page = await browser.newPage({ viewport: { width, height: 740 } })
  page.setDefaultTimeout(10_000)
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  pages.push(page)
  await page.goto(url)
  return page
}

async function send(content: object): Promise<string> {
  const reply = await stage.graph('POST', '106540352242922/messages', {
    messaging_product: 'whatsapp',
    to: '+15550100100',
    ...content,
  })
  return String(recordOf(list(reply.body['messages'])[0])['id'])
}

const buttons = {
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Hello, what would you like?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'menu', title: 'Menu' } }] },
  },
}

describe.skipIf(browser === undefined)('the phone in a browser', () => {
  it('lets a newcomer greet, tap, choose from a list, and send a cart', async () => {
    const page = await openPage(`${stage.address.phoneUrl}?lang=en`)
    await page.getByRole('button', { name: 'New customer' }).click()
    // An impatient second click must not try to create the same person again.
    await page.getByRole('button', { name: 'Start chatting' }).dblclick()
    await page.locator('.new-sheet').waitFor({ state: 'detached' })
    await page.getByRole('textbox', { name: 'Message' }).fill('Hi *there*')
    await page.keyboard.press('Enter')
    await page.locator('.mine strong', { hasText: 'there' }).waitFor()
    const first = await send(buttons)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.locator('.mine blockquote').waitFor()
    await send({
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Our menu' },
        action: { button: 'Open menu', sections: [{ rows: [{ id: 'hot', title: 'Hot drinks' }] }] },
      },
    })
    await page.getByRole('button', { name: 'Open menu' }).click()
    await page.getByRole('button', { name: 'Hot drinks' }).click()
    await send({
      type: 'interactive',
      interactive: {
        type: 'catalog_message',
        body: { text: 'All' },
        action: { name: 'catalog_message' },
      },
    })
    await page.getByRole('button', { name: 'View products' }).click()
    await page.getByRole('button', { name: 'One more Latte' }).click()
    await page.getByRole('button', { name: 'One more Latte' }).click()
    await page.getByRole('button', { name: 'Send cart · €7.00' }).click()
    await page.locator('.cart', { hasText: '2 ×' }).waitFor()
    await stage.simulator.idle()
    expect(stage.statuses()).toContain(`${first}: read`)
    const kinds = stage
      .values()
      .flatMap((value) => list(value['messages']))
      .map((each) => recordOf(each)['type'])
    expect(kinds).toEqual(['text', 'interactive', 'interactive', 'order'])
  })

  it('keeps what was typed when it could not be sent, and shows what comes although the rest could not be loaded', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100100' })
    stage.simulator.customers.sendText(ana.id, 'hello')
    const page = await openPage(`${stage.address.phoneUrl}?lang=en`)
    const field = page.getByRole('textbox', { name: 'Message' })
    await page.route('**/text', (route) => route.abort())
    await field.fill('a long thought')
    await page.keyboard.press('Enter')
    await page.getByText('That did not work').waitFor()
    expect(await field.inputValue()).toBe('a long thought')
    await page.route(`**/${ana.id}/messages`, (route) => route.abort())
    await page.getByRole('button', { name: /You are Ana/ }).click()
    await page.getByRole('button', { name: /^A?\s*Ana/ }).click()
    await expect.poll(() => complaints.length).toBe(2)
    await send({ type: 'text', text: { body: 'good day' } })
    await page.locator('.theirs', { hasText: 'good day' }).waitFor()
    complaints.splice(0)
  })

  it('shows read ticks, typing, reactions, pictures and voice notes as they happen', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100100' })
    const hello = stage.simulator.customers.sendText(ana.id, 'hello')
    const page = await openPage(`${stage.address.phoneUrl}?lang=en`)
    await page.getByRole('img', { name: 'delivered' }).waitFor()
    await send({ status: 'read', message_id: hello.id, typing_indicator: { type: 'text' } })
    await page.getByRole('img', { name: 'read' }).waitFor()
    await page.locator('.typing').waitFor()
    const answer = await send({ type: 'text', text: { body: 'good day' } })
    await page.locator('.theirs', { hasText: 'good day' }).waitFor()
    expect(await page.locator('.typing').count()).toBe(0)
    await page.locator(`[data-id="${answer}"]`).hover()
    await page.locator(`[data-id="${answer}"]`).getByRole('button', { name: 'React' }).click()
    await page.getByRole('button', { name: '👍' }).click()
    await page.locator('.reactions', { hasText: '👍' }).waitFor()
    await page.getByRole('button', { name: 'Attach' }).click()
    await page.getByRole('button', { name: 'Sample photo' }).click()
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('img.picture')?.naturalWidth === 320,
    )
    await page.getByRole('button', { name: 'Send a voice note' }).click()
    await page.getByRole('button', { name: 'Play voice note' }).waitFor()
  })

  it('keeps several people apart, with and without a phone number', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100100' })
    stage.simulator.customers.sendText(ana.id, 'from Ana')
    const page = await openPage(`${stage.address.phoneUrl}?lang=en`)
    await page.getByRole('button', { name: 'You are Ana' }).click()
    await page.getByRole('button', { name: 'New customer' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Dina')
    await page.getByLabel('Username only').check()
    await page.getByLabel('Username', { exact: true }).fill('dina.d')
    await page.getByRole('button', { name: 'Start chatting' }).click()
    await page.getByRole('button', { name: 'You are Dina' }).waitFor()
    expect(await page.locator('.row').count()).toBe(0)
    expect(stage.simulator.customers.list()[1]).toMatchObject({ name: 'Dina', username: 'dina.d' })
    await send({ type: 'text', text: { body: 'for Ana' } })
    await page.reload()
    await page.getByRole('button', { name: 'You are Dina' }).click()
    await page.getByRole('button', { name: /^Ana/ }).click()
    await page.locator('.theirs', { hasText: 'for Ana' }).waitFor()
  })

  it('is used by keyboard alone', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100100' })
    stage.simulator.customers.sendText(ana.id, 'hello')
    const page = await openPage(`${stage.address.phoneUrl}?lang=en`)
    await send(buttons)
    const menu = page.getByRole('button', { name: 'Menu' })
    await menu.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Who are you?' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('who')
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate(() => document.activeElement?.textContent)) === 'Menu') break
    }
    await page.keyboard.press('Enter')
    await page.locator('.mine blockquote').waitFor()
  })

  it('fits 360 pixels, right to left too, and never runs what a message says', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100100' })
    stage.simulator.customers.sendText(ana.id, 'مرحبا')
    stage.simulator.customers.sendText(ana.id, `<img src=x onerror=alert(1)> ${'w'.repeat(300)}`)
    await send(buttons)
    const page = await openPage(`${stage.address.phoneUrl}?lang=ar`, 360)
    await page.locator('.theirs').waitFor()
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    expect(
      await page.evaluate(() => document.getElementById('chat')?.scrollWidth),
    ).toBeLessThanOrEqual(360)
    expect(await page.locator('.mine').nth(1).textContent()).toContain('<img src=x')
    const mine = await page.locator('.mine .bubble').first().boundingBox()
    expect(mine?.x).toBeLessThan(30)
  })

  it('lives in a frame of the server that it is mounted in', async () => {
    const host = createServer((request, response) => {
      if (stage.simulator.handler(request, response)) return
      response.setHeader('content-type', 'text/html')
      response.end(
        '<link rel="icon" href="data:,"><iframe src="/phone/?lang=en" width="400" height="600"></iframe>',
      )
    })
    const port = await new Promise<number>((resolve) => {
      host.listen(0, '127.0.0.1', () => {
        const address = host.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    try {
      const page = await openPage(`http://127.0.0.1:${port}/`)
      await page.frameLocator('iframe').getByRole('heading', { name: 'Simulated shop' }).waitFor()
      await page.close()
    } finally {
      host.closeAllConnections()
      host.close()
    }
  })
})

/** A browser, or why there is none: `CHROMIUM_PATH`, the system's Chromium, then the packaged one. */
async function openBrowser(): Promise<
  | { readonly kind: 'open'; readonly browser: Browser }
  | { readonly kind: 'missing'; readonly reason: string }
> {
  try {
    const executablePath = await findChromium()
    return { kind: 'open', browser: await chromium.launch({ executablePath, args: flags }) }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
    return { kind: 'missing', reason }
  }
}

async function findChromium(): Promise<string> {
  for (const path of [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium']) {
    if (path !== '' && existsSync(path)) return path
  }
  // The package reads it while loading, and then brings the system libraries that it needs.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}
