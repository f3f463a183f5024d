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
