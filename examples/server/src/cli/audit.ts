import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import {
  AuronxError,
  asId,
  createAuditLog,
  createAuditor,
  systemActor,
  verifyAudit,
} from '@auronx/sdk'
import type { AuditAnchor, AuditFault } from '@auronx/sdk'
import type { Command } from './command.ts'
import { readWords } from './command.ts'
import { onFloor } from './floor.ts'
import type { Floor } from './floor.ts'

/** `audit export`: a business' log as a file that can be checked anywhere. */
export const auditExport: Command = {
  usage: 'audit export <business> <file>',
  purpose: 'Writes the whole audit log of a business, by its id, into a new file.',
  async run(call) {
    const [tenantId, file, ...more] = readWords(call.words, {}).given
    if (tenantId === undefined || file === undefined || more.length > 0)
      throw new AuronxError('invalid_input', 'Name the id of a business and a new file')
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(tenantId))
      throw new AuronxError('invalid_input', 'The id of a business is a UUID')
    const lines = await onFloor(call, (floor) => writeLog(floor, tenantId, file))
    call.terminal.out(`${lines} entries; check them with: auronx audit verify ${file}`)
    return 0
  },
}

/** `audit verify`: needs the file and nothing else. */
export const auditVerify: Command = {
  usage: 'audit verify <file> [--anchor <number>:<hash>]',
  purpose: 'Checks an exported log without a database: nothing changed, removed, moved or cut off.',
  async run({ words, terminal }) {
    const { given, options } = readWords(words, { options: ['anchor'] })
    const [file, ...more] = given
    if (file === undefined || more.length > 0)
      throw new AuronxError('invalid_input', 'Name the file of one exported log')
    const anchor = readAnchor(options.get('anchor'))
    const verdict = await verifyAudit(linesOf(file), anchor === undefined ? {} : { anchor })
    if (verdict.kind === 'broken') {
      terminal.error(`BROKEN in line ${verdict.line}: ${faults[verdict.fault]}`)
      return 1
    }
    const { sequence, hash } = verdict.head
    terminal.out(
      `intact: ${verdict.entries} entries of ${verdict.tenantId}, ${verdict.erased} without their personal values`,
    )
    terminal.out(`keep this outside of the database, for next time: --anchor ${sequence}:${hash}`)
    return 0
  },
}

const faults: Readonly<Record<AuditFault, string>> = {
  unreadable: 'this is no entry of a log',
  foreign: 'this is an entry of another business',
  sequence: 'an entry is missing, doubled or not in its place',
  chain: 'this entry does not follow from the one before',
  hash: 'this entry was changed',
  personal: 'the personal values of this entry were changed',
  end: 'the end is missing, or something follows it',
  anchor: 'this is not the log, or not all of it, that the anchor was taken from',
}

async function writeLog(
  { vault, clock, random }: Floor,
  tenant: string,
  file: string,
): Promise<number> {
  const actor = systemActor(asId('TenantId', tenant), 'host')
  // Whoever reads it out leaves a line in it, which the business sees.
  const auditor = createAuditor({ clock, random })
  await vault.work.run(actor.tenantId, async (stores) => {
    await stores.accounts.tenant()
    await auditor.record(stores, actor, {
      action: 'audit.exported',
      target: { type: 'tenant', id: actor.tenantId },
    })
  })
  const handle = await open(file, 'wx', 0o600).catch(() => {
    throw new AuronxError('conflict', 'The file is there already or cannot be made')
  })
  try {
    let lines = 0
    for await (const line of createAuditLog(vault.work).export(actor)) {
      await handle.write(`${line}\n`)
      lines += 1
    }
    return lines - 1
  } finally {
    await handle.close()
  }
}

async function* linesOf(file: string): AsyncIterable<string> {
  const input = createReadStream(file, 'utf8')
  // Without this a file that is not there would end the process instead of the command.
  const opened = new Promise((done, fail) => input.once('open', done).once('error', fail))
  await opened.catch(() => {
    throw new AuronxError('invalid_input', 'The file cannot be read')
  })
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
}

function readAnchor(text: string | undefined): AuditAnchor | undefined {
  if (text === undefined) return undefined
  const [, digits, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (digits === undefined || hash === undefined)
    throw new AuronxError('invalid_input', '--anchor is a number, a colon and 64 hex digits')
  return { sequence: Number(digits), hash }
}
