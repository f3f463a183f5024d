import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeAssert } from '../conversations/node-assert.fixture.ts'
import {
  createIds,
  createMemoryDatabase,
  createMemoryWork,
  staffActor,
  systemActor,
} from '../kernel/index.ts'
import { createFakeClock, createSeededRandom, runContract } from '../testing/index.ts'
import { canonicalJson } from './chain.ts'
import {
  auditContract,
  auditStart,
  createAuditLog,
  createAuditor,
  createMemoryAuditStore,
  verifyAudit,
} from './index.ts'
import type { AuditAnchor, AuditEvent, AuditSubject } from './index.ts'

function open(seed = 1) {
  const clock = createFakeClock()
  const random = createSeededRandom(seed)
  const ids = createIds(clock, random)
  const tenants = [ids.next('TenantId'), ids.next('TenantId')] as const
  const work = createMemoryWork(createMemoryDatabase(), (database, tenantId) => ({
    audit: createMemoryAuditStore(database, tenantId),
  }))
  return { clock, random, ids, tenants, work }
}

describe('the log in memory', () =>
  runContract(
    { test, assert: nodeAssert, open: async (): Promise<AuditSubject> => open() },
    auditContract,
  ))

interface Written {
  readonly lines: readonly string[]
  readonly head: AuditAnchor
}

async function write(count: number, seed = 1): Promise<Written> {
  const subject = open(seed)
  const actor = systemActor(subject.tenants[0])
  const auditor = createAuditor(subject)
  for (let index = 1; index <= count; index += 1) {
    const event: AuditEvent = {
      action: index % 2 === 0 ? 'contact.read' : 'order.confirmed',
      target: { type: 'contact', id: `c-${index}` },
      facts: { amountMinor: index * 100, currency: 'EUR' },
      ...(index % 2 === 0
        ? { personal: { subjectId: `c-${index}`, values: { phone: `1555010010${index}` } } }
        : {}),
    }
    await subject.work.run(actor.tenantId, (stores) => auditor.record(stores, actor, event))
  }
  const lines: string[] = []
  for await (const line of createAuditLog(subject.work).export(actor)) lines.push(line)
  const verdict = await verifyAudit(lines)
  if (verdict.kind !== 'intact') throw new Error(`broken: ${verdict.fault}`)
  return { lines, head: verdict.head }
}

let tampered = 0
afterAll(() => console.log(`Audit: ${tampered} tampered logs, 0 called intact`))

async function faultOf(lines: readonly string[], anchor?: AuditAnchor): Promise<string> {
  tampered += 1
  const verdict = await verifyAudit(lines, anchor === undefined ? {} : { anchor })
  return verdict.kind === 'broken' ? `${verdict.fault} at ${verdict.line}` : 'intact'
}

const without = (lines: readonly string[], at: number): readonly string[] => lines.toSpliced(at, 1)

describe('an exported log', () => {
  let written: Written
  beforeAll(async () => {
    written = await write(6)
  })

  const swap = (at: number, from: string | RegExp, to: string): readonly string[] => {
    const line = written.lines[at] ?? ''
    const changed = line.replace(from, to)
    expect(changed).not.toBe(line)
    return written.lines.with(at, changed)
  }

  test('does not verify when a member of an entry was changed', async () => {
    expect(await faultOf(swap(2, '"amountMinor":300', '"amountMinor":301'))).toBe('hash at 3')
    expect(await faultOf(swap(0, 'order.confirmed', 'order.cancelled'))).toBe('hash at 1')
    expect(await faultOf(swap(1, '"id":"c-2"', '"id":"c-9"'))).toBe('hash at 2')
    expect(await faultOf(swap(3, '"id":"system"', '"id":"member"'))).toBe('hash at 4')
    expect(await faultOf(swap(4, /"at":"20(\d\d)/, '"at":"19$1'))).toBe('hash at 5')
    expect(await faultOf(swap(4, /"hash":"(.)/, '"hash":"x'))).toBe('unreadable at 5')
    expect(await faultOf(swap(1, /"personalDigest":"[0-9a-f]{64}",/, ''))).toBe('hash at 2')
  })

  test('does not verify when personal values or their salt were changed, but when they are gone', async () => {
    expect(await faultOf(swap(1, '15550100102', '15550100103'))).toBe('personal at 2')
    expect(await faultOf(swap(1, /"salt":"./, '"salt":"x'))).toBe('personal at 2')
    const gone = swap(1, /,"personal":.*$/, '}')
    expect(await verifyAudit(gone)).toMatchObject({ kind: 'intact', erased: 1 })
  })

  test('does not verify with values added to an entry that had none', async () => {
    const added = swap(0, /}$/, ',"personal":{"salt":"00","subjectId":"x","values":{"a":"b"}}}')
    expect(await faultOf(added)).toBe('personal at 1')
  })

  test('does not verify with members that the hash does not cover', async () => {
    expect(await faultOf(swap(0, /}$/, ',"note":"innocent"}'))).toBe('unreadable at 1')
    expect(await faultOf(swap(0, '"entry":{', '"entry":{"approved":true,'))).toBe('unreadable at 1')
    const doubled = swap(0, '"amountMinor":100', '"amountMinor":999,"amountMinor":100')
    expect(await faultOf(doubled)).toBe('unreadable at 1')
  })

  test('does not verify when any line is missing', async () => {
    for (let at = 0; at < written.lines.length - 1; at += 1) {
      const next = at === written.lines.length - 2 ? 'end' : 'sequence'
      expect(await faultOf(without(written.lines, at))).toBe(`${next} at ${at + 1}`)
    }
    expect(await faultOf(written.lines.slice(0, -1))).toBe('end at 7')
    expect(await faultOf([])).toBe('end at 1')
  })

  test('does not verify in any other order', async () => {
    for (let at = 0; at < written.lines.length - 1; at += 1) {
      const [a = '', b = ''] = written.lines.slice(at, at + 2)
      expect(await faultOf(written.lines.toSpliced(at, 2, b, a))).not.toBe('intact')
    }
  })

  test('does not verify with a line doubled, or something behind its end', async () => {
    const [first = ''] = written.lines
    expect(await faultOf([first, ...written.lines])).toBe('sequence at 2')
    expect(await faultOf([...written.lines, first])).toBe('end at 8')
    expect(await faultOf([...written.lines, written.lines.at(-1) ?? ''])).toBe('end at 8')
  })

  test('does not verify with a part of another log', async () => {
    const other = await write(6, 2)
    expect(await faultOf(written.lines.with(3, other.lines[3] ?? ''))).toBe('foreign at 4')
    expect(await faultOf(written.lines.with(6, other.lines[6] ?? ''))).toBe('foreign at 7')
  })

  test('with its tail cut off and its end written anew shows only against an anchor', async () => {
    const shorter = await write(4)
    expect(await verifyAudit(shorter.lines)).toMatchObject({ kind: 'intact', entries: 4 })
    expect(await faultOf(shorter.lines, written.head)).toBe('anchor at 5')
    expect(await verifyAudit(written.lines, { anchor: shorter.head })).toMatchObject({
      kind: 'intact',
    })
  })

  test('that was rewritten as a whole shows only against an anchor', async () => {
    const forged = await write(6, 9)
    expect(await faultOf(forged.lines, written.head)).toBe('anchor at 6')
    const stale = { sequence: 0, hash: 'f'.repeat(64) }
    expect(await faultOf(written.lines, stale)).toBe('anchor at 7')
    expect(await verifyAudit(written.lines, { anchor: auditStart })).toMatchObject({
      kind: 'intact',
    })
  })

  test('may begin after a place that was checked before', async () => {
    const subject = open()
    const actor = systemActor(subject.tenants[0])
    const auditor = createAuditor(subject)
    const log = createAuditLog(subject.work)
    const add = () =>
      subject.work.run(actor.tenantId, (stores) =>
        auditor.record(stores, actor, { action: 'order.read', target: { type: 'order', id: '1' } }),
      )
    await add()
    const first = await verifyAudit(log.export(actor))
    if (first.kind !== 'intact') throw new Error(first.fault)
    await add()
    await add()
    const later = log.export(actor, { after: first.head })
    expect(await verifyAudit(later, { start: first.head })).toMatchObject({
      kind: 'intact',
      entries: 2,
      head: { sequence: 3 },
    })
    expect(await verifyAudit(log.export(actor, { after: first.head }))).toMatchObject({
      kind: 'broken',
      fault: 'sequence',
    })
  })

  test('does not verify with any single character of any entry replaced', async () => {
    const text = written.lines.slice(0, -1)
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: text.length - 1 }),
        fc.nat(),
        fc.constantFrom('0', '7', 'a', 'x', '"', '}', ' '),
        async (at, position, replacement) => {
          const line = text[at] ?? ''
          const where = position % line.length
          const changed = line.slice(0, where) + replacement + line.slice(where + 1)
          fc.pre(changed !== line)
          // The owner of personal values is found by, not proven: whoever can change it can delete the values as well.
          fc.pre(withoutSubject(changed) !== withoutSubject(line))
          expect(await faultOf(written.lines.with(at, changed))).not.toBe('intact')
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('recording', () => {
  test.each([
    ['an action without a verb', { action: 'order' }],
    ['an action in capitals', { action: 'Order.Read' }],
    ['a fraction', { facts: { amount: 1.5 } }],
    ['a long text', { facts: { note: 'x'.repeat(201) } }],
    ['NUL', { facts: { note: 'a\0b' } }],
    ['half a surrogate pair', { target: { type: 'order', id: '\uD800' } }],
  ])('refuses %s', async (_name, more) => {
    const subject = open()
    const event = { action: 'order.read', target: { type: 'order', id: '1' }, ...more }
    const actor = systemActor(subject.tenants[0])
    const auditor = createAuditor(subject)
    await expect(
      subject.work.run(actor.tenantId, (stores) => auditor.record(stores, actor, event)),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('gives the same personal values another digest each time', async () => {
    const { lines } = await write(8)
    const digests = lines.flatMap((line) => /"personalDigest":"([0-9a-f]+)"/.exec(line)?.[1] ?? [])
    expect(new Set(digests).size).toBe(4)
  })

  test('writes the same JSON whatever the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(value)
      }),
    )
  })
})

function withoutSubject(line: string): string {
  return line.replace(/"subjectId":"[^"]*"/, '')
}

test('who may not read the log neither pages, exports nor forgets', async () => {
  const subject = open()
  const log = createAuditLog(subject.work)
  const refused = { code: 'not_permitted' }
  for (const role of ['agent', 'viewer'] as const) {
    const actor = staffActor(subject.tenants[0], { id: 'm-1', role })
    await expect(log.page(actor, { after: 0, limit: 1 })).rejects.toMatchObject(refused)
    await expect(verifyAudit(log.export(actor))).rejects.toMatchObject(refused)
    await expect(log.forget(actor, 'c-1')).rejects.toMatchObject(refused)
  }
  const admin = staffActor(subject.tenants[0], { id: 'm-2', role: 'admin' })
  expect(await log.page(admin, { after: 0, limit: 1 })).toEqual([])
})
