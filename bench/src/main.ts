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
const sections: readonly (() => Promise<readonly Measured[]>)[] = [
  () => measureParse(isQuick ? 3 : 11, isQuick ? 1 : 2),
  measureSize,
  measureTokens,
  () => measureLanes(database, rounds, scale),
  () => measureAck(database, rounds, scale),
  () => measurePglite(rounds, scale),
  () => measureLoop(database, rounds, scale),
  () => measureWhole(database, rounds, scale),
  () => measureOutbound(rounds, scale),
  () => measureTurnFlights(database),
  () => measureStart(database, rounds),
  () => measureApiRead(rounds, scale),
]

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
