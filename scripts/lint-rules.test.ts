import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readText, repositoryRoot } from './repository.ts'
import { inThrowawayRepository } from './throwaway-repository.ts'

const folder = path.join(repositoryRoot, '.cache', 'guards')
const shared = {
  '.oxlintrc.json': readText(repositoryRoot, '.oxlintrc.json'),
  'scripts/oxlint/documented-exports.ts': readText(
    repositoryRoot,
    'scripts/oxlint/documented-exports.ts',
  ),
  'scripts/oxlint/own-lines.ts': readText(repositoryRoot, 'scripts/oxlint/own-lines.ts'),
  'scripts/oxlint/no-ambient.ts': readText(repositoryRoot, 'scripts/oxlint/no-ambient.ts'),
  'tsconfig.json': { compilerOptions: { strict: true, module: 'nodenext', noEmit: true } },
}

const inSdk = 'packages/sdk/src/orders/decide.ts'
let findings: readonly string[] = []

beforeAll(() => inThrowawayRepository({ ...shared, ...caseFiles() }, lint, folder))
const broken: readonly (readonly [rule: string, code: string])[] = [
  ['no-ambient', 'export const at = Date.now()'],
  ['no-ambient', 'export const at = new Date()'],
  ['no-ambient', 'export const luck = Math.random()'],
  ['no-ambient', 'export const id = crypto.randomUUID()'],
  ['no-ambient', 'export const id = globalThis.crypto.randomUUID()'],
  ['no-ambient', "export const key = process.env['KEY']"],
  ['no-ambient', "export const page = await fetch('https://example.org')"],
  ['no-ambient', "export const page = await globalThis.fetch('https://example.org')"],
  ['no-floating-promises', 'export function go(p: Promise<void>): void { p }'],
  ['consistent-type-assertions', 'export const id = (x: unknown): string => x as string'],
  ['documented-exports', 'export const bare = 1'],
  ['no-explicit-any', 'export const loose = (x: any): unknown => x'],
  ['no-non-null-assertion', 'export const sure = (x?: string): string => x!'],
  ['no-default-export', 'export default 1'],
  [
    'switch-exhaustiveness',
    "export const f = (k: 'a' | 'b'): number => { switch (k) { case 'a': return 1 } return 0 }",
  ],
  ['own-lines', `export function long(): void {\n${'  void 0\n'.repeat(61)}}`],
]

const shortMethods = Array.from(
  { length: 5 },
  (_, at) => `  m${at}() {\n${'    void 0\n'.repeat(20)}  },\n`,
)

const allowed: readonly (readonly [file: string, code: string])[] = [
  [
    'packages/sdk/src/orders/factory.ts',
    `export const createX = (): object => ({\n${shortMethods.join('')}})`,
  ],
  [inSdk, 'export const later = (now: Date): Date => new Date(now.getTime() + 1)'],
  ['packages/sdk/src/egress/egress.ts', "export const page = await fetch('https://example.org')"],
  ['packages/sdk/src/orders/decide.test.ts', 'export const at = Date.now()'],
  ['examples/server/src/config.ts', "export const key = process.env['KEY']"],
]

test.each(broken.map(([rule], at) => ({ rule, at })))(
  'lint finds $rule in broken example $at',
  ({ rule, at }) => {
    const mine = findings.filter((line) =>
      line.startsWith(`packages/sdk/src/orders/broken-${at}.ts:`),
    )
    expect(mine.join('\n')).toContain(rule)
  },
)

test('the linter ran', () => {
  expect(findings.length).toBeGreaterThan(broken.length)
})

test.each(allowed)('lint lets %s do what it may', (file) => {
  expect(
    findings.filter((line) => line.startsWith(`${file}:`) && /no-ambient|own-lines/.test(line)),
  ).toEqual([])
})

function caseFiles(): Record<string, string> {
  const examples = broken.map(([, code], at) => [`packages/sdk/src/orders/broken-${at}.ts`, code])
  return { ...Object.fromEntries(examples), ...Object.fromEntries(allowed) }
}

function lint(root: string): void {
  const bin = path.join(repositoryRoot, 'node_modules', '.bin', 'oxlint')
  const args = ['--no-ignore', '--type-aware', '--format', 'unix', ...Object.keys(caseFiles())]
  findings = spawnSync(bin, args, { cwd: root, encoding: 'utf8' }).stdout.split('\n')
}
