import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../src/http/server.ts'

test('while the server comes up only health is answered; then its own listener answers everything', async () => {
  const http = await listen(0)
  onTestFinished(() => http.stop(0))
  const status = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${http.port}${path}`)).status
  expect(await status('/healthz')).toBe(200)
  expect(await status('/readyz')).toBe(503)
  expect(await status('/webhooks/whatsapp')).toBe(503)
  http.serve((_request, response) => response.writeHead(204).end())
  expect(await status('/healthz')).toBe(204)
  expect(await status('/readyz')).toBe(204)
})

const [outside] = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
if (outside === undefined) console.log('This machine has no address besides the loopback one')

test.skipIf(outside === undefined)(
  'other machines reach it where it is told to listen, and not otherwise',
  async () => {
    for (const [host, isReached] of [
      ['127.0.0.1', false],
      ['0.0.0.0', true],
    ] as const) {
      const http = await listen(0, host)
      onTestFinished(() => http.stop(0))
      const asked = fetch(`http://${outside?.address}:${http.port}/healthz`)
      expect(
        await asked.then(
          () => true,
          () => false,
        ),
        host,
      ).toBe(isReached)
    }
  },
)
