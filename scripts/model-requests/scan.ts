import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What {@link Recorder} leaves behind for one test file, one line each. */
export type Line =
  /** A text that requests are made of, written once for each file. */
  | { readonly kind: 'text'; readonly id: number; readonly text: string }
  /** A request, with the ids of its texts; `returned` items were written by the model and are given back to it. */
  | { readonly kind: 'request'; readonly texts: readonly number[]; readonly returned: number }
  /** The test file, as its path below the repository. */
  | { readonly kind: 'file'; readonly file: string }

/** What one test file sent to models. */
export interface FileCount {
  readonly requests: number
  /** Placeholders that stand for what somebody wrote: where nobody writes anything personal, little is proved. */
  readonly placeholders: number
}

/** What a run sent to models. */
export interface Sent {
  readonly requests: number
  readonly returned: number
  readonly bytes: number
  readonly files: ReadonlyMap<string, FileCount>
  readonly placeholders: number
  readonly findings: readonly Finding[]
}

/** Something that must not reach a model. */
export interface Finding {
  readonly file: string
  readonly what: string
  readonly around: string
}

// Written apart from the code that takes these things out, so that both must be wrong for one to slip through.
const forbidden: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a phone number', pattern: /(?<![\w-])\+?\d{9,15}(?![\w-])/u },
  { what: 'an e-mail address', pattern: /[\w.+-]+@[\w-]+\.\w+/u },
  { what: 'a user id', pattern: /\b[A-Z]{2}\.(?:ENT\.)?\d{10,}/u },
  { what: 'an id of ours', pattern: /[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-/iu },
  { what: 'an id of WhatsApp', pattern: /\bwamid\.\w/u },
  { what: 'an action', pattern: /\b(?:act|nav):\w/u },
  {
    what: 'a secret',
    pattern:
      /\b(?:(?:sk|pk|rk|re|ghp|xox[a-z])[-_]\w|EAA[A-Za-z\d]{8}|AKIA[A-Z\d]{8}|eyJ[\w-]{8})/u,
  },
  {
    what: 'a payment card',
    pattern: /(?<![\da-z])(?:4\d{3}|5[1-5]\d{2})(?:[ -]?\d{4}){3}(?![\da-z])/u,
  },
]

// The numbers that fixtures may use, found however they are spaced.
const reserved = /5550?10\d{2,4}/u
// Among many digests some hold such a number by chance; a number somebody wrote is not that long.
const digest = /(?<![\da-z])(?=\d*[a-f])[\da-f]{32,128}(?![\da-z])/giu
const gaps = /[\s().\-\u2010-\u2015\u00A0\u202F/·•_*~]/gu
const placeholder = /\[(?:phone|email|card|iban|tax_id|code|user_id|id)_[a-z2-9]{4}\]/gu

/** What of a text must not reach a model, with a few letters around it. JSON is looked into. */
export function findingsIn(text: string): readonly Omit<Finding, 'file'>[] {
  return leavesOf(text).flatMap((leaf) => {
    const plain = foldDigits(leaf)
    const found = forbidden.flatMap(({ what, pattern }) => {
      const match = pattern.exec(plain)
      return match === null ? [] : [{ what, around: around(plain, match.index) }]
    })
    const squeezed = plain.replaceAll(digest, '').replaceAll(gaps, '')
    const spaced = found.length === 0 ? reserved.exec(squeezed) : null
    return spaced === null
      ? found
      : [...found, { what: 'a phone number', around: around(squeezed, spaced.index) }]
  })
}

/** Reads everything that was recorded below a folder, and looks at all of it. */
export function scanRecords(folder: string): Sent {
  const files = new Map<string, FileCount>()
  const findings: Finding[] = []
  let [requests, returned, bytes, placeholders] = [0, 0, 0, 0]
  for (const name of readdirSync(folder)) {
    let file = name
    const count = { requests: 0, placeholders: 0 }
    for (const line of linesOf(path.join(folder, name))) {
      switch (line.kind) {
        case 'file':
          file = line.file
          break
        case 'text':
          bytes += Buffer.byteLength(line.text)
          count.placeholders += line.text.match(placeholder)?.length ?? 0
          for (const finding of findingsIn(line.text)) findings.push({ file, ...finding })
          break
        case 'request':
          returned += line.returned
          count.requests += 1
      }
    }
    requests += count.requests
    placeholders += count.placeholders
    files.set(file, count)
  }
  return { requests, returned, bytes, files, placeholders, findings }
}

/** What is wrong with a run, one line each. `least` says how much a test file sends at least, if it was run. */
export function problemsOf(
  { files, findings }: Pick<Sent, 'files' | 'findings'>,
  ran: readonly string[],
  least: Readonly<Record<string, Partial<FileCount>>>,
): readonly string[] {
  const missing = ran.flatMap((file) =>
    counted.flatMap((what) => {
      const [wanted, made] = [least[file]?.[what] ?? 0, files.get(file)?.[what] ?? 0]
      return made >= wanted ? [] : [`${file}: ${made} ${what} were recorded, expected ${wanted}`]
    }),
  )
  return [
    ...missing,
    ...findings.map(({ file, what, around: text }) => `${file}: ${what}: ${text}`),
  ]
}

const counted = ['requests', 'placeholders'] as const

function linesOf(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line))
}

/** Every string in a text: itself, or what it holds as JSON, also JSON within JSON. */
function leavesOf(text: string): readonly string[] {
  if (!/^\s*[[{"]/.test(text)) return [text]
  try {
    return stringsIn(JSON.parse(text))
  } catch {
    return [text]
  }
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return leavesOf(value)
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 12), at + 24))
}

/** Digits of other scripts as ASCII ones. */
function foldDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll(/[०-९]/gu, (digit) => String(digit.charCodeAt(0) - 0x966))
}
