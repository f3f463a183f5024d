import { expect, test } from 'vitest'
import { startSimulator } from './index.ts'

test('a started simulator plays an account of its own, with other secrets each time', async () => {
  const [one, two] = [await startSimulator(), await startSimulator({ verifiedName: 'Chai' })]
  try {
    expect(one.appSecret).toMatch(/^[0-9a-f]{48}$/)
    const secrets = [one, two].flatMap(({ appSecret, accessToken, verifyToken }) => [
      appSecret,
      accessToken,
      verifyToken,
    ])
    expect(new Set(secrets).size).toBe(6)
    const read = (token: string) =>
      fetch(`${one.baseUrl}/v25.0/${one.phoneNumberId}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    expect((await read(two.accessToken)).status).toBe(401)
    expect((await read(one.accessToken)).status).toBe(200)
    expect((await fetch(one.phoneUrl)).status).toBe(200)
  } finally {
    await Promise.all([one.stop(), two.stop()])
  }
})
