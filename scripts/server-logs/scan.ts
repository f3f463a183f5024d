import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What was found in the logs of a run. */
export interface LogScan {
  readonly files: number
  /** Log lines in all. */
  readonly lines: number
  /** Secrets that tests gave out, by kind. */
  readonly secrets: Readonly<Record<string, number>>
  /** What should not be there: the file, and what kind of thing it is; never the thing itself. */
  readonly findings: readonly string[]
}

/** Shapes that no log line may show, whoever made it. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['a token of ours', /\bax[a-z]_[0-9a-f]{32,}/],
  ['an API key', /\baxk_\w+/],
  ['an access token', /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/],
  ['a mailed code', /\b[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}\b/],
  ['a phone number', /1555010\d{3,5}/],
  ['an e-mail address', /[\w.+-]+@[\w-]+\.(?:example|test)\b/],
  ['a one-time link', /\/open\/[\w-]{16,}/],
]

/** Looks at every record of a folder for secrets that were given out in it, and for shapes of secrets. */
export function scanLogs(folder: string): LogScan {
  const secrets: Record<string, number> = {}
  const findings: string[] = []
  let lines = 0
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  for (const name of files) {
    const read = readRecord(path.join(folder, name))
    lines += read.logs.length
    for (const { of } of read.secrets) secrets[of] = (secrets[of] ?? 0) + 1
    const text = read.logs.join('\n')
    const found = [
      ...read.secrets.filter(({ value }) => text.includes(value)).map(({ of }) => of),
      ...shapes.filter(([, shape]) => shape.test(text)).map(([what]) => what),
    ]
    findings.push(
      ...new Set(
        found.map((what) => `${name.slice(0, -'.jsonl'.length).replaceAll('~', '/')}: ${what}`),
      ),
    )
  }
  return { files: files.length, lines, secrets, findings }
}

interface Read {
  readonly logs: readonly string[]
  readonly secrets: readonly { readonly of: string; readonly value: string }[]
}

function readRecord(file: string): Read {
  const logs: string[] = []
  const secrets: { of: string; value: string }[] = []
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (text === '') continue
    const line: unknown = JSON.parse(text)
    if (typeof line !== 'object' || line === null) continue
    if (Reflect.get(line, 'kind') === 'log') logs.push(String(Reflect.get(line, 'text')))
    const [of, value] = [String(Reflect.get(line, 'of')), String(Reflect.get(line, 'value'))]
    // What is short stands in a log by chance.
    if (Reflect.get(line, 'kind') === 'secret' && value.length >= 6) secrets.push({ of, value })
  }
  return { logs, secrets }
}
