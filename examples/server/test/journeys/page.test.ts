import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

const found = await openBrowser()
if (found.kind === 'missing') console.log(`The page is not looked at: ${found.reason}`)
const shots = process.env['AURONX_SHOTS']

describe.skipIf(found.kind === 'missing')('the page as a newcomer sees it', () => {
  let browser: Browser
  let shop: TestShop
  beforeAll(async () => {
    if (found.kind === 'open') browser = found.browser
    shop = await openShop()
  })
  afterAll(async () => {
    await browser.close()
    await shop.close()
  })

  async function open(options: Parameters<Browser['newContext']>[0]) {
    const context: BrowserContext = await browser.newContext({ locale: 'en-GB', ...options })
    const page: Page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    await page.goto(shop.link())
    await page.getByText('Live', { exact: true }).waitFor()
    return { context, page, problems, phone: page.frameLocator('iframe') }
  }

  async function shoot(page: Page, name: string): Promise<void> {
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: path.join(shots, `${name}.png`) })
  }

  const wide = { viewport: { width: 1440, height: 860 } }

  test('orders by six taps, sees it at the desk, and sees a person take over and give back', async () => {
    const { context, page, phone, problems } = await open({ ...wide, colorScheme: 'light' })
    await shoot(page, 'page-start')
    await phone.getByRole('textbox', { name: 'Message' }).fill('hello')
    await phone.getByRole('button', { name: 'Send', exact: true }).click()
    await phone.getByRole('button', { name: 'Browse and order' }).click()
    await phone.getByRole('button', { name: 'See items' }).click()
    await shoot(page, 'page-list')
    await phone.getByRole('button', { name: /Flat white/ }).click()
    await phone.getByRole('button', { name: 'Order 1' }).click()
    await phone.getByRole('button', { name: 'Confirm', exact: true }).click()
    await phone.getByText(/Your order ORD-\d{4}-000001 is confirmed/).waitFor()

    await page.getByRole('button', { name: /Alex Demo/ }).waitFor()
    await page
      .locator('.thread')
      .getByText(/Your order ORD-\d{4}-000001 is confirmed/)
      .waitFor()
    await page.getByText('What happened').last().click()
    await shoot(page, 'page-light')
    await page.getByRole('tab', { name: /Orders/ }).click()
    await page
      .locator('.card')
      .getByText(/ORD-\d{4}-000001/)
      .waitFor()
    await page.getByRole('tab', { name: /Conversations/ }).click()

    await page.getByRole('button', { name: 'Take over' }).click()
    const field = page.getByRole('textbox', { name: 'Answer the customer' })
    await field.fill('Sam here: your coffee is on its way.')
    await field.press('Enter')
    await phone.getByText('Sam here: your coffee is on its way.').waitFor()
    await page.locator('.message.out .ticks.read').last().waitFor()
    await page.getByRole('button', { name: 'Give back' }).click()
    await page.getByRole('button', { name: 'Take over' }).waitFor()
    await phone.getByRole('textbox', { name: 'Message' }).fill('menu')
    await phone.getByRole('button', { name: 'Send', exact: true }).click()
    await phone.getByRole('button', { name: 'Browse and order' }).last().waitFor()
    await page.locator('.thread .message.out').last().getByText('Browse and order').waitFor()
    // At once, not with the next look of the page, which comes every five seconds.
    await page.getByRole('button', { name: 'Resolve', exact: true }).click()
    const resolved = page.locator('.thread .owner', { hasText: 'Resolved' })
    await resolved.waitFor({ timeout: 2_500 })
    expect(problems).toEqual([])
    await context.close()
  })

  test('works in the dark and on a phone of 360 pixels', async () => {
    const dark = await open({ ...wide, colorScheme: 'dark' })
    await dark.phone.getByText('Order 1').first().waitFor()
    await shoot(dark.page, 'page-dark')
    await dark.context.close()
    const small = await open({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    })
    await small.phone.getByText('Order 1').first().waitFor()
    await shoot(small.page, 'page-mobile-phone')
    await small.page.getByRole('button', { name: 'Business' }).click()
    await small.page.getByRole('button', { name: /Alex Demo/ }).click()
    await small.page.getByRole('button', { name: 'Take over' }).waitFor()
    await shoot(small.page, 'page-mobile-desk')
    expect(await small.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect([...dark.problems, ...small.problems]).toEqual([])
    await small.context.close()
  })
})
