import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startProcess } from './server-process.ts'

const refusal = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-start-'))
  return startProcess({ AURONX_DATA_DIR: dataDir, ...env }).then(
    async (server) => {
      await server.end('SIGKILL')
      return 'started'
    },
    (error: Error) => error.message,
  )
}

test('a wrong configuration stops the start with one line per problem', async () => {
  expect(await refusal({ PORT: 'many', AURONX_ROLE: 'queen', LOG_LEVEL: 'loud' })).toBe(
    [
      'exit 1: AURONX_ROLE: must be one of web, worker, all',
      'PORT: must be a whole number from 0 to 65535',
      'LOG_LEVEL: must be one of debug, info, warn, error, silent',
      '',
    ].join('\n'),
  )
})

test('real WhatsApp credentials without keys and an address stop the start', async () => {
  const output = await refusal({ WHATSAPP_ACCESS_TOKEN: 'not-to-be-printed' })
  expect(output).toContain('AURONX_ROOT_KEYS: is needed with real WhatsApp credentials')
  expect(output).not.toContain('not-to-be-printed')
})

test('a port in use stops the start with one line', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(await refusal({ PORT: String(port) })).toBe(
    `exit 1: PORT: ${port} is in use on this machine; stop the other program or set PORT to a free one\n`,
  )
  other.close()
})
