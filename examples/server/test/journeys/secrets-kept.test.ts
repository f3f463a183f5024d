import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestBrowser, memberOf, readMails } from './people.ts'
import type { TestBrowser } from './people.ts'
import { startProcess } from './server-process.ts'
import { cookiesOf, openShop } from './shop.ts'

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auronx-kept-'))
  folders.push(folder)
  return folder
}
let dataDir = ''
beforeAll(() => {
  dataDir = newFolder()
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const person = {
  email: 'petra.planted@secret.example',
  name: 'Petra Planted',
  phone: '+15550100177',
}

/** Signs up, invites, makes a key and renews; returns every secret that a person or program held on the way. */
async function live(browser: TestBrowser, folder: string): Promise<readonly string[]> {
  const held = new Set<string>()
  const hold = (): void => {
    for (const value of browser.cookies.values()) held.add(value)
  }
  await browser.post('/auth/code', { email: person.email, locale: 'en' })
  hold()
  const mail = readMails(folder).findLast(({ to }) => to === person.email)
  const code = /#([2-9A-Z]{8})/.exec(mail?.text ?? '')?.[1] ?? ''
  held.add(code)
  await browser.post('/auth/code/verify', { code: '22222222' })
  await browser.post('/auth/code/verify', { code })
  const made = await browser.post('/auth/sign-up', {
    name: person.name,
    phone: person.phone,
    company: 'Kept Shop',
    locale: 'en',
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
  })
  expect(made.status).toBe(200)
  hold()
  await browser.post('/auth/refresh')
  hold()
  const key = await browser.post('/v1/api-keys', { name: 'k', scopes: ['order:read'] })
  const text = String(await memberOf(key, 'text'))
  held.add(text)
  held.add(/^axk_live_[a-z2-7]{12}_(.{43})_/.exec(text)?.[1] ?? '')
  await browser.post('/v1/invitations', { email: 'guest@secret.example', role: 'viewer' })
  await vi.waitFor(() => {
    const invitation = readMails(folder).findLast(({ to }) => to === 'guest@secret.example')
    const [token] = /axi_[0-9a-f]{64}/.exec(invitation?.text ?? '') ?? []
    expect(token).toBeDefined()
    held.add(token ?? '')
  })
  const kept = [...held].filter((value) => value.length >= 8)
  expect(kept.length).toBeGreaterThanOrEqual(9)
  return kept
}

const spellings = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')]
}

test('a dump of the database holds none of the secrets that were used', async () => {
  const shop = await openShop({ AURONX_DATA_DIR: dataDir, AURONX_MAIL: 'file' })
  try {
    const held = [...(await live(createTestBrowser(shop.url), dataDir)), ...shop.secrets]
    const root = readFileSync(path.join(dataDir, 'root-keys'), 'utf8').trim().split(':')[1] ?? ''
    const tables = await shop.sql(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const rows: string[] = []
    for (const { name } of tables) {
      const found = await shop.sql(`select t::text as row from ${String(name)} t`)
      rows.push(...found.map(({ row }) => String(row)))
    }
    const dump = rows.join('\n')
    expect(dump, 'the dump is one').toContain(person.email)
    const secrets = [...held, root]
    const found = secrets.filter((secret) => spellings(secret).some((one) => dump.includes(one)))
    expect(found).toEqual([])
    expect(dump).not.toContain(Buffer.from(root, 'base64').toString('hex'))
    console.log(`Dump: ${rows.length} rows, ${secrets.length} secrets, 0 found`)
  } finally {
    await shop.close()
  }
})

test('the logs of a whole life at the most talkative level hold no secret and no person', async () => {
  const folder = newFolder()
  const env = { PORT: '0', AURONX_DATA_DIR: folder, AURONX_MAIL: 'file', LOG_LEVEL: 'debug' }
  const server = await startProcess(env)
  try {
    await fetch(server.link, { redirect: 'manual' })
    const browser = createTestBrowser(server.url)
    const held = await live(browser, folder)
    await browser.post('/v1/api-keys', { name: 'k' })
    await browser.post('/v1/invitations', { email: 'nobody', role: 'viewer' })
    await browser.get(`/live/conversations/nothing`)
    await browser.post('/auth/sign-out')
    await browser.post('/auth/refresh')
    const output = server.output()
    const link = server.link.split('/').at(-1) ?? ''
    const found = [...held, person.email, person.phone, person.name, 'guest@secret.example'].filter(
      (secret) => output.includes(secret),
    )
    expect(found).toEqual([])
    expect(output.split(link), 'the one-time link is printed once').toHaveLength(2)
  } finally {
    await server.end('SIGTERM')
  }
})

test('a root key that is not the one of this database stops the start in one line', async () => {
  const folder = newFolder()
  const first = await startProcess({ PORT: '0', AURONX_DATA_DIR: folder })
  expect(cookiesOf(await fetch(first.link, { redirect: 'manual' }))).toContain('auronx_session')
  await first.end('SIGTERM')
  const wrong = `1:${randomBytes(32).toString('base64')}`
  const outcome = await startProcess({
    PORT: '0',
    AURONX_DATA_DIR: folder,
    AURONX_ROOT_KEYS: wrong,
  }).then(
    () => 'started',
    (error: Error) => error.message,
  )
  expect(outcome).toBe(
    'exit 1: The root key is another than the one that stored keys are wrapped under; restore the one that belongs to this database\n',
  )
})
