import { mailerContract, runContract } from '@auronx/sdk/testing'
import type { ContractAssert } from '@auronx/sdk/testing'
import type { Mail } from '@auronx/sdk'
import { assert, describe, expect, test } from 'vitest'
import { createConsoleMailer } from '../src/console-mailer.ts'

const contractAssert: ContractAssert = {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  ok: assert.ok,
  async rejects(promise, check) {
    const outcome = await promise.then(
      () => 'resolved',
      (error: unknown) => (check(error) ? 'expected' : error),
    )
    assert.strictEqual(outcome, 'expected')
  },
}

function open() {
  const mails: Mail[] = []
  const printed: string[] = []
  const mailer = createConsoleMailer({
    print: (lines) => printed.push(lines),
    onMail: (mail) => mails.push(mail),
  })
  const delivered = async () => mails.map(({ to, subject, text }) => ({ to, subject, text }))
  return { mailer, printed, delivered }
}

describe('mails on the console', () => {
  runContract({ test, assert: contractAssert, open: async () => open() }, mailerContract)

  test('are printed with everything a person needs and a mark that they were not sent', async () => {
    const { mailer, printed } = open()
    await mailer.send({
      to: 'ann@example.test',
      subject: 'Your sign-in code',
      text: 'Your code is ABCD-EFGH',
      html: '',
      kind: 'sign_in_code',
      idempotencyKey: 'k',
    })
    expect(printed.join()).toMatch(/not sent[\s\S]*ann@example\.test[\s\S]*ABCD-EFGH/)
  })
})
