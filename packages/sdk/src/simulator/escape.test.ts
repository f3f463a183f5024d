import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signWireBody, toWireBody } from './escape.ts'
import { parseJson } from './json.ts'

describe('the wire form of a webhook', () => {
  it('writes non-ASCII characters as lower-case escapes and slashes with a backslash', () => {
    expect(toWireBody({ text: 'Olá/ñ' })).toBe('{"text":"Ol\\u00e1\\/\\u00f1"}')
  })

  it('writes a character beyond the basic plane as two escapes', () => {
    expect(toWireBody('☕🎉')).toBe('"\\u2615\\ud83c\\udf89"')
  })

  it('signs the empty envelope like the published vectors', () => {
    expect(
      signWireBody('{"object":"whatsapp_business_account","entry":[]}', 'test_app_secret'),
    ).toBe('sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756')
    expect(
      signWireBody('{"object": "whatsapp_business_account", "entry": []}', 'test_app_secret'),
    ).toBe('sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a')
  })

  it('is pure ASCII, reads back as the same value and is signed over its bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ minLength: 1 }), (value, secret) => {
        const text = JSON.stringify(value)
        const given = parseJson(text) ?? null
        const body = toWireBody(given)
        expect(body).toMatch(/^[ -~]*$/)
        expect(JSON.stringify(parseJson(body))).toBe(text)
        const digest = createHmac('sha256', secret).update(Buffer.from(body)).digest('hex')
        expect(signWireBody(body, secret)).toBe(`sha256=${digest}`)
      }),
    )
  })
})
