import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'tsup'
import { reportWhenMain, repositoryRoot } from './repository.ts'

/** How large entries may become when a consumer bundles them: minified and gzipped, without third-party packages. */
export interface SizeBudget {
  /** Entry modules below the root; those of one budget are bundled together. */
  readonly entries: readonly string[]
  readonly maxKiB: number
}

const sdk = (entry: string) => `packages/sdk/src/${entry}.ts`
const adapters = (entry: string) => `packages/adapters/src/${entry}.ts`

/** The budgets that hold in this repository, a little above what the entries weigh: growth is to be noticed. */
export const budgets: readonly SizeBudget[] = [
  { entries: [sdk('webhook/index')], maxKiB: 12 },
  { entries: [sdk('webhook/index'), sdk('whatsapp/index')], maxKiB: 22 },
  { entries: [sdk('index')], maxKiB: 100 },
  { entries: [adapters('openai/index')], maxKiB: 5 },
]

/** Bundles what each budget names, prints its size, and returns one line per budget that is exceeded; what does not bundle counts as too large. */
export async function checkSizes(root: string, sizes: readonly SizeBudget[]): Promise<string[]> {
  const problems: string[] = []
  for (const [at, { entries, maxKiB }] of sizes.entries()) {
    const folder = path.join(root, '.cache', 'sizes', String(at))
    const kib = (await bundle(root, entries, folder).catch(() => Infinity)) / 1024
    const line = `${entries.join(' + ')}: ${kib.toFixed(1)} KiB gzipped, budget ${maxKiB}`
    if (kib > maxKiB) problems.push(line)
    else console.log(line)
  }
  return problems
}

async function bundle(root: string, entries: readonly string[], folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true })
  const everything = path.join(folder, 'entry.ts')
  const lines = entries.map((entry) => `export * from ${JSON.stringify(path.join(root, entry))}\n`)
  writeFileSync(everything, lines.join(''))
  await build({
    entry: { bundle: everything },
    outDir: folder,
    format: 'esm',
    platform: 'neutral',
    target: 'node22',
    external: [/^[@a-z]/],
    minify: true,
    splitting: false,
    config: false,
    dts: false,
    silent: true,
    outExtension: () => ({ js: '.js' }),
  })
  return gzipSync(readFileSync(path.join(folder, 'bundle.js'))).length
}

reportWhenMain(import.meta.url, () => checkSizes(repositoryRoot, budgets))
