import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createRandom } from '@auronx/sdk'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { openRootKeys } from '../src/root-keys.ts'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  const outcome = readConfig(env)
  return outcome.kind === 'refused' ? outcome.problems : []
}

const local = {
  WHATSAPP_GRAPH_URL: 'http://127.0.0.1:4000',
  WHATSAPP_ACCESS_TOKEN: 'token',
  WHATSAPP_APP_SECRET: 'secret',
  WHATSAPP_VERIFY_TOKEN: 'verify',
  WHATSAPP_APP_ID: 'app',
  WHATSAPP_PHONE_NUMBER_ID: '900000000000001',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '800000000000001',
  WHATSAPP_DISPLAY_PHONE_NUMBER: '15550100001',
}

test('an empty environment is a complete configuration', () => {
  expect(readConfig({})).toEqual({
    kind: 'ready',
    config: {
      role: 'all',
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('.data'),
      logLevel: 'warn',
      locale: 'en',
      unknownForMs: 120_000,
      mail: 'page',
      ownerEmail: 'owner@demo.example',
    },
  })
})

test('an empty value counts as absent', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}))
})

test('every wrong value is one line that names the variable and the remedy', () => {
  expect(
    problemsOf({
      PORT: '70000',
      AURONX_ROLE: 'queen',
      DATABASE_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
      AURONX_LOCALE: 'xx',
      AURONX_UNKNOWN_FOR_MS: '-1',
      AURONX_TRUSTED_PROXIES: '10.0.0.0/8,proxy',
    }),
  ).toEqual([
    'AURONX_ROLE: must be one of web, worker, all',
    'PORT: must be a whole number from 0 to 65535',
    'AURONX_TRUSTED_PROXIES: must be IP addresses or networks such as 10.0.0.0/8',
    'DATABASE_URL: must start with postgres:// or postgresql://',
    'LOG_LEVEL: must be one of debug, info, warn, error, silent',
    'AURONX_LOCALE: must be one of en, es, pt, ar',
    'AURONX_UNKNOWN_FOR_MS: must be a whole number from 1 to 86400000',
  ])
})

test('a value is never repeated in a problem, because it may be a secret', () => {
  expect(
    problemsOf({ DATABASE_URL: 'hunter2', WHATSAPP_ACCESS_TOKEN: 'hunter2' }).join(),
  ).not.toContain('hunter2')
})

const { WHATSAPP_GRAPH_URL: _local, ...real } = local
const safe = {
  ...real,
  AURONX_PUBLIC_URL: 'https://shop.example',
  AURONX_ROOT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  AURONX_OWNER_EMAIL: 'Ann@Shop.example',
  AURONX_MAIL: 'file',
}

test('real credentials are taken once people can sign in from outside and keys are apart', () => {
  expect(readConfig(safe)).toMatchObject({
    kind: 'ready',
    config: {
      mail: 'file',
      publicUrl: 'https://shop.example',
      ownerEmail: 'ann@shop.example',
      whatsapp: { graphUrl: 'https://graph.facebook.com' },
    },
  })
})

test.each(['AURONX_PUBLIC_URL', 'AURONX_ROOT_KEYS', 'AURONX_OWNER_EMAIL', 'AURONX_MAIL'] as const)(
  'real credentials without %s are refused in one line',
  (name) => {
    const { [name]: _left, ...rest } = safe
    expect(problemsOf(rest)).toEqual([expect.stringContaining(`${name}: `)])
    expect(problemsOf(rest)[0]).toContain('with real WhatsApp credentials')
  },
)

test('every interface is listened on only where pages have an https address', () => {
  expect(readConfig({})).toMatchObject({ config: { host: '127.0.0.1' } })
  const exposed = { AURONX_HOST: '0.0.0.0' }
  const refusal = ['AURONX_PUBLIC_URL: an https:// address is needed together with AURONX_HOST']
  expect(problemsOf(exposed)).toEqual(refusal)
  expect(problemsOf({ ...exposed, AURONX_PUBLIC_URL: 'http://localhost:3000' })).toEqual(refusal)
  expect(readConfig({ ...exposed, AURONX_PUBLIC_URL: 'https://shop.example' })).toMatchObject({
    config: { host: '0.0.0.0', mail: 'console' },
  })
  expect(problemsOf({ AURONX_HOST: 'shop.example' })).toHaveLength(2)
})

test('codes of a server with real credentials are never printed', () => {
  expect(problemsOf({ ...safe, AURONX_MAIL: 'console' })).toHaveLength(1)
})

test.each(['http://127.0.0.1.example.com', 'http://10.0.0.1', 'nonsense'])(
  'the Graph address %s is neither this machine nor encrypted, so the start is refused',
  (address) => {
    expect(problemsOf({ ...safe, WHATSAPP_GRAPH_URL: address })).toEqual([
      'WHATSAPP_GRAPH_URL: must start with https://',
    ])
  },
)

test.each([
  ['the demonstration', {}, 'page'],
  ['a database of its own', { DATABASE_URL: 'postgres://localhost/x' }, 'console'],
  ['a Graph API elsewhere', local, 'console'],
  ['an address for others', { AURONX_PUBLIC_URL: 'https://shop.example' }, 'console'],
  ['a mailer', { AURONX_MAIL: 'file' }, 'file'],
])('with %s a mailed code goes the way that the configuration decides', (_what, env, mail) => {
  expect(readConfig(env)).toMatchObject({ kind: 'ready', config: { mail } })
})

test('nobody can ask for codes on the page', () => {
  expect(problemsOf({ AURONX_MAIL: 'page' })).toEqual(['AURONX_MAIL: must be one of console, file'])
})

test.each(['http://shop.example', 'ftp://shop.example', 'shop.example'])(
  'an address of the pages like %s is refused',
  (address) => {
    expect(problemsOf({ AURONX_PUBLIC_URL: address })).toHaveLength(1)
  },
)

test('a simulator of another process on this machine is accepted', () => {
  expect(readConfig(local)).toMatchObject({
    kind: 'ready',
    config: { whatsapp: { graphUrl: 'http://127.0.0.1:4000', appId: 'app' } },
  })
})

test('a key switches a model on; its name, address and effort need one', () => {
  expect(readConfig({ OPENAI_API_KEY: 'sk-1' })).toMatchObject({
    kind: 'ready',
    config: { model: { apiKey: 'sk-1', model: 'gpt-5-mini' } },
  })
  const local = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_REASONING_EFFORT: 'low' }
  expect(readConfig({ OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'm', ...local })).toMatchObject({
    config: { model: { model: 'm', baseUrl: 'http://127.0.0.1:9/v1', effort: 'low' } },
  })
  expect(problemsOf(local)).toEqual([
    'OPENAI_API_KEY: is needed together with OPENAI_BASE_URL',
    'OPENAI_API_KEY: is needed together with OPENAI_REASONING_EFFORT',
  ])
})

test.each(['http://models.example.com/v1', 'https://u:p@models.example.com', 'nonsense'])(
  'the model address %s is refused and not repeated',
  (address) => {
    const problems = problemsOf({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: address })
    expect(problems).toEqual([
      'OPENAI_BASE_URL: must be an https address, or http on this machine, without credentials',
    ])
  },
)

test('a half given WhatsApp configuration names what is missing', () => {
  const { WHATSAPP_APP_SECRET: _secret, ...rest } = local
  expect(problemsOf(rest)).toEqual([
    'WHATSAPP_APP_SECRET: is needed together with WHATSAPP_GRAPH_URL',
  ])
})

test('a part of the server alone needs a database and a simulator that it can share', () => {
  expect(problemsOf({ AURONX_ROLE: 'worker' })).toEqual([
    'DATABASE_URL: is needed with AURONX_ROLE=worker, because the embedded database belongs to one process',
    'WHATSAPP_GRAPH_URL: is needed with AURONX_ROLE=worker, because the simulator belongs to one process',
  ])
  expect(
    problemsOf({ ...safe, AURONX_ROLE: 'web', DATABASE_URL: 'postgres://localhost/x' }),
  ).toEqual([])
  expect(
    problemsOf({ ...local, AURONX_ROLE: 'worker', DATABASE_URL: 'postgres://localhost/x' }),
  ).toEqual([])
})

test('a direct address without a database address is refused', () => {
  expect(problemsOf({ DATABASE_URL_DIRECT: 'postgres://localhost/x' })).toEqual([
    'DATABASE_URL: is needed together with DATABASE_URL_DIRECT',
  ])
})

test.each(['DATABASE_URL', 'DATABASE_URL_DIRECT'])(
  '%s of another machine must be encrypted and verified, in one line that names the remedy',
  (name) => {
    const given = (query: string) => ({
      DATABASE_URL: 'postgres://localhost/x',
      [name]: `postgres://user:hunter2@db.example.com/shop${query}`,
    })
    for (const mode of ['disable', 'allow', 'prefer', 'no-verify']) {
      const problems = problemsOf(given(`?sslmode=${mode}`))
      expect(problems).toEqual([
        `${name}: its sslmode would send the password to whoever answers; use sslmode=verify-full, and sslrootcert for a root of your own`,
      ])
    }
    for (const query of ['', '?sslmode=require', '?sslmode=verify-full'])
      expect(problemsOf(given(query))).toEqual([])
  },
)

test('root keys are read from the environment, and refused in one line that does not repeat them', () => {
  const key = randomBytes(32).toString('base64')
  expect(readConfig({ AURONX_ROOT_KEYS: `1:${key}` })).toMatchObject({
    kind: 'ready',
    config: { rootKeys: [{ version: 1 }] },
  })
  expect(JSON.stringify(readConfig({ AURONX_ROOT_KEYS: key }))).not.toContain(key)
  expect(problemsOf({ AURONX_ROOT_KEYS: 'hunter2' })).toEqual([
    'AURONX_ROOT_KEYS: version 1 is not base64 of 32 bytes; make one with: openssl rand -base64 32',
  ])
  expect(problemsOf({ AURONX_ROOT_KEYS: key, AURONX_ROOT_KEYS_FILE: 'keys' })).toEqual([
    'AURONX_ROOT_KEYS_FILE: leave it out beside AURONX_ROOT_KEYS',
  ])
})

test('without any root keys the data folder gets its own and keeps them', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'auronx-config-'))
  try {
    const first = await openRootKeys({ dataDir }, createRandom())
    const wrapped = await first.secrets.wrap(new Uint8Array(32).fill(7), ['place'])
    const second = await openRootKeys({ dataDir }, createRandom())
    expect(await second.secrets.unwrap(wrapped, ['place'])).toEqual(new Uint8Array(32).fill(7))
    const rootKeysFile = path.join(dataDir, 'elsewhere')
    await expect(openRootKeys({ dataDir, rootKeysFile }, createRandom())).rejects.toMatchObject({
      code: 'invalid_config',
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
