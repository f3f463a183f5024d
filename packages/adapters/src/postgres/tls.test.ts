import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { NetConnectOpts } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SecureContextOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthority } from './certificates.fixture.ts'
import { migrate } from './migrate.ts'
import { createPgClient } from './pg.ts'
import { defaultNames } from './tenant.ts'
import { openPostgres } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { secureConnection } from './tls.ts'
import { startTlsProxy } from './tls-proxy.fixture.ts'
import type { TlsProxy } from './tls-proxy.fixture.ts'

const outcomeOf = (connectionString: string): string => {
  const secured = secureConnection({ connectionString })
  if (secured.kind === 'refused') return `refused: ${secured.problem}`
  return secured.isEncrypted ? 'verified TLS' : 'plain'
}

describe('an address of another machine', () => {
  test.each([
    '',
    '?sslmode=verify-full',
    '?sslmode=verify-ca',
    '?sslmode=require',
    '?sslmode=require&channel_binding=require',
    '?sslmode=require&uselibpqcompat=true',
    '?ssl=true',
    '?ssl=1',
    '?sslrootcert=system',
    '?sslnegotiation=direct',
  ])('with "%s" means verified TLS', (query) => {
    const connectionString = `postgres://user:secret@db.example.com/shop${query}`
    const secured = secureConnection({ connectionString })
    expect(secured).toMatchObject({
      kind: 'ready',
      isEncrypted: true,
      config: { ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } },
    })
    const address = secured.kind === 'ready' ? (secured.config.connectionString ?? '') : ''
    expect(address).not.toMatch(/ssl(mode|rootcert)?=|uselibpqcompat/)
  })

  test.each([
    '?sslmode=disable',
    '?sslmode=allow',
    '?sslmode=prefer',
    '?sslmode=no-verify',
    '?ssl=false',
    '?ssl=0',
    '?ssl=no-verify',
    '?sslmode=verify-full&ssl=0',
    '?sslmode=prefer&uselibpqcompat=true',
    '?sslmode=verify-full&sslmode=disable',
    '?sslmode=disable&sslmode=verify-full',
    '?sslmode=VERIFY-FULL',
    '?sslmode=verify_full',
    '?sslmode=',
    '?ssl=yes',
    '?sslrootcert=/nowhere/root.pem',
    '?sslmode=verify-full&sslcert=/nowhere/own.pem',
  ])('with "%s" is refused in one line without its values', (query) => {
    const outcome = outcomeOf(`postgres://user:hunter2@db.example.com/shop${query}`)
    expect(outcome).toMatch(/^refused: [^\n]+$/)
    expect(outcome).not.toMatch(/hunter2|example|nowhere/)
  })

  test.each([
    'postgres://user@127.0.0.1.example.com/shop',
    'postgres://user@localhost.example.com/shop',
    'postgres://user@0.0.0.0/shop',
    'postgres://user@[::ffff:10.0.0.1]/shop',
    'postgres://user@localhost/shop?host=db.example.com',
    'postgres://user@localhost/shop?host=localhost&host=db.example.com',
    'postgres://localhost@db.example.com/shop',
    'postgres://user:x%2F@10.1.2.3:5432/shop?sslmode=require',
  ])('is not taken for this machine: %s', (address) => {
    expect(outcomeOf(address)).toBe('verified TLS')
  })

  test.each([
    'postgres://user@localhost/shop?host=db.example.com&sslmode=disable',
    'postgres://user@db.example.com/shop?sslmode=disable#?sslmode=verify-full',
    'postgres://user@db.example.com/shop?%73slmode=disable',
  ])('cannot hide what it asks for: %s', (address) => {
    expect(outcomeOf(address)).toMatch(/^refused/)
  })

  test('given by its members is verified too', () => {
    expect(secureConnection({ host: 'db.example.com', user: 'u' })).toMatchObject({
      isEncrypted: true,
    })
  })

  test('is refused by client and migration before anything is sent', async () => {
    const connectionString = 'postgres://user@db.example.com/shop?sslmode=disable'
    expect(() => createPgClient({ connectionString })).toThrow(
      expect.objectContaining({ code: 'invalid_config' }),
    )
    const local = 'postgres://user@localhost/shop'
    expect(() =>
      createPgClient({ connectionString: local, directConnectionString: connectionString }),
    ).toThrow(expect.objectContaining({ code: 'invalid_config' }))
    await expect(migrate({ connectionString }, defaultNames)).rejects.toMatchObject({
      code: 'invalid_config',
    })
  })
})

describe('an address of this machine', () => {
  test.each([
    'postgres://user@localhost/shop',
    'postgres://user@127.0.0.1:5433/shop?sslmode=disable',
    'postgres://user@127.0.0.1/shop?sslmode=prefer',
    'postgres://user@[::1]/shop',
    'postgres://user@%2Fvar%2Frun%2Fpostgresql/shop',
    'postgres:///shop?host=/var/run/postgresql',
  ])('needs no TLS: %s', (address) => {
    expect(outcomeOf(address)).toBe('plain')
  })

  test.each(['?sslmode=verify-full', '?sslmode=require', '?ssl=true', '?sslrootcert=system'])(
    'has it verified when it asks: %s',
    (query) => {
      expect(outcomeOf(`postgres://user@localhost/shop${query}`)).toBe('verified TLS')
    },
  )
})

describe('a PostgreSQL behind TLS', () => {
  const authority = createAuthority('Test root')
  const stranger = createAuthority('Test root')
  const hour = 3_600_000
  const good = authority.issue(['localhost', '127.0.0.1'])
  let engine: TestEngine
  let target: NetConnectOpts
  let folder: string
  let root: string
  const open: TlsProxy[] = []

  beforeAll(async () => {
    engine = await openPostgres()
    target = targetOf(engine)
    folder = mkdtempSync(join(tmpdir(), 'auronx-tls-'))
    root = join(folder, 'root.pem')
    writeFileSync(root, authority.root)
  })
  afterAll(async () => {
    for (const proxy of open) await proxy.close()
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function attempt(
    tls: SecureContextOptions | undefined,
    query: string,
    host = 'localhost',
  ): Promise<{ readonly result: unknown; readonly received: number }> {
    const proxy = await startTlsProxy(target, tls)
    open.push(proxy)
    const { user, database } = namesOf(engine)
    const connectionString = `postgres://${user}@${host}:${proxy.port}/${database}?${query}`
    const client = createPgClient({ connectionString })
    const result = await client
      .query({ name: '', text: 'select 41 + 1 as answer', values: [] })
      .then(([row]) => row?.['answer'])
      .catch((error: unknown) => error)
    await client.end()
    return { result, received: proxy.received() }
  }

  const withRoot = (): string => `sslmode=verify-full&sslrootcert=${encodeURIComponent(root)}`

  test.each(['localhost', '127.0.0.1'])('connects to %s with the right root', async (host) => {
    expect(await attempt(good, withRoot(), host)).toMatchObject({ result: 42 })
  })

  test('connects with sslmode=require and the right root, verified like the others', async () => {
    const query = withRoot().replace('verify-full', 'require')
    expect(await attempt(good, query)).toMatchObject({ result: 42 })
    const other = authority.issue(['db.example.com'])
    expect(await attempt(other, query)).toMatchObject({
      result: { code: 'storage_unavailable' },
      received: 0,
    })
  })

  test('connects with a root that is handed in, and migrates over it', async () => {
    const proxy = await startTlsProxy(target, good)
    open.push(proxy)
    const { user, database } = namesOf(engine)
    const connection = {
      connectionString: `postgres://${user}@localhost:${proxy.port}/${database}`,
      rootCertificates: authority.root,
    }
    expect(await migrate(connection, defaultNames)).toEqual([])
    const client = createPgClient(connection)
    const [row] = await client.query({ name: '', text: 'select 1 as one', values: [] })
    await client.end()
    expect(row).toEqual({ one: 1 })
  })

  const unsafe: readonly (readonly [
    name: string,
    make: () => SecureContextOptions | undefined,
    words: RegExp,
  ])[] = [
    ['the wrong root', () => stranger.issue(['localhost']), /not signed by a trusted root/],
    ['the wrong name', () => authority.issue(['db.example.com']), /another host name/],
    ['an address without its IP', () => authority.issue(['localhost']), /another host name/],
    [
      'an expired certificate',
      () => authority.issue(['localhost'], { until: new Date(Date.now() - hour) }),
      /has expired/,
    ],
    [
      'a certificate of tomorrow',
      () => authority.issue(['localhost'], { from: new Date(Date.now() + hour) }),
      /not valid yet/,
    ],
    [
      'TLS 1.1',
      () => ({ ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }),
      /TLS 1\.2 or newer/,
    ],
    ['no TLS at all', () => undefined, /offers no TLS/],
  ]

  test.each(unsafe)(
    'with %s is refused in one clear line, and is told nothing',
    async (name, make, words) => {
      const host = name === 'an address without its IP' ? '127.0.0.1' : 'localhost'
      const { result, received } = await attempt(make(), withRoot(), host)
      expect(result).toMatchObject({
        code: 'storage_unavailable',
        message: expect.stringMatching(words),
      })
      expect(result instanceof Error ? result.message : '\n').not.toContain('\n')
      expect(received).toBe(0)
    },
  )

  test('with a root that is not its own is refused also without a root of ours', async () => {
    expect(await attempt(good, 'sslmode=verify-full')).toMatchObject({
      result: { code: 'storage_unavailable' },
      received: 0,
    })
  })

  test('is verified also in a process that is told to verify nothing', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      expect(await attempt(stranger.issue(['localhost']), withRoot())).toMatchObject({
        result: { code: 'storage_unavailable' },
        received: 0,
      })
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
  })
})

function targetOf({ connection }: TestEngine): NetConnectOpts {
  const { host, connectionString } = connection ?? {}
  if (host !== undefined) return { path: `${host}/.s.PGSQL.5432` }
  const url = new URL(connectionString ?? '')
  return { host: url.hostname, port: Number(url.port === '' ? '5432' : url.port) }
}

function namesOf({ connection }: TestEngine): { readonly user: string; readonly database: string } {
  const { user, database, connectionString } = connection ?? {}
  if (user !== undefined && database !== undefined) return { user, database }
  const url = new URL(connectionString ?? '')
  const password = url.password === '' ? '' : `:${url.password}`
  return { user: `${url.username}${password}`, database: url.pathname.slice(1) }
}
