import { Agent, request as requestOver } from 'node:http'
import { startChild } from './child.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'
import { createEgress, createWhatsAppMessenger } from '../../packages/sdk/src/whatsapp/index.ts'
import { phoneNumberId } from './webhooks.ts'

/** What one reply costs on its way out over HTTP, which T8 leaves out: CPU of this process, 32 in flight. */
export async function measureOutbound(rounds: number, scale: number): Promise<readonly Measured[]> {
  const server = await startChild('graph-server.mjs', [])
  const url = `http://127.0.0.1:${server.port}`
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const ways: Readonly<Record<string, () => Promise<void>>> = {
    messenger: throughMessenger(url),
    fetch: throughFetch(url),
    agent: () => throughAgent(url, agent),
  }
  const samples = await interleave(
    Object.entries(ways).map(([name, send]) => ({
      name,
      run: () => costOf(send, 1_000 * scale),
    })),
    rounds,
  )
  agent.destroy()
  await server.stop()
  const describe = (name: string): string => `${name} ${median(samples(name)).toFixed(0)} us`
  const row = (over: string, under: string): Measured => ({
    id: 'T8',
    what: `outbound POST, CPU: ${over} vs ${under}`,
    value: ratio(samples(over), samples(under)),
    target: 0,
    better: 'none',
    unit: 'x',
    figures: `${describe(over)}, ${describe(under)}`,
  })
  return [row('messenger', 'fetch'), row('messenger', 'agent')]
}

async function costOf(send: () => Promise<void>, count: number): Promise<number> {
  const pending = Array.from({ length: count }).values()
  const lane = async (): Promise<void> => {
    for (const _ of pending) await send()
  }
  const from = process.cpuUsage()
  await Promise.all(Array.from({ length: 32 }, lane))
  const { user, system } = process.cpuUsage(from)
  return (user + system) / count
}

// The country code 999 is assigned to nobody.
const to = '999000000001'
const text = 'Hello! What would you like?'
const body = JSON.stringify({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to,
  type: 'text',
  text: { body: text },
})

function throughMessenger(baseUrl: string): () => Promise<void> {
  const messenger = createWhatsAppMessenger({
    egress: createEgress({ hosts: [], allowLoopback: true }),
    tokens: async () => 'bench',
    baseUrl,
  })
  const { signal } = new AbortController()
  return async () => {
    const message = { kind: 'text', body: text } as const
    const outcome = await messenger.send(
      { phoneNumberId, to: { phone: to }, message, opaque: 'bench' },
      { signal },
    )
    if (outcome.kind !== 'accepted') throw new Error('The reply was not accepted')
  }
}

function throughFetch(url: string): () => Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' }
  return async () => {
    await (await fetch(`${url}/messages`, { method: 'POST', headers, body })).json()
  }
}

function throughAgent(url: string, agent: Agent): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: 'Bearer bench',
  }
  return new Promise((resolve, reject) => {
    const sending = requestOver(`${url}/messages`, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString('utf8'))
        resolve()
      })
    })
    sending.on('error', reject).end(body)
  })
}
