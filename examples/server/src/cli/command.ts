import { AuronxError } from '@auronx/sdk'

/** Where a command writes. */
export interface Terminal {
  /** One line of the result. */
  out(line: string): void
  /** One line about what went wrong. */
  error(line: string): void
}

/** What a command is called with. */
export interface CommandCall {
  /** What follows the verb. */
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  /** Fires when the person wants it to stop. */
  readonly signal: AbortSignal
}

/** One verb. */
export interface Command {
  /** As it is typed, with what follows it. */
  readonly usage: string
  /** One sentence. */
  readonly purpose: string
  /** Resolves with the exit code. Throws `invalid_input` for words it does not take. */
  run(call: CommandCall): Promise<number>
}

/** Words that are no options, and the values of options; `flags` take none. */
export interface ReadWords {
  readonly given: readonly string[]
  readonly options: ReadonlyMap<string, string>
}

/** Reads `--name value`, `--flag` and plain words. Throws `invalid_input` for options that are not named here. */
export function readWords(
  words: readonly string[],
  {
    options = [],
    flags = [],
  }: { readonly options?: readonly string[]; readonly flags?: readonly string[] },
): ReadWords {
  const given: string[] = []
  const read = new Map<string, string>()
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('--')) {
      given.push(word)
      continue
    }
    const name = word.slice(2)
    if (flags.includes(name)) {
      read.set(name, '')
      continue
    }
    index += 1
    const value = words[index]
    if (!options.includes(name) || value === undefined)
      throw new AuronxError('invalid_input', `--${name} is not understood here`)
    read.set(name, value)
  }
  return { given, options: read }
}
