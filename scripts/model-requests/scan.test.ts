import { channel } from 'node:diagnostics_channel'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isTestFile, listFiles, readText, repositoryRoot } from '../repository.ts'
import { modelRequests, openRecorder } from './recorder.ts'
import { findingsIn, problemsOf, scanRecords } from './scan.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'auronx-requests-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// Put together at run time: this file must not look like one that sends them.
const phone = `1555${'0100'}001`

test.each([
  ['a phone number', `call me at +${phone}`],
  ['a phone number', `my number is 1 (555) 010-00-01`],
  ['a phone number', JSON.stringify({ text: `new line\n${phone}` })],
  ['a phone number', JSON.stringify({ output: JSON.stringify({ to: [`x ${phone}`] }) })],
  ['a phone number', JSON.stringify({ to: Number(phone) })],
  ['a phone number', `ab${phone}ef`],
  ['a phone number', 'رقمي ١٥٥٥٠١٠٠٠٠١'],
  ['an e-mail address', 'write to ada@example.com'],
  ['a user id', 'I am US.900000000000000001'],
  ['an id of ours', 'order 019aae60-0000-7000-8000-00000000ffff'],
  ['an id of WhatsApp', 'in answer to wamid.HBgL'],
  ['an action', 'tap act:3kTMd'],
  ['a secret', 'the key is sk-test'],
  ['a payment card', '4111 1111 1111 1111'],
])('%s is found in %s', (what, text) => {
  expect(findingsIn(text).map((finding) => finding.what)).toContain(what)
})

test('what may be sent is no finding', () => {
  const hash = 'd78cca86c4372438578847886b05b7e4'
  const texts = [
    'now: Thursday 2026-11-26 22:19 (Europe/Madrid)',
    `22da99dfc772${'5551'}033e55e5e2012db0a89d`,
    JSON.stringify({ cacheKey: hash, price: '{a1}', handle: 'v1', total: 1250 }),
    '| my number is [phone_ab22], two please',
  ]
  expect(texts.flatMap(findingsIn)).toEqual([])
})

test('a request through the port is recorded whole, without what the model had written itself', () => {
  const recorder = openRecorder(path.join(folder, 'a.jsonl'), 'a.test.ts')
  const own = { kind: 'tool_call', arguments: `{"to":"${phone}"}` }
  const request = {
    instructions: 'Be brief.',
    tools: [{ name: 'look' }],
    input: [{ kind: 'customer', text: 'hello [phone_ab22]' }, own],
  }
  const asked = channel(modelRequests)
  asked.publish({ request, returned: [own] })
  asked.publish({ request: { ...request, safetyId: 'ada@example.com' }, returned: [own] })
  recorder.close()
  asked.publish({ request })
  const sent = scanRecords(folder)
  expect(sent).toMatchObject({ requests: 2, returned: 2, placeholders: 1 })
  expect(sent.findings.map(({ file, what }) => [file, what])).toEqual([
    ['a.test.ts', 'an e-mail address'],
  ])
  expect(readFileSync(path.join(folder, 'a.jsonl'), 'utf8')).toContain('Be brief.')
})

test('a request over HTTP is recorded whoever makes it, without its key', async () => {
  const server = createServer(
    (request, response) => void request.resume().on('end', () => response.end('{}')),
  )
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const recorder = openRecorder(path.join(folder, 'b.jsonl'), 'b.test.ts')
  const send = (where: string, name: string) =>
    fetch(`http://127.0.0.1:${port}/v1/${where}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-test', 'x-customer': name },
      body: JSON.stringify({ input: `call ${phone}` }),
    })
  await send('responses', 'ada@example.com')
  await send('elsewhere', 'bob@example.com')
  recorder.close()
  server.closeAllConnections()
  server.close()
  const sent = scanRecords(folder)
  expect(sent.requests).toBe(1)
  expect(sent.findings.map(({ what }) => what)).toEqual(['an e-mail address', 'a phone number'])
})

test('a finding fails a run, and so does a test file that sent too little', () => {
  const files = new Map([['a.test.ts', { requests: 3, placeholders: 0 }]])
  const finding = { file: 'a.test.ts', what: 'a secret', around: '"sk-"' }
  const ran = ['a.test.ts', 'b.test.ts']
  const met = { 'a.test.ts': { requests: 3 }, 'c.test.ts': { requests: 1 } }
  expect(problemsOf({ files, findings: [] }, ran, met)).toEqual([])
  const unmet = { 'a.test.ts': { requests: 4, placeholders: 1 }, 'b.test.ts': { requests: 1 } }
  expect(problemsOf({ files, findings: [finding] }, ran, unmet)).toEqual([
    'a.test.ts: 3 requests were recorded, expected 4',
    'a.test.ts: 0 placeholders were recorded, expected 1',
    'b.test.ts: 0 requests were recorded, expected 1',
    'a.test.ts: a secret: "sk-"',
  ])
})

test('every test that stands in for a model lets the recorder hear its requests', () => {
  const heard = /createRecordedModel|recorded\(|auronx\.test\.model-request/
  const stands = /createScriptedModel\(|\bModel = \{|async respond\(/
  const files = listFiles(repositoryRoot, ['packages/*/src/**/*.ts', 'examples/*/test/**/*.ts'])
  const silent = files
    .filter((file) => isTestFile(file) || file.startsWith('examples/'))
    .filter((file) => {
      const text = readText(repositoryRoot, file)
      return stands.test(text) && !heard.test(text)
    })
  expect(silent).toEqual([])
})
