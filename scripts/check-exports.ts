import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from './repository.ts'
import {
  listEntries,
  listFiles,
  publishedPackages,
  readManifest,
  readText,
  reportWhenMain,
  repositoryRoot,
} from './repository.ts'

/**
 * Compares what the published packages export with the files that exist and with the specifiers that the documents
 * name. Returns one line per disagreement.
 */
export function checkExports(root: string): string[] {
  const manifests = publishedPackages.map((name) => readManifest(root, `packages/${name}`))
  const problems = publishedPackages.flatMap((name, at) => {
    const manifest = manifests[at]
    return manifest === undefined ? [] : checkManifest(root, `packages/${name}`, manifest)
  })
  const known = new Set(
    manifests.flatMap((manifest) => listEntries(manifest).map((entry) => entry.specifier)),
  )
  return [...problems, ...checkDocuments(root, known)]
}

function checkManifest(root: string, folder: string, manifest: Manifest): string[] {
  const problems: string[] = []
  for (const { specifier, module } of listEntries(manifest)) {
    const subpath = `.${specifier.slice(manifest.name.length)}`
    const built = { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` }
    const inSource = { source: `./src/${module}.ts`, ...built }
    if (!existsSync(path.join(root, folder, inSource.source)))
      problems.push(`${folder}: exports "${subpath}", but ${inSource.source} does not exist`)
    if (!sameJson(manifest.exports[subpath], inSource))
      problems.push(`${folder}: exports["${subpath}"] should be ${JSON.stringify(inSource)}`)
    if (!sameJson(manifest.publishConfig?.exports?.[subpath], built))
      problems.push(
        `${folder}: publishConfig.exports["${subpath}"] should be ${JSON.stringify(built)}`,
      )
  }
  for (const subpath of Object.keys(manifest.publishConfig?.exports ?? {}))
    if (!(subpath in manifest.exports))
      problems.push(`${folder}: publishConfig.exports["${subpath}"] is not in exports`)
  return problems
}

function checkDocuments(root: string, known: ReadonlySet<string>): string[] {
  const documents = listFiles(root, [
    '*.md',
    'docs/**/*.md',
    'packages/*/README.md',
    'examples/*/README.md',
  ])
  return documents.flatMap((file) => {
    const named = readText(root, file).match(/@auronx\/(?:sdk|adapters)(?:\/[a-z][a-z-]*)*/g) ?? []
    // `@auronx/adapters` has no main entry; the bare name stands for the package.
    const unknown = [...new Set(named)].filter(
      (name) => !known.has(name) && name.includes('/', '@auronx/'.length),
    )
    return unknown.map((name) => `${file}: names ${name}, which is not exported`)
  })
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

reportWhenMain(import.meta.url, () => checkExports(repositoryRoot))
