import { channel } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLogRecorder, plantedSecrets, serverOutput } from './recorder.ts'
import { scanLogs } from './scan.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'auronx-server-logs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const log = (fields: object): string => `${JSON.stringify({ level: 30, ...fields })}\n`

test('what servers log is recorded, here and elsewhere, and does not reach the screen', () => {
  const recorder = openLogRecorder(path.join(folder, 'examples~one.test.ts.jsonl'))
  process.stdout.write(log({ msg: 'started' }))
  channel(serverOutput).publish(`Open something\n${log({ msg: 'elsewhere' })}`)
  channel(plantedSecrets).publish({ kind: 'codes', value: 'ABCD2345' })
  channel(plantedSecrets).publish({ kind: 'codes', value: 'ABCD2345' })
  recorder.close()
  channel(serverOutput).publish(log({ msg: 'ABCD2345' }))
  expect(scanLogs(folder)).toEqual({ files: 1, lines: 2, secrets: { codes: 1 }, findings: [] })
})

test('a secret that was given out is found, and not repeated', () => {
  const recorder = openLogRecorder(path.join(folder, 'examples~one.test.ts.jsonl'))
  channel(plantedSecrets).publish({ kind: 'meta tokens', value: 'EAAG-planted' })
  process.stdout.write(log({ msg: 'call failed', url: 'https://graph.test/?t=EAAG-planted' }))
  recorder.close()
  expect(scanLogs(folder).findings).toEqual(['examples/one.test.ts: meta tokens'])
})

// Put together at run time: this file must not look like one that leaks.
const hex = 'ab'.repeat(32)
test.each([
  ['a token of ours', `axr_${hex}`],
  ['an API key', `axk_live_7_${hex}`],
  ['an access token', `eyJhbGciOiJFZERTQSJ9.${hex}.${hex}`],
  ['a mailed code', ['K7M4', 'PX29'].join('-')],
  ['a phone number', `+1555${'0100'}123`],
  ['an e-mail address', ['ann', 'shop.example'].join('@')],
  ['a one-time link', `http://localhost:1/open/${hex}`],
])('%s is found by its shape alone', (what, value) => {
  const line = { kind: 'log', text: log({ msg: `x ${value} y` }) }
  writeFileSync(path.join(folder, 'examples~two.test.ts.jsonl'), `${JSON.stringify(line)}\n`)
  expect(scanLogs(folder).findings).toEqual([`examples/two.test.ts: ${what}`])
})
