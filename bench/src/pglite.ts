import { startChild } from './child.ts'
import { fire, toRequest } from './load.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'
import { messageBody } from './webhooks.ts'

const kinds = ['floor', 'grouped', 'single'] as const
type Kind = (typeof kinds)[number]

/** T20: acknowledging webhooks out of an embedded PGlite whose commits are synced, 64 connections. */
export async function measurePglite(rounds: number, scale: number): Promise<readonly Measured[]> {
  const children = {
    floor: await startChild('ack-server.ts', ['floor']),
    grouped: await startChild('pglite-server.ts', ['grouped']),
    single: await startChild('pglite-server.ts', ['single']),
  }
  const rate = async (kind: Kind): Promise<number> => {
    const requests = makeRequests(kind === 'single' ? 100 * scale : 1_000 * scale)
    return (await fire(children[kind].port, requests, 64)).perSecond
  }
  try {
    const of = await interleave(
      kinds.map((kind) => ({ name: kind, run: () => rate(kind) })),
      rounds,
    )
    const row = (what: string, under: Kind, target: number): Measured => ({
      id: 'T20',
      what: `PGlite, durable ack vs ${what}`,
      value: ratio(of('grouped'), of(under)),
      target,
      better: 'higher',
      unit: 'x',
      figures: `${median(of('grouped')).toFixed(0)}/s; other ${median(of(under)).toFixed(0)}/s`,
      why: 'the statement that stores a batch runs in this process, and keeps tenants, lanes and three indexes',
    })
    return [row('one commit a request', 'single', 6), row('bare node:http', 'floor', 0.4)]
  } finally {
    for (const child of Object.values(children)) await child.stop()
  }
}

let made = 0

function makeRequests(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    made += 1
    return toRequest(messageBody(made % 500, `pglite-${made}`))
  })
}
