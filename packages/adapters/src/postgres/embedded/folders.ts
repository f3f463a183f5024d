import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AuronxError } from '@auronx/sdk'

/** Whom the server runs as; empty for this process' own user. */
export interface Owner {
  readonly uid?: number
  readonly gid?: number
}

/** Everything on disk that belongs to one embedded server. */
export interface Folders {
  readonly owner: Owner
  /** The cluster itself, below the folder that was asked for and named after the major version. */
  readonly data: string
  /** How the server is told about it. */
  readonly dataArgument: string
  /** Folder of the socket, which only the owner can enter. */
  readonly socket: string
  readonly log: string
  /** Names the process that the server lives for. */
  readonly ownerFile: string
  readonly startLock: string
}

/** Major version of the programs that come with the install. */
export const majorVersion = '18'

const nobody = { uid: 65_534, gid: 65_534 }

/**
 * Makes the folders of a server. Root hands them to `nobody`, because the server refuses to run as root.
 *
 * Throws `storage_unavailable` when the data is of another major version, or somebody else made the socket's folder.
 */
export function makeFolders(asked: string): Folders {
  const root = resolve(asked)
  const isRoot = process.getuid?.() === 0
  const owner = isRoot ? nobody : {}
  const data = join(root, majorVersion)
  makePrivate(root, owner)
  refuseOtherVersions(root)
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 12)
  // The whole socket path must stay below 100 bytes or so.
  const temporary = tmpdir().length > 60 ? '/tmp' : tmpdir()
  const socket = join(temporary, `auronx-${hash}`)
  makePrivate(socket, owner)
  refuseForeign(socket, owner)
  return {
    owner,
    data,
    // Below a folder that `nobody` may not enter, such as /root, only the working directory itself can be reached.
    dataArgument: isRoot && process.platform === 'linux' ? '/proc/self/cwd' : data,
    socket,
    log: join(root, 'server.log'),
    ownerFile: join(socket, 'owner.pid'),
    startLock: join(root, 'starting.pid'),
  }
}

/** Makes a folder that only `owner` can enter. */
export function makePrivate(folder: string, owner: Owner): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
}

/** Gives a cluster to whom the server runs as, and to nobody else; a copy, such as one from a backup, may be another's. */
export function handOver({ data, owner }: Folders): void {
  chmodSync(data, 0o700)
  if (owner.uid === undefined || owner.gid === undefined) return
  if (lstatSync(join(data, 'PG_VERSION')).uid === owner.uid) return
  for (const name of ['.', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(join(data, name), owner.uid, owner.gid)
  }
}

function refuseOtherVersions(root: string): void {
  const others = readdirSync(root).filter(
    (name) => existsSync(join(root, name, 'PG_VERSION')) && /^\d+$/.test(name),
  )
  if (others.length === 0 || others.includes(majorVersion)) return
  throw new AuronxError(
    'storage_unavailable',
    `The data folder belongs to PostgreSQL ${others.join(', ')}, this is ${majorVersion}; move the data with dump and restore`,
  )
}

// The temporary folder is shared: somebody else could have made this one to stand in for our socket.
function refuseForeign(folder: string, owner: Owner): void {
  const found = lstatSync(folder)
  const expected = owner.uid ?? process.getuid?.() ?? found.uid
  if (found.isDirectory() && found.uid === expected && (found.mode & 0o077) === 0) return
  throw new AuronxError(
    'storage_unavailable',
    `The folder ${folder} is not private to the database; remove it`,
  )
}
