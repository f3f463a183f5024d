import { expect, test } from 'vitest'
import { createAuronx } from './auronx.ts'
import { degrade } from './outbox/index.ts'
import { openSpine } from './spine.fixture.ts'
import { createFakeClock, createFakeMessenger, createMemoryStorage } from './testing/index.ts'

test('what typed numbers choose is kept with a menu that left as numbered text', async () => {
  const rows = Array.from({ length: 12 }, (_none, index) => ({
    id: `id-${index}`,
    title: `${index}`,
  }))
  const menu = degrade(
    { kind: 'list', body: 'Which one?', button: 'See', sections: [{ rows }] },
    { listButton: 'See' },
  )
  const plain = degrade({ kind: 'text', body: 'Anything else?' }, { listButton: 'See' })
  const spine = await openSpine({
    respond: async () => ({ author: 'menu', trace: [], messages: [plain, menu] }),
  })
  await spine.say('hi')
  const [second, first] = await spine.thread()
  expect(spine.messenger.sent.map(({ message }) => message)).toEqual([plain.message, menu.message])
  expect(second?.content).toEqual({ kind: 'outbound', ...menu })
  expect(first?.content).toEqual({ kind: 'outbound', message: plain.message })
})

test('pruning goes on until nothing old is left, however much came in', async () => {
  const storage = createMemoryStorage()
  const pruned = [1_000, 1_000, 1_000, 7]
  const prune = async (): Promise<number> => pruned.shift() ?? 0
  const auronx = createAuronx({
    storage: { ...storage, inbox: { ...storage.inbox, prune } },
    messenger: createFakeMessenger(),
    clock: createFakeClock(),
  })
  await auronx.work({ maxMs: 1_000 })
  expect(pruned).toEqual([])
})
