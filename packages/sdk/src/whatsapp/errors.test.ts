import { expect, test } from 'vitest'
import { adviseOn, graphErrorRule, graphErrorRules, isDefinite } from './errors.ts'

const documented = [
  0, 190, 3, 10, 200, 299, 131005, 33, 100, 1, 2, 4, 80007, 130429, 131056, 131048, 131064, 131000,
  131016, 133004, 131057, 131008, 131009, 131051, 135000, 131021, 131020, 131041, 131059, 131026,
  130472, 131030, 131037, 131042, 131045, 131031, 368, 130497, 131047, 131049, 131050, 131052,
  131053, 131035, 131036, 131055, 131060, 131062, 131063, 132000, 132001, 132005, 132007, 132012,
  132015, 132016, 132068, 132069, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016,
  134011, 134100, 134101, 134102, 137000, 131200, 131299, 138006, 139100, 147001, 147005, 2388019,
  2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 2593002, 2593107, 2593108, 2593109, 2494191,
]

test.each(documented)('code %i has a rule', (code) => {
  expect(graphErrorRule(code)?.meaning).toBeTruthy()
})

test('no code has two rules', () => {
  const codes = graphErrorRules.flatMap((rule) => rule.codes)
  const single = codes.filter((code) => typeof code === 'number')
  expect(new Set(single).size).toBe(single.length)
  for (const range of codes) {
    if (typeof range === 'number') continue
    const owner = graphErrorRules.find((rule) => rule.codes.includes(range))
    const inside = single.filter((code) => range[0] <= code && code <= range[1])
    expect(inside.map((code) => graphErrorRule(code))).toEqual(inside.map(() => owner))
  }
})

const classes = [
  ['an expired token stops the channel', 190, 'stop_channel'],
  ['a missing permission stops the channel', 200, 'stop_channel'],
  ['a payment problem stops the channel', 131042, 'stop_channel'],
  ['a locked account stops the channel', 131031, 'stop_channel'],
  ['a throughput limit is retried', 130429, 'retry'],
  ['an outage is retried', 131016, 'retry'],
  ['a closed window needs a template', 131047, 'template'],
  ['an undeliverable message leads to suppression', 131026, 'suppress'],
  ['a marketing opt-out leads to suppression', 131050, 'suppress'],
  ['a wrong parameter fails', 131009, 'fail'],
  ['a template mismatch alerts', 132000, 'alert'],
  ['a wrong PIN alerts and is never retried', 133008, 'alert'],
] as const
test.each(classes)('%s (%i)', (_title, code, action) => {
  expect(adviseOn({ code }).action).toBe(action)
})

test.each([131049, 131064, 132069, 134101])(
  'what only concerns one message (%i) is never held: the customer’s next answers would wait behind it',
  (code) => {
    expect(['fail', 'alert']).toContain(adviseOn({ code }).action)
  },
)

test('the pair limit backs off by powers of four seconds, for the recipient alone', () => {
  expect(adviseOn({ code: 131056 })).toMatchObject({
    afterMs: 4_000,
    factor: 4,
    scope: 'recipient',
  })
})

test('a longer wait asked for by Graph wins, a shorter one does not', () => {
  expect(adviseOn({ code: 80007, waitMs: 600_000 })).toMatchObject({ afterMs: 600_000 })
  expect(adviseOn({ code: 80007, waitMs: 1 })).toMatchObject({ afterMs: 60_000 })
})

test('an unknown number id is the channel, another wrong parameter the message', () => {
  expect(adviseOn({ code: 100, subcode: 33 }).action).toBe('stop_channel')
  expect(adviseOn({ code: 100 }).action).toBe('fail')
  expect(adviseOn({ code: 100, subcode: 2593002 })).toEqual({ action: 'alert', topic: 'template' })
})

test('an unknown code fails unless Graph calls it transient', () => {
  expect(adviseOn({ code: 987_654 }).action).toBe('fail')
  expect(adviseOn({ code: 987_654, isTransient: true }).action).toBe('retry')
})

test('an error with status 500 is certain only with a code that says so', () => {
  expect([131016, 2, 131045, 190].map((code) => isDefinite(code, 500))).toEqual(Array(4).fill(true))
  expect([1, 131000, 987_654].map((code) => isDefinite(code, 500))).toEqual([false, false, false])
  expect(isDefinite(987_654, 400)).toBe(true)
})
