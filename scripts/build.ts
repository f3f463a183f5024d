import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundleServer } from './bundle-server.ts'
import {
  listEntries,
  listFiles,
  publishedPackages,
  readManifest,
  repositoryRoot,
} from './repository.ts'

const bin = (name: string) => path.join(repositoryRoot, 'node_modules', '.bin', name)

for (const name of publishedPackages) {
  const folder = path.join(repositoryRoot, 'packages', name)
  run(folder, 'tsup', [])
  run(folder, 'tsc', ['-p', 'tsconfig.build.json'])
  nameJavaScriptInDeclarations(folder)
  copyAssets(folder)
  copyFileSync(path.join(repositoryRoot, 'LICENSE'), path.join(folder, 'LICENSE'))
  await loadEntries(name)
  console.log(`built packages/${name}`)
}

await bundleServer()
console.log('bundled examples/server')

function run(folder: string, command: string, args: readonly string[]): void {
  const { status } = spawnSync(bin(command), args, { cwd: folder, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`${command} failed in ${path.relative(repositoryRoot, folder)}`)
    process.exit(1)
  }
}

// What was built must also load: types alone do not show a wrong path or a missing file.
async function loadEntries(name: string): Promise<void> {
  for (const { specifier, module } of listEntries(
    readManifest(repositoryRoot, `packages/${name}`),
  )) {
    const loaded = await import(path.join(repositoryRoot, 'packages', name, 'dist', `${module}.js`))
    if (Object.keys(loaded).length === 0) throw new Error(`${specifier} exports nothing`)
  }
}

// tsc leaves './x.ts' in declarations, which a consumer without allowImportingTsExtensions cannot be expected to resolve.
function nameJavaScriptInDeclarations(folder: string): void {
  for (const file of listDeclarations(folder)) {
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      text.replaceAll(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]*)\.ts(?=['"])/g, '$1.js'),
    )
  }
}

function listDeclarations(folder: string): string[] {
  return listFiles(path.join(folder, 'dist'), ['**/*.d.ts']).map((file) =>
    path.join(folder, 'dist', file),
  )
}

function copyAssets(folder: string): void {
  if (!existsSync(path.join(folder, 'src'))) return
  const assets = listFiles(path.join(folder, 'src'), [
    '**/*.{sql,html,css,js,svg,png,webp,ogg,jpg}',
  ])
  for (const asset of assets) {
    const target = path.join(folder, 'dist', asset)
    mkdirSync(path.dirname(target), { recursive: true })
    copyFileSync(path.join(folder, 'src', asset), target)
  }
}
