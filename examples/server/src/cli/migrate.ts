import { openDatabase } from '../database.ts'
import { createServerLogger } from '../logging.ts'
import type { Command } from './command.ts'
import { readWords } from './command.ts'
import { configOf } from './floor.ts'

/** `migrate`: what a start of the server does first, by itself. */
export const migrateSchema: Command = {
  usage: 'migrate',
  purpose:
    'Makes the database where there is none and brings its schema up to this version, as the server does when it starts.',
  async run({ words, environment, terminal }) {
    readWords(words, {})
    const database = await openDatabase(configOf(environment), createServerLogger('silent'))
    await database.stop()
    for (const name of database.ran) terminal.out(`ran ${name}`)
    if (database.ran.length === 0) terminal.out('up to date')
    return 0
  },
}
