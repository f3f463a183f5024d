import { expect, test } from 'vitest'
import { createWhatsApp } from './index.ts'

const message = { kind: 'text', body: 'hello' } as const
const request = { phoneNumberId: '1', to: { phone: '15550100150' }, message, opaque: 'o' }
const signal = AbortSignal.timeout(5_000)

test('a messenger for this machine reaches nothing else', async () => {
  const messenger = createWhatsApp({ accessToken: 't', baseUrl: 'https://graph.example.com' })
  expect(await messenger.send(request, { signal })).toMatchObject({
    kind: 'refused',
    code: 'egress_denied',
  })
})
