import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { publishedPackages, repositoryRoot } from './repository.ts'

/** One thing that `npm run check` finds out. */
interface Step {
  readonly name: string
  readonly command: readonly string[]
}

const tarballs = path.join(repositoryRoot, '.cache', 'tarballs')
const tarball = (name: string) => path.join(tarballs, `${name}.tgz`)
const pnpm = ['npx', '--yes', '--prefer-offline', 'pnpm@12.21.0']

/** Every step, in order: what packs needs what was built. All run, also after a failure. */
const steps: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--quiet'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types without Node', command: ['tsc', '-p', 'packages/sdk/tsconfig.web.json'] },
  { name: 'exports', command: ['node', 'scripts/check-exports.ts'] },
  { name: 'layers', command: ['node', 'scripts/check-layers.ts'] },
  { name: 'docs', command: ['node', 'scripts/check-docs.ts'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'build', command: ['node', 'scripts/build.ts'] },
  { name: 'API report', command: ['node', 'scripts/api-report.ts'] },
  { name: 'sizes', command: ['node', 'scripts/check-sizes.ts'] },
  ...publishedPackages.flatMap((name) => [
    {
      name: `pack ${name}`,
      command: [...pnpm, '--filter', `@auronx/${name}`, 'pack', '--out', tarball(name)],
    },
    { name: `publint ${name}`, command: ['publint', 'run', tarball(name), '--strict'] },
    {
      name: `attw ${name}`,
      command: ['attw', tarball(name), '--profile', 'esm-only', '--no-emoji'],
    },
  ]),
]

rmSync(tarballs, { recursive: true, force: true })
mkdirSync(tarballs, { recursive: true })
const only = process.argv.slice(2)
const chosen = steps.filter((step) => only.length === 0 || only.includes(step.name))
const failed = chosen.filter((step) => !passes(step))
mkdirSync(path.join(repositoryRoot, '.cache', 'reports'), { recursive: true })
writeFileSync(
  path.join(repositoryRoot, '.cache', 'reports', 'check.json'),
  JSON.stringify({ numPassedTests: chosen.length - failed.length, numFailedTests: failed.length }),
)
for (const step of failed) console.log(`failed: ${step.name}`)
console.log(`check: ${chosen.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

function passes({ name, command: [program = '', ...args] }: Step): boolean {
  const started = performance.now()
  const run = spawnSync(program, args, { cwd: repositoryRoot, encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${run.status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (run.status !== 0)
    console.log(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`)
  return run.status === 0
}
