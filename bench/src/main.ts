import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { measureAck } from './ack.ts'
import { measureApiRead } from './api-read.ts'
import { openDatabase } from './database.ts'
import { measureLanes } from './lanes.ts'
import { measureLoop } from './loop.ts'
import { measureOutbound } from './outbound.ts'
import { measureParse } from './parse.ts'
import { measurePglite } from './pglite.ts'
import { fails, toLines } from './report.ts'
import type { Measured } from './report.ts'
import { measureSize } from './size.ts'
import { measureStart } from './start.ts'
import { measureTokens } from './tokens.ts'
import { measureTurnFlights } from './turn-flights.ts'
import { measureWhole } from './whole.ts'

const options = new Set(process.argv.slice(2))
const isQuick = options.has('--quick')
const rounds = isQuick ? 1 : 5
const scale = isQuick ? 0.5 : 2

const database = await openDatabase()
const all: Readonly<Record<string, () => Promise<readonly Measured[]>>> = {
  parse: () => measureParse(isQuick ? 3 : 11, isQuick ? 1 : 2),
  size: measureSize,
  tokens: measureTokens,
  lanes: () => measureLanes(database, rounds, scale),
  ack: () => measureAck(database, rounds, scale),
  pglite: () => measurePglite(rounds, scale),
  loop: () => measureLoop(database, rounds, scale),
  whole: () => measureWhole(database, rounds, scale),
  outbound: () => measureOutbound(rounds, scale),
  turns: () => measureTurnFlights(database),
  start: () => measureStart(database, rounds),
  api: () => measureApiRead(rounds, scale),
}
const named = Object.entries(all).filter(([name]) => options.has(name))
const sections = (named.length === 0 ? Object.entries(all) : named).map(([, run]) => run)

console.log(
  `load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}, Node ${process.version}`,
)
const results: Measured[] = []
try {
  for (const section of sections) {
    const measured = await section()
    for (const line of measured.flatMap(toLines)) console.log(line)
    results.push(...measured)
  }
} finally {
  await database.stop()
}

const folder = new URL('../results/', import.meta.url)
mkdirSync(folder, { recursive: true })
const at = new Date().toISOString()
const file = new URL(`${at.replaceAll(':', '-')}.json`, folder)
writeFileSync(
  file,
  `${JSON.stringify({ at, node: process.version, isQuick, results }, undefined, 2)}\n`,
)

const failing = results.filter(fails)
console.log(`${results.length - failing.length} of ${results.length} within 0.85 of their targets`)
if (options.has('--gate') && failing.length > 0) process.exitCode = 1
