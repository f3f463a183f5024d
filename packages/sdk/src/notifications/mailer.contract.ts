import type { ContractCase } from '../testing/contract.ts'
import type { Mail, Mailer } from './mailer.ts'

/** What the mailer contract is run against. */
export interface MailerSubject {
  readonly mailer: Mailer
  /** What arrived where mail goes to. */
  delivered(): Promise<readonly Pick<Mail, 'to' | 'subject' | 'text'>[]>
}

const mail: Mail = {
  to: 'ann@example.test',
  subject: 'Código – رمز',
  text: 'Line one\n\nLine two: ñ, رمز',
  html: '<p>Line one</p>',
  kind: 'test',
  idempotencyKey: 'mail-1',
}

/** Promises of {@link Mailer}. */
export const mailerContract: readonly ContractCase<MailerSubject>[] = [
  {
    name: 'delivers a mail as it was given',
    async run({ mailer, delivered }, assert) {
      assert.deepEqual(await mailer.send(mail), { kind: 'accepted' })
      const arrived = await delivered()
      assert.equal(arrived.length, 1)
      for (const part of ['to', 'subject', 'text'] as const) {
        assert.equal(arrived[0]?.[part], mail[part], part)
      }
    },
  },
  {
    name: 'delivers a mail of the same key once',
    async run({ mailer, delivered }, assert) {
      await mailer.send(mail)
      assert.deepEqual(await mailer.send(mail), { kind: 'accepted' })
      await mailer.send({ ...mail, idempotencyKey: 'mail-2' })
      assert.equal((await delivered()).length, 2)
    },
  },
  {
    name: 'refuses what is no address or carries line breaks into a header',
    async run({ mailer, delivered }, assert) {
      for (const odd of [
        { ...mail, to: 'nobody' },
        { ...mail, to: 'ann@example.test\r\nBcc: eve@example.test' },
        { ...mail, subject: 'Hello\r\nBcc: eve@example.test' },
      ]) {
        assert.equal((await mailer.send(odd)).kind, 'refused')
      }
      assert.deepEqual(await delivered(), [])
    },
  },
]
