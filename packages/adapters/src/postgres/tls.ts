import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { AuronxError } from '@auronx/sdk'
import pg from 'pg'
import type { PgConnection } from './pg.ts'

/** A connection as `pg` takes it, with TLS decided; or why it is refused, in one line that repeats no value. */
export type SecuredConnection =
  | { readonly kind: 'ready'; readonly config: pg.ClientConfig; readonly isEncrypted: boolean }
  | { readonly kind: 'refused'; readonly problem: string }

/** Modes of libpq and pg that check the server's certificate and name, or are made to here. */
const verifying: readonly string[] = ['verify-full', 'verify-ca', 'require', 'true', '1']
/** Modes that send the password to whoever answers. */
const trusting: readonly string[] = ['disable', 'allow', 'prefer', 'no-verify', 'false', '0']

const tlsNames = ['sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'uselibpqcompat'] as const

/**
 * Decides how a connection is protected: over a local socket and on loopback as the address says, by default without
 * TLS; everywhere else by TLS 1.2 or newer with the certificate and the host name verified, whatever weaker meaning
 * `sslmode=require` or `verify-ca` may have elsewhere. Refuses what asks for less.
 *
 * `sslrootcert` names a file with root certificates (`system`: those of the platform), `sslcert` and `sslkey` one's own.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 * @see https://node-postgres.com/features/ssl
 */
export function secureConnection(connection: PgConnection): SecuredConnection {
  const { connectionString, rootCertificates, ...members } = connection
  const split = splitAddress(connectionString ?? '')
  const doubled = tlsNames.find((name) => split.tls.getAll(name).length > 1)
  if (doubled !== undefined) return refused(`${doubled} is given twice`)
  const bare = {
    ...members,
    ...(connectionString === undefined ? {} : { connectionString: split.address }),
  }
  const host = hostOf(bare)
  if (host === undefined)
    return refused('the address cannot be read; write special characters as %XX')
  const asked = modeOf(split.tls)
  if (asked === 'unknown') {
    return refused('sslmode is none that PostgreSQL knows; use sslmode=verify-full')
  }
  const isWanted =
    asked === 'verify' || rootCertificates !== undefined || split.tls.has('sslrootcert')
  if (isLocal(host) && (asked === 'trust' || !isWanted)) {
    return { kind: 'ready', config: { ...bare, ssl: false }, isEncrypted: false }
  }
  if (asked === 'trust') {
    return refused(
      'its sslmode would send the password to whoever answers; use sslmode=verify-full, and sslrootcert for a root of your own',
    )
  }
  return withTls(bare, split.tls, rootCertificates)
}

/** As {@link secureConnection}, for use at once. Throws `invalid_config` when it is refused. */
export function requireSecure(connection: PgConnection): pg.ClientConfig {
  const secured = secureConnection(connection)
  if (secured.kind === 'ready') return secured.config
  throw new AuronxError('invalid_config', `The database cannot be used: ${secured.problem}`)
}

function refused(problem: string): SecuredConnection {
  return { kind: 'refused', problem }
}

interface SplitAddress {
  /** The address without anything about TLS, which pg would put above what is decided here. */
  readonly address: string
  readonly tls: URLSearchParams
}

function splitAddress(given: string): SplitAddress {
  const [whole = ''] = given.split('#', 1)
  const at = whole.indexOf('?')
  if (at < 0) return { address: whole, tls: new URLSearchParams() }
  const tls = new URLSearchParams()
  const rest = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(whole.slice(at + 1)))
    (isTlsName(name) ? tls : rest).append(name, value)
  const query = rest.size === 0 ? '' : `?${rest.toString()}`
  return { address: `${whole.slice(0, at)}${query}`, tls }
}

function isTlsName(name: string): boolean {
  return tlsNames.some((known) => known === name)
}

function modeOf(tls: URLSearchParams): 'verify' | 'trust' | 'unknown' | undefined {
  const modes = [tls.get('sslmode'), tls.get('ssl')].filter((mode) => mode !== null)
  if (modes.some((mode) => trusting.includes(mode))) return 'trust'
  if (modes.length === 0) return undefined
  return modes.every((mode) => verifying.includes(mode)) ? 'verify' : 'unknown'
}

// The host may stand in the query or in PGHOST as well; the driver itself says which one counts.
function hostOf(config: pg.ClientConfig): string | undefined {
  try {
    return new pg.Client({ ...config, ssl: true }).host
  } catch {
    return undefined
  }
}

function isLocal(host: string): boolean {
  if (host === '' || host.startsWith('/') || host === 'localhost' || host === '::1') return true
  return isIPv4(host) && host.startsWith('127.')
}

function withTls(
  bare: pg.ClientConfig,
  tls: URLSearchParams,
  rootCertificates: string | undefined,
): SecuredConnection {
  const files = [
    ['ca', 'sslrootcert'],
    ['cert', 'sslcert'],
    ['key', 'sslkey'],
  ] as const
  const read: { ca?: string; cert?: string; key?: string } = {}
  if (rootCertificates !== undefined) read.ca = rootCertificates
  for (const [member, name] of files) {
    const file = tls.get(name)
    if (file === null || (name === 'sslrootcert' && file === 'system')) continue
    const text = readText(file)
    if (text === undefined) return refused(`the file that ${name} names cannot be read`)
    read[member] = text
  }
  // Said outright, because a process can be told to verify nothing by default.
  const ssl = { ...read, rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const
  return { kind: 'ready', config: { ...bare, ssl }, isEncrypted: true }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
