import path from 'node:path'
import { createFileMailer } from '@auronx/adapters/files'
import { normalizeEmail } from '@auronx/sdk'
import type { Mailer } from '@auronx/sdk'
import type { Config } from '../config.ts'
import { createConsoleMailer } from '../console-mailer.ts'
import { createDemoMailer } from './demo-mailer.ts'

/** Where mail goes, and what of it a page may show. */
export interface Mailing {
  readonly mailer: Mailer
  /** There in the demonstration only: the code that was mailed last. */
  readonly shownCode?: (email: string) => string | undefined
  /** There in the demonstration only: the invitation that was mailed last. */
  readonly shownInvitation?: (email: string) => string | undefined
}

/** Opens the mailer that the configuration names. */
export function openMailer(config: Pick<Config, 'mail' | 'dataDir'>): Mailing {
  switch (config.mail) {
    case 'console':
      return { mailer: createConsoleMailer({ print: (lines) => console.log(lines) }) }
    case 'file':
      return { mailer: createFileMailer({ folder: path.join(config.dataDir, 'mail') }) }
    case 'page': {
      const mailer = createDemoMailer()
      const find = (email: string, kind: string, shape: RegExp): string | undefined =>
        shape.exec(mailer.newest(normalizeEmail(email) ?? '', kind)?.text ?? '')?.[0]
      return {
        mailer,
        shownCode: (email) => find(email, 'sign_in_code', /[2-9A-Z]{4}-[2-9A-Z]{4}/),
        shownInvitation: (email) => find(email, 'invitation', /https?:\/\/\S+#axi_[0-9a-f]{64}/),
      }
    }
  }
}
