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

describe.skipIf(found.kind === 'missing')('an owner whose passkey is lost with its device', () => {
  let browser: Browser
  let shop: TestShop
  let dataDir: string
  const read = new Set<string>()
  beforeAll(async () => {
    if (found.kind === 'open') browser = found.browser
    dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-lost-'))
    shop = await openShop({ AURONX_MAIL: 'file', AURONX_DATA_DIR: dataDir })
  })
  afterAll(async () => {
    await browser.close()
    await shop.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** A device of its own: another browser, with an authenticator that knows no passkey yet. */
  async function device(): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
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
    return page
  }

  async function proveByMail(page: Page, email: string): Promise<void> {
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Mail me a code' }).click()
    await page.getByLabel('Code from the mail').waitFor()
    const mail = readMails(dataDir).find(({ to, text }) => to === email && !read.has(text))
    read.add(mail?.text ?? '')
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? ''
    await page.getByLabel('Code from the mail').fill(code)
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  async function addPasskey(page: Page, name: string): Promise<void> {
    await page.goto(`${shop.url}/account`)
    await page.getByLabel('Name of this passkey').fill(name)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey is added.').waitFor()
  }

  /** A business whose owner has a passkey and joined long ago. */
  async function owner(email: string, company: string): Promise<Page> {
    const page = await device()
    await page.goto(`${shop.url}/sign-up`)
    await proveByMail(page, email)
    await page.getByLabel('Your name').fill('Olga')
    await page.getByLabel('Name of the business').fill(company)
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByRole('heading', { name: company }).waitFor()
    await addPasskey(page, 'Lost laptop')
    // That somebody has a passkey is remembered for a minute, and an open page asks.
    await page.goto('about:blank')
    await shop.sql(
      `update auronx.members set updated_at = updated_at - interval '30 days' where email = '${email}'`,
    )
    return page
  }

  const statusOf = (page: Page, pathname: string): Promise<number> =>
    page.evaluate(async (asked) => (await fetch(asked)).status, pathname)

  async function expectNoPasskey(lost: Page): Promise<void> {
    await lost.goto(`${shop.url}/sign-in`)
    await lost.getByRole('button', { name: 'Use a passkey' }).click()
    await lost.getByText('The passkey did not hold.').waitFor()
  }

  test('signs in by mail on another device, takes the lost passkey away and adds one there', async () => {
    const email = 'lost@shop.example'
    const lost = await owner(email, 'Lost Shop')
    const next = await device()
    await next.goto(`${shop.url}/sign-in`)
    await proveByMail(next, email)
    await next.getByRole('heading', { name: 'Lost Shop' }).waitFor()
    await addPasskey(next, 'New phone')
    await next.getByRole('button', { name: 'Remove: Lost laptop' }).click()
    await next.getByRole('button', { name: 'OK' }).click()
    await next.getByText('Removed.').waitFor()
    expect(await statusOf(next, '/v1/api-keys')).toBe(200)
    await next.getByRole('button', { name: 'Sign out everywhere' }).click()
    await next.waitForURL(/sign-in/)
    await next.getByRole('button', { name: 'Use a passkey' }).click()
    await next.waitForURL((url) => url.pathname !== '/sign-in')
    expect(await statusOf(next, '/v1/api-keys')).toBe(200)
    await expectNoPasskey(lost)
    expect(await statusOf(lost, '/account/me')).toBe(401)
    const written = await shop.sql(
      `select distinct action from auronx.audit_log where action like 'passkey.%' order by action`,
    )
    expect(written.map(({ action }) => action)).toEqual(['passkey.added', 'passkey.removed'])
  }, 60_000)

  test('whose device somebody else has is let out and back in by the command, and may do nothing before a new passkey', async () => {
    const email = 'stolen@shop.example'
    const stolen = await owner(email, 'Stolen Shop')
    const environment = { AURONX_DATA_DIR: dataDir }
    expect(await type(['account', 'disable', email], environment)).toMatchObject({ code: 0 })
    await expectNoPasskey(stolen)
    expect(await statusOf(stolen, '/account/me')).toBe(401)
    expect(await type(['account', 'enable', email], environment)).toMatchObject({ code: 0 })
    await expectNoPasskey(stolen)
    const next = await device()
    await next.goto(`${shop.url}/sign-in`)
    await proveByMail(next, email)
    await next.getByText('Add one now').waitFor()
    expect(await statusOf(next, '/v1/api-keys')).toBe(403)
    await addPasskey(next, 'New phone')
    expect(await statusOf(next, '/v1/api-keys')).toBe(200)
  }, 60_000)
})
