import { describe, expect, test } from 'vitest'
import type { InboundEvent } from './event.ts'
import type { SeededRandom } from './mutate.ts'
import { createSeededRandom, mutate } from './mutate.ts'
import { readOwnFixtures, readSharedFixtures } from './node-fixtures.ts'
import { readFields, readList } from './narrow.ts'
import { parseWebhook } from './parse.ts'
import {
  accountValueSchemas,
  envelopeSchema,
  identifiedItemSchema,
  messageContentSchema,
} from './schema.ts'

const bodies = [...readOwnFixtures(), ...(readSharedFixtures() ?? [])]
const identityTypes: readonly unknown[] = [
  'user_changed_number',
  'customer_changed_number',
  'user_changed_user_id',
]

/** What the schemas say about one item of a list; undefined for lists they say nothing about. */
function judgeItem(member: string, item: unknown): string | undefined {
  const identified = identifiedItemSchema.safeParse(item).success
  if (member === 'statuses' || member === 'calls') return identified ? 'known' : 'unknown'
  if (member !== 'messages' && member !== 'message_echoes') return undefined
  if (!identified) return 'unknown'
  const content = messageContentSchema.safeParse(item)
  if (!content.success) return 'content unknown'
  const isIdentity =
    content.data.type === 'system' && identityTypes.includes(content.data.system['type'])
  return isIdentity && member === 'messages' ? 'identity' : 'known'
}

function judgeEvent(event: InboundEvent | undefined): string | undefined {
  if (event === undefined || event.kind === 'unknown' || event.kind === 'identity')
    return event?.kind
  const isMessage = event.kind === 'message' || event.kind === 'echo'
  return isMessage && event.content.type === 'unknown' ? 'content unknown' : 'known'
}

interface Comparison {
  readonly compared: number
  readonly differences: readonly string[]
}

/** Compares both readings of a body: one line per disagreement, and how many judgements there were. */
function compare(text: string): Comparison {
  const body: unknown = JSON.parse(text)
  if (!envelopeSchema.safeParse(body).success) return { compared: 0, differences: [] }
  const judged = readList(readFields(body)['entry']).flatMap((entry) =>
    readList(readFields(entry)['changes']).flatMap((change) => compareChange(entry, change)),
  )
  return { compared: judged.length, differences: judged.filter((line) => line !== '') }
}

function compareChange(entry: unknown, change: unknown): string[] {
  const { field, value } = readFields(change)
  const { id, time } = readFields(entry)
  const { events } = parseWebhook(JSON.stringify({ entry: [{ id, time, changes: [change] }] }))
  const schema = accountValueSchemas.get(String(field))
  if (schema !== undefined) {
    const expected = schema.safeParse(value).success ? 'known' : 'unknown'
    return [report(String(field), expected, judgeEvent(events[0]))]
  }
  if (field !== 'messages' && field !== 'smb_message_echoes') return []
  const lists = Object.entries(readFields(value)).filter(([member]) => itemLists.includes(member))
  const items = lists.flatMap(([member, list]) => readList(list).map((item) => ({ member, item })))
  return items.flatMap(({ member, item }, index) => {
    const expected = judgeItem(member, item)
    return expected === undefined ? [] : [report(member, expected, judgeEvent(events[index]))]
  })
}

function report(what: string, expected: string, found: string | undefined): string {
  return expected === found ? '' : `${what}: schema ${expected}, narrowing ${found}`
}

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

/** The body with the value of its first change mutated, so that its envelope stays readable. */
function mutateValues(text: string, random: SeededRandom): string {
  const body = readFields(JSON.parse(text))
  const entry = readFields(readList(body['entry'])[0])
  const change = readFields(readList(entry['changes'])[0])
  const changes = [{ ...change, value: mutate(change['value'] ?? {}, random) }]
  return JSON.stringify({ ...body, entry: [{ ...entry, changes }] })
}

describe('the hand-written narrowing and the zod schemas', () => {
  test('agree on every fixture about what can be read', () => {
    let compared = 0
    for (const { name, text } of bodies) {
      const result = compare(text)
      expect([name, result.differences]).toEqual([name, []])
      compared += result.compared
    }
    expect(compared).toBeGreaterThan(120)
  })

  test('agree on 3,000 mutated bodies', () => {
    const seed = 20_261_124
    const random = createSeededRandom(seed)
    let compared = 0
    for (let round = 0; round < 3000; round += 1) {
      const body = bodies[round % bodies.length]
      if (body === undefined) continue
      const text = mutateValues(body.text, random)
      const result = compare(text)
      expect({ seed, round, body: body.name, differences: result.differences }).toEqual({
        seed,
        round,
        body: body.name,
        differences: [],
      })
      compared += result.compared
    }
    expect(compared).toBeGreaterThan(1000)
  })
})
