import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@auronx/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRootKeyFile, readRootKeyFile } from './index.ts'

const random = createRandom()
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'auronx-keys-'))
  file = join(folder, 'data', 'root-keys')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const revealed = async (keys: ReturnType<typeof readRootKeyFile>) =>
  (await keys).map(({ version, bytes }) => [version, Buffer.from(bytes.reveal()).toString('hex')])

test('is made once, for this user only, and read from then on', async () => {
  const first = await revealed(openRootKeyFile({ file, random }))
  expect(first).toEqual([[1, expect.stringMatching(/^[0-9a-f]{64}$/)]])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await revealed(openRootKeyFile({ file, random }))).toEqual(first)
  expect(await revealed(readRootKeyFile({ file }))).toEqual(first)
})

test('is the same for all who make it at once, and nothing else is left', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, () => revealed(openRootKeyFile({ file, random }))),
  )
  expect(new Set(all.map((keys) => JSON.stringify(keys))).size).toBe(1)
  expect(readdirSync(join(folder, 'data'))).toEqual(['root-keys'])
})

test('takes a second version beside the first', async () => {
  await openRootKeyFile({ file, random })
  const second = Buffer.from(random.bytes(32)).toString('base64')
  writeFileSync(file, `${readFileSync(file, 'utf8')}2:${second}\n`)
  expect((await readRootKeyFile({ file })).map(({ version }) => version)).toEqual([1, 2])
})

test.each([
  ['is missing', () => undefined],
  ['is empty', () => writeFileSync(file, '')],
  ['holds something else', () => writeFileSync(file, '1:hunter2\n')],
  ['may be read by others', () => chmodSync(file, 0o644)],
  ['may be read by the group', () => chmodSync(file, 0o640)],
])('is refused in one line when it %s', async (name, spoil) => {
  if (name !== 'is missing') await openRootKeyFile({ file, random })
  spoil()
  const error: unknown = await readRootKeyFile({ file }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'invalid_config' })
  expect(error instanceof Error ? error.message : '').toMatch(/^The file of the root keys [^\n]+$/)
  expect(String(error)).not.toContain('hunter2')
})
