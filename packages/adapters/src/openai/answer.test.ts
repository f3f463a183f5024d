import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAnswer, tokensOf } from './answer.ts'
import { callItem, messageItem, responseWith, textPart } from './provider.fixture.ts'

const call = { callId: 'call_1', name: 'find_order', arguments: '{"order":"o1"}' }
const said = messageItem(textPart('Hello'))
const malformed = { kind: 'failed', reason: 'malformed' }

describe('what an answer means', () => {
  test('several messages are paragraphs, several parts one text', () => {
    const two = messageItem(textPart('Two'), { content: [textPart('Tw'), textPart('o')] })
    expect(decodeAnswer(responseWith([said, two]))).toMatchObject({ text: 'Hello\n\nTwo' })
  })

  test('text beside a call is kept for both', () => {
    expect(decodeAnswer(responseWith([said, callItem(call)]))).toMatchObject({
      text: 'Hello',
      toolCalls: [call],
      continuation: [{ kind: 'continuation' }, { kind: 'tool_call', ...call }],
    })
  })

  test('commentary is not meant for the customer', () => {
    const aside = messageItem(textPart('Thinking'), { phase: 'commentary' })
    const final = messageItem(textPart('Done'), { phase: 'final_answer' })
    expect(decodeAnswer(responseWith([aside, final]))).toMatchObject({ text: 'Done' })
  })

  test('output of a kind that is new is left out', () => {
    const fresh = { type: 'hologram', id: 'h_1', content: 'x' }
    expect(decodeAnswer(responseWith([fresh, said]))).toMatchObject({ text: 'Hello' })
    const part = messageItem(
      { type: 'output_hologram' },
      { content: [{ type: 'new' }, textPart('A')] },
    )
    expect(decodeAnswer(responseWith([part]))).toMatchObject({ text: 'A' })
  })

  test('a refusal outweighs what was said before it', () => {
    const no = messageItem({ type: 'refusal', refusal: 'No.' })
    expect(decodeAnswer(responseWith([said, no])).kind).toBe('refused')
  })

  test.each([
    ['no output', responseWith([])],
    ['an empty text', responseWith([messageItem(textPart(''))])],
    ['commentary alone', responseWith([messageItem(textPart('Hm'), { phase: 'commentary' })])],
    ['output that is no list', responseWith([], { output: 'Hello' })],
    ['a message without parts', responseWith([messageItem({}, { content: 'Hello' })])],
    ['a message that is cut off', responseWith([{ ...said, status: 'incomplete' }])],
    ['a call that is cut off', responseWith([{ ...callItem(call), status: 'incomplete' }])],
    ['a call without an id', responseWith([callItem({ ...call, callId: '' })])],
    ['a call without a name', responseWith([callItem({ ...call, name: '' })])],
    ['a call whose arguments are no JSON', responseWith([callItem({ ...call, arguments: '{' })])],
    ['a call whose arguments are an object', responseWith([{ ...callItem(call), arguments: {} }])],
    [
      'a good call beside a broken one',
      responseWith([callItem(call), callItem({ ...call, name: '' })]),
    ],
    ['a status that is new', responseWith([said], { status: 'paused' })],
    ['no status', responseWith([said], { status: undefined })],
    ['an answer that is still being made', responseWith([said], { status: 'in_progress' })],
    ['a list', [said]],
    ['nothing', undefined],
  ])('%s is malformed', (_name, body) => {
    expect(decodeAnswer(body)).toEqual(malformed)
  })

  test.each([
    ['rate_limit_exceeded', 'rate_limited'],
    ['server_error', 'unavailable'],
    ['invalid_prompt', 'rejected'],
    [undefined, 'rejected'],
  ])('a failure that the provider calls %s is %s', (code, reason) => {
    const body = responseWith([], { status: 'failed', error: { code, message: 'You said Hello' } })
    expect(decodeAnswer(body)).toEqual({ kind: 'failed', reason })
  })

  test('cut off by a filter or by length, no part of it is used', () => {
    for (const reason of ['content_filter', 'max_output_tokens']) {
      const body = responseWith([said, callItem(call)], {
        status: 'incomplete',
        incomplete_details: { reason },
      })
      const usage = { input: 10, cachedInput: 0, output: 5 }
      expect(decodeAnswer(body)).toEqual({ kind: 'incomplete', usage })
    }
  })
})

describe('tokens', () => {
  test('are zero where none are reported', () => {
    const none = { input: 0, cachedInput: 0, cacheWrite: 0, output: 0 }
    for (const usage of [undefined, null, {}, { input_tokens: 'many', output_tokens: -1 }]) {
      expect(tokensOf({ usage })).toEqual(none)
    }
  })

  test('never have more parts than a whole', () => {
    const details = { cached_tokens: 90, cache_write_tokens: 90 }
    const usage = { input_tokens: 100, input_tokens_details: details, output_tokens: 1 }
    expect(tokensOf({ usage })).toEqual({ input: 100, cachedInput: 90, cacheWrite: 10, output: 1 })
  })
})

test('whatever comes, an answer is text or calls whose arguments are JSON', () => {
  const items = fc.oneof(
    fc.jsonValue(),
    fc.constant(said),
    fc.constant(callItem(call)),
    fc.record(
      {
        type: fc.constantFrom('message', 'function_call', 'reasoning'),
        call_id: fc.string(),
        name: fc.string(),
        arguments: fc.oneof(fc.string(), fc.json()),
        content: fc.jsonValue(),
        encrypted_content: fc.jsonValue(),
      },
      { requiredKeys: ['type'] },
    ),
  )
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.array(items, { maxLength: 4 }).map((output) => responseWith(output)),
  )
  fc.assert(
    fc.property(bodies, (body) => {
      const reply = decodeAnswer(body)
      if (reply.kind !== 'answered') return
      expect(reply.text !== '' || reply.toolCalls.length > 0).toBe(true)
      for (const one of reply.toolCalls) JSON.parse(one.arguments)
    }),
    { numRuns: 1_000 },
  )
})
