import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AuronxError, readRootKeys } from '@auronx/sdk'
import type { Random, RootKey } from '@auronx/sdk'

/** Where root keys are kept. */
export interface RootKeyFile {
  /** Readable by this user only; one `version:key` a line. */
  readonly file: string
}

/**
 * Root keys from a file. Throws `invalid_config` in one line when it is not there, cannot be read, may be read by others,
 * or holds no fit keys.
 */
export async function readRootKeyFile({ file }: RootKeyFile): Promise<readonly RootKey[]> {
  const text = await readText(file)
  if (text === undefined) throw unfit('is not there or cannot be read')
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw unfit('may be read by others; take their rights away with chmod 600')
  }
  const outcome = readRootKeys(text)
  if (outcome.kind === 'refused') throw unfit(outcome.problems.join('; it '))
  return outcome.keys
}

/**
 * As {@link readRootKeyFile}, and makes the file with one new key when it is not there. Several processes may do so at
 * once and get the same key. Keep a copy of the file apart from the database's: either is worthless without the other.
 */
export async function openRootKeyFile({
  file,
  random,
}: RootKeyFile & { readonly random: Random }): Promise<readonly RootKey[]> {
  if ((await readText(file)) === undefined) await make(file, random)
  return readRootKeyFile({ file })
}

async function make(file: string, random: Random): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.${Buffer.from(random.bytes(8)).toString('hex')}`
  const handle = await open(part, 'wx', 0o600)
  try {
    await handle.writeFile(`1:${Buffer.from(random.bytes(32)).toString('base64')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    // A link comes into being whole, and only if nobody else was quicker.
    await link(part, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(part, { force: true })
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unfit('cannot be read')
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
}

function unfit(problem: string): AuronxError {
  return new AuronxError('invalid_config', `The file of the root keys ${problem}`)
}
