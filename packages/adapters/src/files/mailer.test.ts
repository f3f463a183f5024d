import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mailerContract, runContract } from '@auronx/sdk/testing'
import type { ContractAssert, MailerSubject } from '@auronx/sdk/testing'
import { assert, describe, expect, test } from 'vitest'
import { createFileMailer } from './mailer.ts'

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

interface FolderSubject extends MailerSubject {
  readonly folder: string
}

async function open(): Promise<FolderSubject> {
  const folder = join(mkdtempSync(join(tmpdir(), 'auronx-mail-')), 'mails')
  return {
    folder,
    mailer: createFileMailer({ folder }),
    async delivered() {
      const files = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : []
      return files.map((file) => {
        const { to, subject, text } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
        return { to, subject, text }
      })
    },
  }
}

const mail = {
  to: 'ann@example.test',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
  kind: 'test',
  idempotencyKey: '../../escape',
}

describe('mails in files', () => {
  runContract(
    {
      test,
      assert: contractAssert,
      open,
      close: async ({ folder }: FolderSubject) => rmSync(folder, { recursive: true, force: true }),
    },
    mailerContract,
  )

  test('are readable by their owner only, whatever their key is', async () => {
    const { folder, mailer } = await open()
    await mailer.send(mail)
    const [file = ''] = readdirSync(folder)
    expect(file).toMatch(/^[0-9a-f]{32}\.json$/)
    expect(statSync(join(folder, file)).mode & 0o077).toBe(0)
    expect(statSync(folder).mode & 0o077).toBe(0)
  })

  test('that cannot be written fail with a code', async () => {
    const { folder } = await open()
    writeFileSync(folder, '')
    expect(await createFileMailer({ folder }).send(mail)).toEqual({
      kind: 'failed',
      reason: 'EEXIST',
    })
  })
})
