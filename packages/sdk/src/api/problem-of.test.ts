import { describe, expect, test } from 'vitest'
import { AuronxError, errorCodes } from '../kernel/index.ts'
import { problemError, problemKinds, problemOf } from './index.ts'

describe('an error as a problem', () => {
  test('says what to mend where the sender can mend it', () => {
    expect(problemOf(new AuronxError('invalid_input', 'quantity is a whole number'))).toEqual({
      type: 'about:blank',
      title: 'Something in the body is not valid',
      status: 422,
      code: 'invalid_input',
      detail: 'quantity is a whole number',
    })
  })

  test('says nothing of an error that is not ours', () => {
    const problem = problemOf(new Error('relation "users" of 15550100123 does not exist'))
    expect(problem).toMatchObject({ status: 500, code: 'internal' })
    expect(JSON.stringify(problem)).not.toContain('relation')
  })

  test('has a code of the API and its status for each of our errors', () => {
    for (const code of errorCodes) {
      const problem = problemOf(new AuronxError(code, 'message'))
      expect(problem.status).toBe(problemKinds[problem.code].status)
    }
    expect(problemOf(new AuronxError('not_permitted', 'message')).status).toBe(403)
    for (const code of ['storage_unavailable', 'timeout', 'overloaded'] as const)
      expect(problemOf(new AuronxError(code, 'message')).status).toBe(503)
  })
})

describe('a refusal as an error', () => {
  test.each([
    ['insufficient_stock', 'insufficient_stock', 409],
    ['not_found', 'not_found', 404],
    ['foreign', 'not_found', 404],
    ['used', 'illegal_transition', 409],
    ['something new', 'conflict', 409],
  ])('%s becomes the problem %s', (reason, code, status) => {
    expect(problemOf(problemError(reason))).toMatchObject({ code, status })
  })
})
