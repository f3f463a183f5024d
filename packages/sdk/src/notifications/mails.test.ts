import { assert, describe, expect, test } from 'vitest'
import { locales, roles } from '../kernel/index.ts'
import type { ContractAssert } from '../testing/contract.ts'
import { runContract } from '../testing/run-contract.ts'
import { escapeHtml, plainName } from './escape.ts'
import { codeMail, invitationMail, sessionEndedMail } from './mails.ts'
import { mailerContract } from './mailer.contract.ts'
import { createFakeMailer } from './mailer.fake.ts'

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

const target = { to: 'ann@example.test', idempotencyKey: 'k' } as const
const link = 'https://shop.test/sign-in#ABCDEFGH'

describe('the fake mailer', () => {
  const open = async () => {
    const mailer = createFakeMailer()
    const delivered = async () =>
      mailer.sent.map(({ to, subject, text }) => ({ to, subject, text }))
    return { mailer, delivered }
  }
  runContract({ test, assert: contractAssert, open }, mailerContract)
})

describe('a mail', () => {
  test.each(locales)('with a code says it in both forms, in %s', (locale) => {
    const mail = codeMail({ ...target, locale }, { code: 'ABCDEFGH', minutes: 10, link })
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('ABCD-EFGH')
      expect(body).toContain('10')
      expect(body).toContain(link)
    }
    expect(mail.html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`)
    expect(mail.subject).not.toMatch(/ABCD/)
  })

  test.each(locales)('has texts of its own for each kind and role in %s', (locale) => {
    const mails = roles.map((role) =>
      invitationMail({ ...target, locale }, { business: 'Shop', inviter: 'Ann', role, days: 7 }),
    )
    const all = [...mails, sessionEndedMail({ ...target, locale })]
    expect(new Set(all.map(({ text }) => text)).size).toBe(5)
    for (const { text } of mails) expect(text).toMatch(/Ann[\s\S]*7|7[\s\S]*Ann/)
    if (locale !== 'en') {
      const english = sessionEndedMail({ ...target, locale: 'en' })
      expect(all.at(-1)?.subject).not.toBe(english.subject)
    }
  })

  test('carries nothing that a name brings along', () => {
    const odd = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'Ann\r\nBcc: eve@example.test',
      'Win at https://evil.test/now or www.evil.test',
      '\u202Eevil\u200B',
      'A'.repeat(500),
    ]
    for (const name of odd) {
      const mail = invitationMail(
        { ...target, locale: 'en' },
        { business: name, inviter: name, role: 'agent', days: 7, link },
      )
      expect(mail.html).not.toMatch(/<script|<img|onerror=alert\(1\)>/)
      expect(mail.subject).not.toMatch(/[\r\n\u202E\u200B]/)
      expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toContain('evil.test')
      expect(mail.subject.length).toBeLessThan(120)
    }
  })

  test('escapes exactly what means something in HTML', () => {
    expect(escapeHtml(`<a href='x'>"&"</a> é`)).toBe(
      '&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt; é',
    )
    expect(plainName('  Café  Nº 5 ')).toBe('Café Nº 5')
  })
})
