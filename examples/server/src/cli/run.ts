import { isAuronxError } from '@auronx/sdk'
import { accountDisable, accountEnable } from './account.ts'
import { auditExport, auditVerify } from './audit.ts'
import type { Command, CommandCall } from './command.ts'
import { operatorCreate } from './operator.ts'
import { migrateSchema } from './migrate.ts'
import { keysRevoke, keysRotate, keysStatus } from './keys.ts'

const commands: readonly Command[] = [
  accountDisable,
  accountEnable,
  keysStatus,
  keysRotate,
  keysRevoke,
  auditExport,
  auditVerify,
  operatorCreate,
  migrateSchema,
]

/** Runs the command that the words name, and returns its exit code; 2 for words that name none. */
export async function runCommand(call: CommandCall): Promise<number> {
  const { words, terminal } = call
  const command = commands.find(({ usage }) => isNamed(usage, words))
  if (command === undefined) {
    for (const { usage, purpose } of commands) terminal.error(`auronx ${usage}\n    ${purpose}`)
    return 2
  }
  try {
    return await command.run({ ...call, words: words.slice(verbOf(command.usage).length) })
  } catch (error) {
    if (!isAuronxError(error)) throw error
    terminal.error(error.message)
    if (error.code === 'invalid_input') terminal.error(`usage: auronx ${command.usage}`)
    return error.code === 'invalid_input' ? 2 : 1
  }
}

function isNamed(usage: string, words: readonly string[]): boolean {
  return verbOf(usage).every((word, index) => words[index] === word)
}

function verbOf(usage: string): readonly string[] {
  return usage.split(' ').filter((word) => /^[a-z]+$/.test(word))
}
