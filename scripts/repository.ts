import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository. */
export const repositoryRoot: string = fileURLToPath(new URL('..', import.meta.url))

/** The two packages that are published. */
export const publishedPackages = ['sdk', 'adapters'] as const

/** Files below `root` that match the patterns, as sorted relative paths with `/`; never build output or dependencies. */
export function listFiles(root: string, patterns: string[]): string[] {
  return globSync(patterns, {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**', '**/coverage/**', '**/.cache/**', '**/.data/**'],
  })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
}

/** The text of a file of the repository. */
export function readText(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

/** Whether a path names a test or its material rather than the product. */
export function isTestFile(file: string): boolean {
  return /\.(test|deep\.test|contract|fixture)\.ts$/.test(file) || file.includes('/testing/')
}

/** One public subpath of a published package. */
export interface Entry {
  /** As a consumer writes it, for example `@auronx/sdk/webhook`. */
  readonly specifier: string
  /** Path below the package's `src` and `dist`, without extension, for example `webhook/index`. */
  readonly module: string
}

/** A `package.json`, as far as the guards look into it. */
export interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, unknown>> }
}

/** Reads a package's manifest. */
export function readManifest(root: string, folder: string): Manifest {
  return JSON.parse(readText(root, `${folder}/package.json`))
}

/** The entries that a manifest exports, without `./package.json`. */
export function listEntries(manifest: Manifest): Entry[] {
  return Object.keys(manifest.exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => ({
      specifier: manifest.name + subpath.slice(1),
      module: subpath === '.' ? 'index' : `${subpath.slice(2)}/index`,
    }))
}

/**
 * Ends a guard run from the command line: prints the problems, if any, and sets the exit code. Does nothing when the
 * guard's module was imported, so that tests can call its function.
 */
export function reportWhenMain(
  moduleUrl: string,
  run: () => readonly string[] | Promise<readonly string[]>,
): void {
  if (process.argv[1] !== fileURLToPath(moduleUrl)) return
  void Promise.resolve(run()).then((problems) => {
    for (const problem of problems) console.error(problem)
    if (problems.length > 0) process.exitCode = 1
  })
}
