import { runCommand } from '../../src/cli/run.ts'

/** What a command printed, and its exit code. */
export interface Said {
  readonly code: number
  readonly out: readonly string[]
  readonly error: readonly string[]
}

/** Runs a command as typed. */
export async function type(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const [out, error]: [string[], string[]] = [[], []]
  const code = await runCommand({
    words,
    environment,
    terminal: { out: (line) => out.push(line), error: (line) => error.push(line) },
    signal: new AbortController().signal,
  })
  return { code, out, error }
}
