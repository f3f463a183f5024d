import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createServerLogger } from '../src/logging.ts'
import { redact } from '../src/redact.ts'

const secret = '+15550100123'
const keys = [
  'phone',
  'to',
  'from',
  'waId',
  'wa_id',
  'displayName',
  'name',
  'username',
  'body',
  'accessToken',
  'email',
  'Authorization',
  'messageText',
  'appSecret',
  'recipient',
]

test('a value under a telling key is masked at any depth and inside arrays', () => {
  const path = fc.array(fc.constantFrom('a', 'list', 'deep'), { maxLength: 12 })
  fc.assert(
    fc.property(fc.constantFrom(...keys), path, fc.boolean(), (key, steps, inArray) => {
      const start: unknown = { [key]: inArray ? [secret] : secret }
      const nested = steps.reduce<unknown>(
        (inner, step) => (step === 'list' ? { list: [inner] } : { [step]: inner }),
        start,
      )
      expect(JSON.stringify(redact({ nested }))).not.toContain(secret)
    }),
  )
})

test('ids, counts and codes stay readable', () => {
  expect(redact({ events: 3, code: 'timeout', tenantId: 'x', list: [{ count: 1 }] })).toEqual({
    events: 3,
    code: 'timeout',
    tenantId: 'x',
    list: [{ count: 1 }],
  })
})

test('a log line is one JSON object with level, time and message, without the masked values', () => {
  const lines: string[] = []
  const logger = createServerLogger('info', { write: (line) => void lines.push(line) })
  logger.debug('unheard')
  logger.info('sent', { to: secret, attempts: 2 })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 30,
    msg: 'sent',
    to: '[hidden]',
    attempts: 2,
  })
  expect(lines[0]).not.toContain(secret)
})
