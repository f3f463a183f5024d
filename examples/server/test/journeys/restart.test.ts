import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startProcess } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import { eventually, openShop, signIn } from './shop.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-restart-'))
let running: ServerProcess | undefined
afterAll(async () => {
  await running?.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
})

const start = async (): Promise<ServerProcess> => {
  running = await startProcess({ PORT: '0', AURONX_DATA_DIR: dataDir })
  return running
}

test('after kill -9 conversations, orders and the phone are there and go on', async () => {
  const first = await start()
  expect(first.output().match(/http\S+/g), 'exactly one address is printed').toHaveLength(1)
  const desk = await signIn(first.url, first.link)
  const phone = phoneOf(first.url, desk.cookie)
  const customer = await phone.create('Rita Restart')
  await phone.say(customer, 'flat white')
  await eventually(
    async () => (await desk.conversations()).some(({ preview }) => preview.includes('Flat white')),
    'an answer',
  )
  await eventually(
    () => readFileSync(path.join(dataDir, 'simulator.json'), 'utf8').includes('3.50'),
    'the phone on disk',
  )
  await first.end('SIGKILL')

  const second = await start()
  const again = await signIn(second.url, second.link)
  const [conversation] = await again.conversations()
  expect(conversation).toMatchObject({ name: 'Rita Restart' })
  const thread = await again.thread(conversation?.id ?? '')
  expect(thread.messages.map(({ direction }) => direction)).toEqual(['in', 'out'])
  const phoneAgain = phoneOf(second.url, again.cookie)
  await phoneAgain.say(customer, 'menu')
  await eventually(
    async () => (await again.thread(conversation?.id ?? '')).messages.length === 4,
    'the next answer',
  )
  expect(await second.end('SIGTERM')).toBe(0)
})

test('a graceful stop answers what is in hand, and a restart finds everything', async () => {
  const shop = await openShop()
  const ana = shop.customer({ name: 'Ana Stop' })
  ana.say('hello')
  await ana.hears(/Welcome/)
  const later = await shop.restart()
  const [conversation] = await later.desk.conversations()
  expect(conversation?.name).toBe('Ana Stop')
  expect(later.simulator.customers.list().map(({ name }) => name)).toContain('Ana Stop')
  await later.close()
})

/** The simulated phone over its own HTTP interface, as its page uses it. */
function phoneOf(url: string, cookie: string) {
  const post = async (pathname: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/phone/api/customers${pathname}`, {
      method: 'POST',
      headers: {
        cookie,
        origin: url,
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`The phone answered ${response.status}`)
    return response.status === 204 ? undefined : response.json()
  }
  return {
    async create(name: string): Promise<string> {
      const created = await post('', { name, phone: '15550100150' })
      if (typeof created !== 'object' || created === null || !('id' in created))
        throw new Error('No customer')
      return String(created.id)
    },
    say: (id: string, body: string) => post(`/${id}/text`, { text: body }),
  }
}
