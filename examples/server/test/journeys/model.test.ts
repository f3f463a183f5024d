import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestShop } from './shop.ts'
import { openShop } from './shop.ts'

/** A server that speaks as much of the Responses API as an answer takes. */
const bodies: string[] = []
let status = 200
const provider = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks).toString())
    const content = [{ type: 'output_text', text: 'Yes, with oat milk too.', annotations: [] }]
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content,
    }
    const usage = { input_tokens: 9, output_tokens: 5, total_tokens: 14 }
    const answer = {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      output: [message],
      usage,
    }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(status === 200 ? answer : { error: { message: 'no' } }))
  })
})

let shop: TestShop
beforeAll(async () => {
  await new Promise<void>((resolve) => void provider.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(provider.address())
  shop = await openShop({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_MODEL: 'some-model',
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
  })
})
afterAll(async () => {
  await shop.close()
  provider.closeAllConnections()
  provider.close()
})

test('with a key, free text is answered by the model behind it', async () => {
  const ana = shop.customer({ name: 'Ana Model' })
  ana.say('can I have it with oat milk')
  expect(await ana.hears(/oat milk too/)).toMatch(/automated assistant/)
  expect(bodies).toHaveLength(1)
  expect(bodies[0]).toContain('"model":"some-model"')
  expect(bodies[0]).not.toMatch(/15550100|Ana Model/)
})

test('when the provider answers with errors, the menus do', async () => {
  status = 503
  const ben = shop.customer({ name: 'Ben Model' })
  ben.say('would you have a flat white today')
  await ben.hears(/Flat white/)
})

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address === 'object' && address !== null) return address
  throw new Error('The provider does not listen')
}
