import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

const found = await openBrowser()
if (found.kind === 'missing') console.log(`The pages are not looked at: ${found.reason}`)
const shots = process.env['AURONX_SHOTS']

describe.skipIf(found.kind === 'missing')('signing in, in a browser', () => {
  let browser: Browser
  let shop: TestShop
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    if (found.kind === 'open') browser = found.browser
    shop = await openShop()
  })
  afterAll(async () => {
    await browser.close()
    await shop.close()
  })

  /** A browser of its own that may see the demonstration, and is not signed in. */
  async function visit(
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    await context.request.get(shop.link())
    const session = (await context.cookies()).find(({ name }) => name.startsWith('auronx_session'))
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    await context.clearCookies({ name: /^auronx_(session|refresh)/ })
    return { page, context, problems }
  }

  async function shoot(page: Page, name: string): Promise<void> {
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true })
  }

  async function enterCode(page: Page): Promise<void> {
    const code = await page.locator('.demo .code').last().textContent()
    await page.getByLabel('Code from the mail').fill(code ?? '')
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  async function askCode(page: Page, email: string): Promise<void> {
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Mail me a code' }).click()
    await page.getByText('In this demonstration the code is shown here').waitFor()
  }

  test('a new business signs up by a mailed code and sees its live view', async () => {
    const { page, problems } = await visit()
    await page.goto(`${shop.url}/`)
    await page.waitForURL(/\/sign-in$/)
    await page.getByRole('link', { name: 'Sign your business up' }).click()
    await askCode(page, 'olga@bakery.example')
    await enterCode(page)
    await page.getByLabel('Your name').fill('Olga')
    await page.getByLabel('Name of the business').fill('Bakery Aurora')
    await shoot(page, 'sign-up-details')
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByRole('heading', { name: 'Bakery Aurora' }).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(problems).toEqual([])
  })

  test('who belongs to several businesses chooses; a wrong code is said in words', async () => {
    const { page } = await visit()
    await page.goto(`${shop.url}/sign-up`)
    await askCode(page, 'owner@demo.example')
    await enterCode(page)
    await page.getByLabel('Your name').fill('Sam')
    await page.getByLabel('Name of the business').fill('Second Shop')
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByRole('heading', { name: 'Second Shop' }).waitFor()
    await page.goto(`${shop.url}/team`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in$/)
    await askCode(page, 'owner@demo.example')
    await page.getByLabel('Code from the mail').fill('2222-2222')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('That is not the code. Tries left: 4.').waitFor()
    await enterCode(page)
    await page.getByRole('heading', { name: 'Which business?' }).waitFor()
    await shoot(page, 'choose')
    await page.getByRole('button', { name: /Aurora Coffee/ }).click()
    await page.getByRole('heading', { name: 'Aurora Coffee' }).waitFor()
  })

  test('an invitation opened in another browser makes a viewer, who sees and cannot answer', async () => {
    const owner = await visit()
    await owner.page.goto(`${shop.url}/sign-up`)
    await askCode(owner.page, 'ines@shop.example')
    await enterCode(owner.page)
    await owner.page.getByLabel('Your name').fill('Inés')
    await owner.page.getByLabel('Name of the business').fill('Flower Shop')
    await owner.page.getByRole('button', { name: 'Create the business' }).click()
    await owner.page.getByRole('heading', { name: 'Flower Shop' }).waitFor()
    await owner.page.getByRole('link', { name: 'Team' }).click()
    await owner.page.getByLabel('E-mail address').fill('vera@shop.example')
    await owner.page.getByLabel('Role', { exact: true }).selectOption('viewer')
    await owner.page.getByRole('button', { name: 'Send the invitation' }).click()
    await owner.page.getByText('The invitation is on its way.').waitFor()
    const link = (await owner.page.locator('.demo a').getAttribute('href')) ?? ''
    await shoot(owner.page, 'team-invited')

    const viewer = await visit()
    await viewer.page.goto(link)
    expect(viewer.page.url(), 'the token left the address bar').not.toContain('axi_')
    await askCode(viewer.page, 'vera@shop.example')
    await enterCode(viewer.page)
    await viewer.page.getByLabel('Your name').fill('Vera')
    await viewer.page.getByRole('button', { name: 'Join' }).click()
    await viewer.page.getByRole('heading', { name: 'Flower Shop' }).waitFor()
    await viewer.page.goto(`${shop.url}/keys`)
    await viewer.page.getByText('Your role does not allow that.').waitFor()
    await viewer.page.goto(`${shop.url}/team`)
    await viewer.page.getByText('vera@shop.example').waitFor()
    expect(await viewer.page.getByRole('button', { name: 'Send the invitation' }).count()).toBe(0)

    await owner.page.reload()
    await owner.page.getByLabel(/Role of .Vera/).selectOption('agent')
    await owner.page.getByText('It holds from the next click of that person.').waitFor()
    const me = await viewer.page.request.get(`${shop.url}/account/me`)
    expect(await me.json()).toMatchObject({ role: 'agent' })
    expect([...owner.problems, ...viewer.problems].filter((one) => !one.includes('403'))).toEqual(
      [],
    )
  })

  test('a passkey is added and signs in again', async () => {
    const { page, context, problems } = await visit()
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
    await page.goto(`${shop.url}/sign-up`)
    await askCode(page, 'paula@shop.example')
    await enterCode(page)
    await page.getByLabel('Your name').fill('Paula')
    await page.getByLabel('Name of the business').fill('Passkey Shop')
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByRole('heading', { name: 'Passkey Shop' }).waitFor()
    await page.goto(`${shop.url}/account`)
    await page.getByText('You have no passkey yet.').waitFor()
    await page.getByLabel('Name of this passkey').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey is added.').waitFor()
    await page.getByText('Laptop').waitFor()
    await shoot(page, 'account-passkey')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL(/\/sign-in$/)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('heading', { name: 'Passkey Shop' }).waitFor()
    expect(problems).toEqual([])
  })

  test('a key is shown once, and signing out everywhere ends other browsers at once', async () => {
    const { page, context } = await visit()
    await page.goto(`${shop.url}/sign-up`)
    await askCode(page, 'kim@shop.example')
    await enterCode(page)
    await page.getByLabel('Your name').fill('Kim')
    await page.getByLabel('Name of the business').fill('Key Shop')
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByRole('heading', { name: 'Key Shop' }).waitFor()
    await page.goto(`${shop.url}/keys`)
    await page.getByLabel('Name', { exact: true }).fill('Till')
    await page.getByLabel('order:read').check()
    await page.getByRole('button', { name: 'Create a key' }).click()
    const text = (await page.locator('.demo code').textContent()) ?? ''
    expect(text).toMatch(/^axk_/)
    await shoot(page, 'keys-once')
    await page.reload()
    await page.getByText('Till').waitFor()
    expect(await page.content()).not.toContain(text)

    const other = await visit()
    await other.page.goto(`${shop.url}/sign-in`)
    await askCode(other.page, 'kim@shop.example')
    await enterCode(other.page)
    await other.page.getByText('Live', { exact: true }).waitFor()
    await page.goto(`${shop.url}/account`)
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.waitForURL(/\/sign-in$/)
    await other.page.waitForURL(/\/sign-in/)
    await context.close()
  })

  test('a link from the mail in another browser asks to type the code on the first device', async () => {
    const first = await visit()
    await first.page.goto(`${shop.url}/sign-in`)
    await askCode(first.page, 'owner@demo.example')
    const code = (await first.page.locator('.demo .code').textContent()) ?? ''
    const second = await visit()
    await second.page.goto(`${shop.url}/sign-in#${code.replace('-', '')}`)
    expect(second.page.url()).not.toContain('#')
    await second.page.getByRole('button', { name: 'Continue' }).click()
    await second.page.getByText('You asked for this code on another device').waitFor()
    await shoot(second.page, 'code-elsewhere')
    await enterCode(first.page)
    await first.page.getByRole('button', { name: /Aurora Coffee/ }).click()
    await first.page.getByRole('heading', { name: 'Aurora Coffee' }).waitFor()
  })

  const looks = [
    ['en', 'light', 1280],
    ['ar', 'light', 360],
    ['es', 'dark', 360],
    ['pt', 'dark', 1280],
  ] as const
  test.each(looks)(
    'every page fits in %s, %s, %d pixels wide',
    async (locale, colorScheme, width) => {
      const { page, problems } = await visit({
        locale,
        colorScheme,
        viewport: { width, height: 800 },
      })
      const look = async (name: string): Promise<void> => {
        await page.locator('h1').first().waitFor()
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
        expect(await page.evaluate('document.documentElement.dir')).toBe(
          locale === 'ar' ? 'rtl' : 'ltr',
        )
        await shoot(page, `${name}-${locale}-${colorScheme}-${width}`)
      }
      for (const name of ['sign-in', 'sign-up', 'invitation']) {
        await page.goto(`${shop.url}/${name}`)
        await look(name)
      }
      await page.goto(shop.link())
      await page.getByText('Live', { exact: true }).waitFor()
      await shoot(page, `live-${locale}-${colorScheme}-${width}`)
      for (const name of ['account', 'team', 'numbers', 'keys']) {
        await page.goto(`${shop.url}/${name}`)
        await look(name)
      }
      expect(problems).toEqual([])
    },
  )
})
