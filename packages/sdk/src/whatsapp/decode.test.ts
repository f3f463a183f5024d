import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scrub, sendOutcomeOf } from './decode.ts'

const phone = '15550100123'

describe('accepted', () => {
  test('with an id, and the number as the provider knows it', () => {
    const body = { contacts: [{ input: '+5551', wa_id: '999551' }], messages: [{ id: 'wamid.1' }] }
    expect(sendOutcomeOf(answer(200, body))).toEqual({
      kind: 'accepted',
      providerMessageId: 'wamid.1',
      waId: '999551',
    })
  })

  test('with the user id when sent to one', () => {
    const body = { contacts: [{ user_id: 'US.1' }], messages: [{ id: 'wamid.1' }] }
    expect(sendOutcomeOf(answer(200, body))).toMatchObject({ userId: 'US.1' })
  })

  test('without contacts', () => {
    expect(sendOutcomeOf(answer(200, { messages: [{ id: 'wamid.1' }] })).kind).toBe('accepted')
  })
})

test.each([
  ['200 without a body', 200, undefined, 'no_message_id'],
  ['200 with success alone', 200, { success: true }, 'no_message_id'],
  ['200 with an empty id', 200, { messages: [{ id: '' }] }, 'no_message_id'],
  ['200 with a null message', 200, { messages: [null] }, 'no_message_id'],
  ['a redirect', 302, undefined, 'http_302'],
  ['502 with HTML', 502, undefined, 'http_502'],
  ['500 with code 1', 500, { error: { code: 1 } }, 'http_500'],
  ['500 with a code nobody knows', 500, { error: { code: 987654 } }, 'http_500'],
  ['408', 408, undefined, 'http_408'],
])('%s is unknown', (_name, status, body, reason) => {
  expect(sendOutcomeOf(answer(status, body))).toEqual({ kind: 'unknown', reason })
})

test('an answer that was lost is unknown, for its reason', () => {
  expect(sendOutcomeOf({ kind: 'lost', reason: 'timeout' })).toEqual({
    kind: 'unknown',
    reason: 'timeout',
  })
})

test.each([
  ['400 without JSON', 400, undefined, 'http_400', 'retry'],
  ['401 without JSON', 401, undefined, 'http_401', 'stop_channel'],
  ['200 with an error', 200, { error: { code: 131047 } }, 131047, 'template'],
  ['a rate limit, which has status 400', 400, { error: { code: 130429 } }, 130429, 'retry'],
  ['a code given as text', 400, { error: { code: '190' } }, 190, 'stop_channel'],
  ['500 with a code that says enough', 500, { error: { code: 131016 } }, 131016, 'retry'],
  ['503 of a service that is down', 503, { error: { code: 2 } }, 2, 'retry'],
])('%s is refused', (_name, status, body, code, action) => {
  expect(sendOutcomeOf(answer(status, body))).toMatchObject({
    kind: 'refused',
    code,
    advice: { action },
  })
})

test('a wait that Graph asks for is kept', () => {
  const outcome = sendOutcomeOf({ ...answer(400, { error: { code: 4 } }), waitMs: 900_000 })
  expect(outcome).toMatchObject({ advice: { afterMs: 900_000 } })
})

test('the detail names code, meaning, cause and trace, and nobody', () => {
  const error = {
    code: 132000,
    error_subcode: 12,
    message: `(#132000) for ${phone}`,
    error_data: { details: `body: number of params (1) does not match (2) for +${phone}, 'Ana'` },
    fbtrace_id: 'Abc-1',
  }
  const outcome = sendOutcomeOf(answer(400, { error }))
  const detail = outcome.kind === 'refused' ? outcome.detail : ''
  expect(detail).toContain('132000/12: template and values do not fit')
  expect(detail).toContain('body: number of params (1) does not match (2)')
  expect(detail).toContain('trace Abc-1')
  expect(detail).not.toMatch(/5550100|Ana/)
})

test.each([
  ['digits of a phone', 'to +1 (555) 010-0123 failed', 'to … failed'],
  ['mail addresses', 'to ana@example.com failed', 'to … failed'],
  ['addresses', 'link https://example.com/a?b failed', 'link … failed'],
  ['quotations', 'value "Ana" or \'Ana\' is wrong', 'value … or … is wrong'],
  ['other scripts', 'value قهوة is wrong', 'value   is wrong'],
  [
    'not the names of members',
    "Param text['body'] must be at most 4096 long",
    "Param text['body'] must be at most 4096 long",
  ],
])('scrubs %s', (_name, sentence, expected) => {
  expect(scrub(sentence)).toBe(expected)
})

const fixtures = join(import.meta.dirname, '../../../../../shared/fixtures/whatsapp')
if (!existsSync(fixtures)) console.info('Graph fixtures are absent; their test is skipped')

test.skipIf(!existsSync(fixtures))('every recorded Graph answer is decoded as what it is', () => {
  const counts = { accepted: 0, refused: 0 }
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((one) => one.endsWith('.json'))) {
    const body: unknown = JSON.parse(readFileSync(join(fixtures, file), 'utf8'))
    if (typeof body !== 'object' || body === null) continue
    const isError = 'error' in body
    const isSend = 'messages' in body && 'messaging_product' in body && !('metadata' in body)
    if (isError) expect(sendOutcomeOf(answer(400, body)).kind, file).toBe('refused')
    if (isError) counts.refused += 1
    if (!isError && isSend) expect(sendOutcomeOf(answer(200, body)).kind, file).toBe('accepted')
    if (!isError && isSend) counts.accepted += 1
  }
  console.info(`recorded Graph answers: ${JSON.stringify(counts)}`)
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(0)
})

function answer(status: number, body: unknown) {
  return { kind: 'answered', status, body } as const
}
