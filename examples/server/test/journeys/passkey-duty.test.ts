import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { type } from '../cli/terminal.ts'
import { readMails } from './people.ts'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

const found = await openBrowser()
if (found.kind === 'missing') console.log(`The pages are not looked at: ${found.reason}`)

const week = `update auronx.members set updated_at = updated_at - interval '8 days'`

describe.skipIf(found.kind === 'missing')('passkeys that are owed, in a browser', () => {
  let browser: Browser
  let shop: TestShop
  let dataDir: string
  beforeAll(async () => {
    if (found.kind === 'open') browser = found.browser
    dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-duty-'))
    shop = await openShop({ AURONX_MAIL: 'file', AURONX_DATA_DIR: dataDir })
  })
  afterAll(async () => {
    await browser.close()
    await shop.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function visit(): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    const session = await context.newCDPSession(page)
    await session.send('WebAuthn.enable')
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    return { page, problems }
  }

  const statusOf = (page: Page, pathname: string): Promise<number> =>
    page.evaluate(async (asked) => (await fetch(asked)).status, pathname)

  test('an owner is told the days that are left; afterwards only a passkey opens the rest again', async () => {
    const { page, problems } = await visit()
    await page.goto(`${shop.url}/sign-up`)
    await page.getByLabel('E-mail address').fill('duty@shop.example')
    await page.getByRole('button', { name: 'Mail me a code' }).click()
    await page.getByLabel('Code from the mail').waitFor()
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(readMails(dataDir).at(-1)?.text ?? '')?.[0] ?? ''
    await page.getByLabel('Code from the mail').fill(code)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Your name').fill('Olga')
    await page.getByLabel('Name of the business').fill('Duty Shop')
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByText('Days left to add one: 7').waitFor()
    await page.goto(`${shop.url}/team`)
    await page.getByText('Add one within \u20687\u2069 days').waitFor()
    await shop.sql(week)
    expect(await statusOf(page, '/account/me')).toBe(200)
    for (const pathname of ['/live/summary', '/v1/api-keys', '/v1/orders'])
      expect(await statusOf(page, pathname), pathname).toBe(403)
    await page.goto(`${shop.url}/team`)
    await page.waitForURL(/\/account$/)
    await page.getByText('Add one now').waitFor()
    await page.getByLabel('Name of this passkey').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey is added.').waitFor()
    expect(await page.getByText('Add one now').count()).toBe(0)
    expect(await statusOf(page, '/live/summary')).toBe(200)
    await page.goto(`${shop.url}/team`)
    await page.getByRole('heading', { name: 'Team' }).waitFor()
    expect(problems).toEqual([])
  })

  test('the first operator gets in by a link from the command, once, and by no tenant’s door', async () => {
    const environment = {
      AURONX_DATA_DIR: dataDir,
      AURONX_PUBLIC_URL: shop.url,
      AURONX_MAIL: 'file',
    }
    const words = ['operator', 'create', 'op@platform.example', '--name', 'Op']
    const said = await type(words, environment)
    expect(said).toMatchObject({ code: 0, error: [] })
    const link = /http\S+$/.exec(said.out[0] ?? '')?.[0] ?? ''
    const { page, problems } = await visit()
    await page.goto(link)
    await page.getByText('This link makes one passkey, once.').waitFor()
    expect(page.url()).toBe(`${shop.url}/operator`)
    await page.getByLabel('Name of this passkey').fill('Key')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('Support', { exact: true }).waitFor()
    for (const pathname of ['/live/summary', '/account/me']) {
      expect(await statusOf(page, pathname), pathname).toBe(401)
    }
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).waitFor()
    const again = await visit()
    await again.page.goto(link)
    await again.page.getByLabel('Name of this passkey').fill('Thief')
    await again.page.getByRole('button', { name: 'Add a passkey' }).click()
    await again.page.getByText('Ask for a new one').waitFor()
    expect(problems).toEqual([])
    const taken = await type(
      ['operator', 'create', 'duty@shop.example', '--name', 'Op'],
      environment,
    )
    expect(taken).toMatchObject({ code: 1, out: [] })
  })
})
