import { describe, expect, test } from 'vitest'
import type { InboundEvent } from './event.ts'
import { isFields, readFields, readList } from './narrow.ts'
import { readOwnFixtures, readSharedFixtures } from './node-fixtures.ts'
import { parseWebhook } from './parse.ts'
import { verifySignature } from './signature.ts'

const shared = readSharedFixtures()
if (shared === undefined) {
  process.stderr.write('Absent: ../shared/fixtures/whatsapp; only our own fixtures are checked\n')
}
const webhooks = [...readOwnFixtures(), ...(shared ?? [])].filter(({ text }) =>
  Array.isArray(readFields(JSON.parse(text))['entry']),
)
const itemLists: readonly string[] = [
  'messages',
  'statuses',
  'message_echoes',
  'errors',
  'calls',
  'groups',
  'state_sync',
  'user_preferences',
  'user_id_update',
]

/** Counts the items of a body without the parser: by the names of Meta's lists, one for a value without any. */
function countItems(body: unknown): number {
  let count = 0
  for (const entry of readList(readFields(body)['entry'])) {
    for (const change of readList(readFields(entry)['changes'])) {
      count += countValue(readFields(readFields(change)['value']))
    }
  }
  return count
}

function countValue(value: Readonly<Record<string, unknown>>): number {
  const own = itemLists.reduce((sum, name) => sum + readList(value[name]).length, 0)
  const history = readList(value['history']).reduce(
    (sum: number, piece) => sum + countPiece(piece),
    0,
  )
  const standby = value['standby']
  if (isFields(standby)) return own + countStandby(standby)
  return own + history === 0 ? 1 : own + history
}

function countStandby(standby: Readonly<Record<string, unknown>>): number {
  return itemLists.reduce((sum, name) => sum + readList(standby[name]).length, 0)
}

function countPiece(piece: unknown): number {
  const threads = readList(readFields(piece)['threads'])
  const errors = readList(readFields(piece)['errors']).length
  return threads.reduce(
    (sum: number, one) => sum + readList(readFields(one)['messages']).length,
    errors,
  )
}

function countEvent(event: InboundEvent): number {
  return event.kind === 'history' ? event.items.length + event.errors.length : 1
}

describe('every webhook body at hand', () => {
  test('there are some', () => {
    expect(webhooks.length).toBeGreaterThan(shared === undefined ? 90 : 300)
  })

  test.each(webhooks)('$name loses no item', ({ text }) => {
    const body: unknown = JSON.parse(text)
    if (readFields(body)['object'] === 'page') return
    const { events, unreadable } = parseWebhook(text)
    expect(unreadable).toBeUndefined()
    const counted = events.reduce((sum, event) => sum + countEvent(event), 0)
    const unfamiliar = events.filter((e) => e.kind === 'unknown' && e.reason === 'member_unknown')
    expect(counted - unfamiliar.length).toBe(countItems(body))
    expect(JSON.parse(JSON.stringify(events))).toEqual(events)
  })
})

test.skipIf(shared === undefined)(
  'every collected file that is no webhook is answered, never thrown',
  () => {
    for (const { text } of shared ?? []) parseWebhook(text)
  },
)

test.skipIf(shared === undefined)('the collected signature vectors are right', () => {
  const vectors: unknown = JSON.parse(
    shared?.find(({ name }) => name === 'signature-vectors')?.text ?? '{}',
  )
  const list = readList(readFields(vectors)['x_hub_signature_256']).map(readFields)
  expect(list.length).toBeGreaterThan(0)
  for (const vector of list) {
    const [body, header, secret] = [vector['body'], vector['header'], vector['secret']].map(String)
    expect(verifySignature(body ?? '', header, [secret ?? ''])).toEqual({
      kind: 'verified',
      secretIndex: 0,
    })
  }
})
