import { startChild } from './child.ts'
import type { Child } from './child.ts'
import { fire } from './load.ts'
import type { Measured } from './report.ts'
import { interleave, ratio } from './rounds.ts'

const kinds = ['bare', 'tenant', 'session', 'key'] as const

interface Facts {
  readonly apiPort: number
  readonly token: string
  readonly key: string
  readonly conversationId: string
}

/** A20: reading a conversation over the REST API, in CPU of the server process beside a bare Koa route with the same query. */
export async function measureApiRead(rounds: number, scale: number): Promise<readonly Measured[]> {
  const child = await startChild('api-server.ts', [])
  try {
    const facts = await readFacts(child)
    const count = 500 * scale
    const measure = async (kind: (typeof kinds)[number]): Promise<number> => {
      const before = await child.cpu()
      const requests = Array.from({ length: count }, () => requestOf(kind, facts))
      await fire(kind === 'session' || kind === 'key' ? facts.apiPort : child.port, requests, 8)
      return ((await child.cpu()) - before) / count
    }
    const of = await interleave(
      kinds.map((kind) => ({ name: kind, run: () => measure(kind) })),
      rounds,
    )
    const [bare, tenant, session, key] = [of('bare'), of('tenant'), of('session'), of('key')]
    const prologue = ratio(tenant, session) - ratio(bare, session)
    return [
      {
        id: 'A20',
        what: 'authenticated read of a conversation, session / bare Koa route, CPU',
        value: ratio(session, bare),
        target: 3,
        better: 'lower',
        unit: '',
        figures: `API key ${ratio(key, bare).toFixed(2)}; of a read with a session: transaction and prologue ${percent(prologue)}, authentication, checks and wire format ${percent(1 - ratio(tenant, session))}`,
      },
    ]
  } finally {
    await child.stop()
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

async function readFacts({ port }: Child): Promise<Facts> {
  const response = await fetch(`http://127.0.0.1:${port}/facts`)
  return response.json()
}

function requestOf(kind: (typeof kinds)[number], facts: Facts): Buffer {
  const { conversationId, token, key } = facts
  const isApi = kind === 'session' || kind === 'key'
  const path = isApi ? `/v1/conversations/${conversationId}` : `/${kind}/${conversationId}`
  const proof = isApi ? [`authorization: Bearer ${kind === 'key' ? key : token}`] : []
  return Buffer.from([`GET ${path} HTTP/1.1`, 'host: 127.0.0.1', ...proof, '', ''].join('\r\n'))
}
