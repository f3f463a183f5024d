import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeBudget } from '@auronx/sdk/auth'
import { codeOf, createTestBrowser, memberOf, prove, signUp } from './people.ts'
import type { TestBrowser } from './people.ts'
import { openShop } from './shop.ts'
import type { TestShop } from './shop.ts'

let shop: TestShop
let link: string

beforeAll(async () => {
  // The test is the proxy: it says which network a request comes from.
  shop = await openShop({ AURONX_TRUSTED_PROXIES: '127.0.0.1,::1' })
  link = shop.cookie.split('; ').find((pair) => /^auronx_\d+=/.test(pair)) ?? ''
})
afterAll(() => shop.close())

const open = (): TestBrowser => createTestBrowser(shop.url, link)
const ask = (browser: TestBrowser, email: string, from: string): Promise<Response> =>
  browser.post('/auth/code', { email, locale: 'en' }, { 'x-forwarded-for': from })

async function flood(email: (index: number) => string, from: string, count: number) {
  const answers = []
  for (let index = 0; index < count; index += 1) answers.push(await ask(open(), email(index), from))
  return answers.map(({ status }) => status)
}

async function countCodes(where: string): Promise<number> {
  const [row] = await shop.sql(
    `select count(*)::int as codes from auronx.sign_in_attempts where ${where}`,
  )
  return Number(row?.['codes'])
}

describe('somebody who has codes mailed on and on', () => {
  test('uses up the share of its network, and nobody else notices', async () => {
    const { perNetwork } = codeBudget
    const spray = await flood((index) => `spray${index}@flood.example`, '192.0.2.7', perNetwork + 3)
    expect(spray.filter((status) => status === 200)).toHaveLength(perNetwork)
    expect(spray.slice(-3)).toEqual([429, 429, 429])
    // A neighbour in the same network has no more, other networks have all of theirs.
    expect((await ask(open(), 'ann@flood.example', '192.0.2.200')).status).toBe(429)
    expect((await ask(open(), 'ann@flood.example', '198.51.100.1')).status).toBe(200)
    expect((await ask(open(), 'ben@flood.example', '2001:db8:1::1')).status).toBe(200)
  })

  test('from one network locks nobody out of an address', async () => {
    const victim = 'victim@flood.example'
    const flooded = await flood(() => victim, '203.0.113.9', codeBudget.perAddress + 2)
    expect(flooded.filter((status) => status === 200)).toHaveLength(codeBudget.perAddress)
    expect((await ask(open(), victim, '198.51.100.2')).status).toBe(200)
  })

  test('from many networks fills a mailbox no further than its limit', async () => {
    const victim = 'mailbox@flood.example'
    for (let network = 0; network < 5; network += 1)
      await flood(() => victim, `10.9.${network}.1`, codeBudget.perAddress)
    expect(await countCodes(`email = '${victim}'`)).toBe(codeBudget.perAddressInAll)
  })

  test('keeps nobody out of a browser in which the address was proven before', async () => {
    const victim = 'regular@flood.example'
    const known = open()
    await signUp(known, victim, 'Regular')
    await known.post('/auth/sign-out')
    for (let network = 0; network < 5; network += 1)
      await flood(() => victim, `10.8.${network}.1`, codeBudget.perAddress)
    expect((await ask(open(), victim, '198.51.100.3')).status).toBe(429)
    const asked = await ask(known, victim, '10.8.0.1')
    expect(asked.status).toBe(200)
    const code = String(await memberOf(asked, 'demoCode'))
    expect((await known.post('/auth/code/verify', { code })).status).toBe(200)
    // What makes the browser known is worth nothing for another address, or once it was changed.
    const other = 'irregular@flood.example'
    for (let network = 0; network < 5; network += 1)
      await flood(() => other, `10.7.${network}.1`, codeBudget.perAddress)
    expect((await ask(known, other, '198.51.100.4')).status).toBe(429)
    const forged = open()
    for (const [name, value] of known.cookies)
      if (name.includes('device')) forged.cookies.set(name, value.replace(/.$/, '!'))
    expect(forged.cookies.size).toBe(2)
    expect((await ask(forged, victim, '198.51.100.5')).status).toBe(429)
  })

  test('a code that was mailed before the limit still opens the door', async () => {
    const email = 'patient@flood.example'
    const browser = open()
    let code = ''
    for (let asked = 0; asked < codeBudget.perAddress; asked += 1)
      code = String(await memberOf(await ask(browser, email, '203.0.114.1'), 'demoCode'))
    expect((await ask(browser, email, '203.0.114.1')).status).toBe(429)
    expect((await browser.post('/auth/code/verify', { code })).status).toBe(200)
  })

  test('a known browser has a share of its own, no more', async () => {
    const email = 'eager@flood.example'
    const browser = open()
    await prove(browser, email)
    const statuses = []
    for (let asked = 0; asked < codeBudget.perDevice + 1; asked += 1)
      statuses.push((await ask(browser, email, '203.0.115.1')).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(codeBudget.perDevice)
  })

  test('is answered alike whether the address has an account or none', async () => {
    await signUp(open(), 'member@flood.example', 'Member')
    const answers = async (email: string): Promise<readonly string[]> => {
      const told: string[] = []
      for (let asked = 0; asked < codeBudget.perAddress + 1; asked += 1) {
        const answer = await ask(open(), email, '203.0.116.1')
        told.push(`${answer.status} ${answer.ok ? '' : await codeOf(answer)}`)
      }
      return told
    }
    const [known, unknown] = [
      await answers('member@flood.example'),
      await answers('nobody@flood.example'),
    ]
    expect(known).toEqual(unknown)
  })

  test('leaves no address of a network behind', async () => {
    const rows = await shop.sql(
      'select network from auronx.sign_in_attempts where network is not null',
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { network } of rows) expect(network).toMatch(/^[0-9a-f]{64}$/)
  })
})
