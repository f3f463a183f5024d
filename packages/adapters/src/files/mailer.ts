import { createHash } from 'node:crypto'
import { link, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMailable } from '@auronx/sdk'
import type { Mailer } from '@auronx/sdk'

/** Where mails are kept. */
export interface FileMailerOptions {
  /** Folder of the mails; made on first use, readable by this user only. */
  readonly folder: string
}

/**
 * A mailer that sends nothing and keeps each mail as `<digest of its key>.json`, complete. For development and tests: the
 * files hold sign-in codes in clear.
 */
export function createFileMailer({ folder }: FileMailerOptions): Mailer {
  return {
    async send(mail) {
      if (!isMailable(mail)) return { kind: 'refused', reason: 'malformed' }
      const name = createHash('sha256').update(mail.idempotencyKey).digest('hex').slice(0, 32)
      const file = join(folder, `${name}.json`)
      const part = `${file}.${process.pid}.part`
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(part, JSON.stringify(mail, undefined, 2), { mode: 0o600 })
        await link(part, file).catch(unlessThere)
        await rm(part, { force: true })
        return { kind: 'accepted' }
      } catch (error) {
        return { kind: 'failed', reason: codeOf(error) ?? 'unwritable' }
      }
    },
  }
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}
