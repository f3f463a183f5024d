import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAuronxError } from '../kernel/index.ts'
import type { HeaderValue, SignatureResult } from './signature.ts'
import { verifyByWebCrypto, verifySignature, verifySignatureAsync } from './signature.ts'

const secret = 'example-app-secret'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const sign = (body: Uint8Array | string, key = secret): string =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`

const bodyText =
  '{"object":"whatsapp_business_account","entry":[{"id":"1","text":"ol\\u00e1 \\/ x"}]}'
const body = bytes(bodyText)
const good = sign(body)
const hex = good.slice('sha256='.length)

/** Digests made once with other tools; the same JSON value in other bytes has another signature. */
const vectors: readonly (readonly [key: string, text: string, header: string])[] = [
  [
    'test_app_secret',
    '{"object":"whatsapp_business_account","entry":[]}',
    'sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756',
  ],
  [
    'test_app_secret',
    '{"object": "whatsapp_business_account", "entry": []}',
    'sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a',
  ],
  [
    'test_app_secret',
    '{"text":"ol\\u00e1"}',
    'sha256=6e5c50a74171fa2d1cdc5f60b64d80f12b6b00726b79ac00b67b9cb30ebd8247',
  ],
  [
    'test_app_secret',
    '{"text":"olá"}',
    'sha256=1ac3db09571e6f05f83388996629da56706d6efd1e2a2d6901ebc7ff3268d8cb',
  ],
]

type Verify = (
  rawBody: Uint8Array | string,
  header: HeaderValue,
  secrets: readonly string[],
) => SignatureResult | Promise<SignatureResult>

const implementations: readonly (readonly [string, Verify])[] = [
  ['verifySignature', verifySignature],
  ['verifySignatureAsync', verifySignatureAsync],
  ['Web Crypto', verifyByWebCrypto],
]

const malformed: readonly (readonly [string, HeaderValue])[] = [
  ['the digest without its scheme', hex],
  ['the scheme alone', 'sha256='],
  ['the old SHA-1 form', `sha1=${'a'.repeat(40)}`],
  ['an upper-case scheme', `SHA256=${hex}`],
  ['upper-case digits', `sha256=${hex.toUpperCase()}`],
  ['another scheme', `sha512=${hex}`],
  ['a colon for the equals sign', `sha256:${hex}`],
  ['a digest cut by one digit', good.slice(0, -1)],
  ['a digest cut by half', good.slice(0, 39)],
  ['a digit too many', `${good}0`],
  ['a digit that is none', `${good.slice(0, -1)}g`],
  ['a leading blank', ` ${good}`],
  ['a trailing blank', `${good} `],
  ['a trailing line feed', `${good}\n`],
  ['a blank within', `sha256= ${hex}`],
  ['quotes around it', `"${good}"`],
  ['base64 digits', `sha256=${createHmac('sha256', secret).update(body).digest('base64')}`],
  ['a full-width digit', `${good.slice(0, -1)}０`],
  ['a NUL at the end', `${good}\u0000`],
  ['the header doubled as a list', [good, good]],
  ['the header doubled with a forged one first', [sign(body, 'other'), good]],
  ['the header doubled and joined', `${good}, ${good}`],
  ['the header doubled and joined without a blank', `${good},${good}`],
]

const mismatched: readonly (readonly [string, Uint8Array | string, HeaderValue])[] = [
  ['another secret', body, sign(body, 'example-app-secret-2')],
  ['a secret that only begins alike', body, sign(body, 'example-app-secre')],
  ['a byte more', bytes(`${bodyText} `), good],
  ['a byte less', body.slice(0, -1), good],
  ['one bit changed', body.map((byte, index) => (index === 9 ? byte ^ 1 : byte)), good],
  ['no bytes', new Uint8Array(0), good],
  ['the JSON serialised again', JSON.stringify(JSON.parse(bodyText)), good],
  ['escapes resolved', bodyText.replace('\\u00e1', 'á'), good],
  ['escapes in other case', bodyText.replace('\\u00e1', '\\u00E1'), good],
  ['slashes unescaped', bodyText.replace('\\/', '/'), good],
  ['a byte order mark in front', new Uint8Array([0xef, 0xbb, 0xbf, ...body]), good],
  ['a line feed at the end', `${bodyText}\n`, good],
  ['carriage returns', bodyText.replaceAll(',', ',\r\n'), good],
  ['its compressed form', gzipSync(body), good],
  ['a chunked transfer left in', `50\r\n${bodyText}\r\n0\r\n\r\n`, good],
  [
    'UTF-16',
    new Uint8Array(new Uint16Array(Array.from(bodyText, (c) => c.charCodeAt(0))).buffer),
    good,
  ],
  ['all zero digits', body, `sha256=${'0'.repeat(64)}`],
  ['the first digit changed', body, `sha256=${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`],
  ['the last digit changed', body, `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`],
  ['a plain hash without key', body, sign(body, '\u0000')],
]

describe.each(implementations)('%s', (_name, verify) => {
  test.each(vectors)('accepts the known signature of %s over %s', async (key, text, header) => {
    expect(await verify(bytes(text), header, [key])).toEqual({ kind: 'verified', secretIndex: 0 })
    expect(await verify(text, header, [key])).toEqual({ kind: 'verified', secretIndex: 0 })
  })

  test.each(malformed)('refuses %s as malformed', async (_case, header) => {
    expect(await verify(body, header, [secret])).toEqual({
      kind: 'refused',
      code: 'signature_malformed',
    })
  })

  test.each(mismatched)('refuses a body with %s', async (_case, received, header) => {
    expect(await verify(received, header, [secret])).toEqual({
      kind: 'refused',
      code: 'signature_mismatch',
    })
  })

  test.each([[undefined], [null], [''], [[]], [['']]])('refuses %j as missing', async (header) => {
    expect(await verify(body, header, [secret])).toEqual({
      kind: 'refused',
      code: 'signature_missing',
    })
  })

  test('a list with one header is that header', async () => {
    expect(await verify(body, [good], [secret])).toEqual({ kind: 'verified', secretIndex: 0 })
  })

  test('during a rotation both secrets count, afterwards the old one does not', async () => {
    const old = sign(body, 'old-secret')
    expect(await verify(body, old, [secret, 'old-secret'])).toEqual({
      kind: 'verified',
      secretIndex: 1,
    })
    expect(await verify(body, good, [secret, 'old-secret'])).toMatchObject({ secretIndex: 0 })
    expect(await verify(body, old, [secret])).toMatchObject({ code: 'signature_mismatch' })
  })

  test('a secret beyond ASCII is its UTF-8', async () => {
    expect(await verify(body, sign(body, 'clé-☕'), ['clé-☕'])).toMatchObject({ kind: 'verified' })
  })

  test.each([[[]], [['']], [['  ']], [[secret, '']]])(
    'the secrets %j are a wrong configuration, never a skipped check',
    async (secrets) => {
      const attempt = async (): Promise<unknown> => verify(body, good, secrets)
      const error = await attempt().catch((thrown: unknown) => thrown)
      expect(isAuronxError(error, 'invalid_config')).toBe(true)
      expect(String(error)).not.toContain(secret)
    },
  )

  test('a body of 3 MiB is checked', async () => {
    const large = new Uint8Array(3 * 1024 * 1024).fill(0x20)
    expect(await verify(large, sign(large), [secret])).toMatchObject({ kind: 'verified' })
  })

  test('it agrees with an independent HMAC on any body and secret', async () => {
    const key = fc.string({ minLength: 1, maxLength: 80 }).filter((one) => one.trim() !== '')
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), key, async (any, anySecret) => {
        expect(await verify(any, sign(any, anySecret), [anySecret])).toMatchObject({
          kind: 'verified',
        })
        expect(await verify(any, sign(any, `${anySecret}x`), [anySecret])).toMatchObject({
          code: 'signature_mismatch',
        })
      }),
      { numRuns: 50 },
    )
  })
})

test('there are at least 40 forged, malformed and altered cases', () => {
  expect(malformed.length + mismatched.length).toBeGreaterThanOrEqual(40)
})
