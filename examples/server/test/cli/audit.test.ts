import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAuditLog, createAuditor, createIds, systemActor } from '@auronx/sdk'
import {
  createFakeClock,
  createMemoryAuditStore,
  createMemoryDatabase,
  createMemoryWork,
  createSeededRandom,
} from '@auronx/sdk/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type } from './terminal.ts'

let folder: string
let lines: readonly string[]
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'auronx-audit-'))
  lines = await writeLog(5)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function writeLog(count: number): Promise<readonly string[]> {
  const clock = createFakeClock()
  const random = createSeededRandom(5)
  const actor = systemActor(createIds(clock, random).next('TenantId'))
  const work = createMemoryWork(createMemoryDatabase(), (database, tenantId) => ({
    audit: createMemoryAuditStore(database, tenantId),
  }))
  const auditor = createAuditor({ clock, random })
  for (let index = 0; index < count; index += 1)
    await work.run(actor.tenantId, (stores) =>
      auditor.record(stores, actor, {
        action: 'contact.read',
        target: { type: 'contact', id: `c-${index}` },
        personal: { subjectId: `c-${index}`, values: { phone: `+1555010${index}` } },
      }),
    )
  const written: string[] = []
  for await (const line of createAuditLog(work).export(actor)) written.push(line)
  return written
}

const verify = (given: readonly string[], ...more: readonly string[]) => {
  const file = path.join(folder, 'log.jsonl')
  writeFileSync(file, `${given.join('\n')}\n`)
  return type(['audit', 'verify', file, ...more])
}

test('a log as it was exported is intact, and its head is an anchor for next time', async () => {
  const said = await verify(lines)
  expect(said).toMatchObject({ code: 0, error: [] })
  expect(said.out[0]).toMatch(/^intact: 5 entries of /)
  const anchor = /--anchor (\S+)$/.exec(said.out[1] ?? '')?.[1] ?? ''
  expect(await verify(lines, '--anchor', anchor)).toMatchObject({ code: 0 })
})

test.each([
  {
    what: 'changed entry',
    at: 2,
    fault: 'changed',
    spoil: (all: readonly string[]) => all.with(1, (all[1] ?? '').replace('c-1', 'c-9')),
  },
  {
    what: 'changed personal value',
    at: 3,
    fault: 'personal',
    spoil: (all: readonly string[]) =>
      all.with(2, (all[2] ?? '').replace('+15550102', '+15550109')),
  },
  {
    what: 'removed entry',
    at: 3,
    fault: 'missing',
    spoil: (all: readonly string[]) => all.toSpliced(2, 1),
  },
  {
    what: 'doubled entry',
    at: 3,
    fault: 'doubled',
    spoil: (all: readonly string[]) => all.toSpliced(2, 0, all[1] ?? ''),
  },
  {
    what: 'moved entry',
    at: 2,
    fault: 'not in its place',
    spoil: (all: readonly string[]) => [all[0] ?? '', all[2] ?? '', all[1] ?? '', ...all.slice(3)],
  },
  {
    what: 'cut-off end',
    at: 5,
    fault: 'end is missing',
    spoil: (all: readonly string[]) => all.slice(0, 4),
  },
  {
    what: 'cut-off entry before the end',
    at: 5,
    fault: 'end is missing',
    spoil: (all: readonly string[]) => all.toSpliced(4, 1),
  },
  {
    what: 'line of something else',
    at: 1,
    fault: 'no entry',
    spoil: (all: readonly string[]) => ['{}', ...all],
  },
])('a $what is found, and where', async ({ spoil, at, fault }) => {
  const said = await verify(spoil(lines))
  expect(said).toMatchObject({ code: 1, out: [] })
  expect(said.error[0]).toMatch(new RegExp(`^BROKEN in line ${at}: .*${fault}`))
})

test('a log that was cut off and ended anew is found by the anchor only', async () => {
  const anchor = /--anchor (\S+)$/.exec((await verify(lines)).out[1] ?? '')?.[1] ?? ''
  const shorter = await writeLog(4)
  expect(await verify(shorter)).toMatchObject({ code: 0 })
  const said = await verify(shorter, '--anchor', anchor)
  expect(said.code).toBe(1)
  expect(said.error[0]).toContain('anchor')
})

test.each([
  { words: ['audit', 'verify'], message: 'Name the file' },
  { words: ['audit', 'verify', '/no/such/file'], message: 'cannot be read' },
  { words: ['audit', 'verify', 'x', '--anchor', '7'], message: '--anchor is' },
  { words: ['audit', 'verify', 'x', '--force'], message: '--force is not understood' },
  { words: ['audit', 'export', 'me', 'file'], message: 'is a UUID' },
])('$words is answered with what is missing', async ({ words, message }) => {
  const said = await type(words)
  expect(said.code).toBe(2)
  expect(said.error.join('\n')).toContain(message)
})

test('no verb, or an unknown one, is answered with all of them', async () => {
  const said = await type(['invent'])
  expect(said.code).toBe(2)
  expect(said.error.join('\n')).toContain('auronx keys rotate [--renew]')
})
