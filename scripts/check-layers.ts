import path from 'node:path'
import ts from 'typescript'
import {
  isTestFile,
  listEntries,
  listFiles,
  readManifest,
  readText,
  reportWhenMain,
  repositoryRoot,
} from './repository.ts'

/** Which folders of `packages/sdk/src` each folder may import. Files at the top and `testing/` may import all. */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  egress: ['kernel'],
  webhook: ['kernel'],
  lanes: ['kernel'],
  notifications: ['kernel'],
  accounts: ['kernel', 'notifications'],
  auth: ['kernel', 'notifications', 'accounts', 'secrets', 'audit'],
  blobs: ['kernel'],
  secrets: ['kernel'],
  audit: ['kernel'],
  usage: ['kernel'],
  inbox: ['kernel', 'webhook', 'lanes', 'accounts'],
  contacts: ['kernel', 'webhook', 'lanes', 'accounts'],
  outbox: ['kernel', 'lanes', 'accounts', 'contacts'],
  conversations: ['kernel', 'webhook', 'lanes', 'contacts', 'outbox'],
  numbers: ['kernel', 'accounts', 'audit', 'secrets', 'webhook'],
  whatsapp: ['kernel', 'outbox', 'egress', 'numbers'],
  responder: ['webhook', 'accounts', 'kernel', 'contacts', 'conversations', 'outbox'],
  assistant: ['kernel', 'lanes', 'accounts', 'contacts', 'conversations', 'outbox', 'responder'],
  catalog: ['kernel', 'lanes', 'accounts', 'responder'],
  orders: ['kernel', 'lanes', 'accounts', 'contacts', 'conversations', 'catalog', 'responder'],
  simulator: ['kernel'],
  api: ['kernel', 'accounts', 'catalog', 'orders'],
  client: ['kernel', 'api'],
}

/** Where the SDK may import `node:` modules, as beginnings of paths below `packages/sdk/src`. */
export const nodeAllowed: readonly string[] = ['simulator/', 'webhook/node-']

interface Import {
  readonly from: string
  readonly specifier: string
  /** The imported file below the repository, for relative specifiers. */
  readonly target: string | undefined
  /** Whether it is still there when the types are stripped. */
  readonly atRuntime: boolean
}

const sdk = 'packages/sdk/src/'

/**
 * Checks who imports whom in the packages and examples. Returns one line per import that breaks a rule, and one per
 * cycle of imports that remain at run time.
 */
export function checkLayers(root: string): string[] {
  const files = listFiles(root, ['packages/*/src/**/*.ts', 'examples/*/src/**/*.ts'])
  const imports = files.flatMap((file) => readImports(root, file))
  const entries = ['sdk', 'adapters'].flatMap((name) =>
    listEntries(readManifest(root, `packages/${name}`)),
  )
  const known = new Set(entries.map((entry) => entry.specifier))
  const broken = imports.flatMap((one) => {
    const reason = explain(one, known)
    return reason === undefined ? [] : [`${one.from}: imports ${one.specifier}: ${reason}`]
  })
  return [...broken, ...findCycles(imports)]
}

function readImports(root: string, from: string): Import[] {
  const text = readText(root, from)
  const namesOf = (source: string) =>
    ts.preProcessFile(source, true, true).importedFiles.map((one) => one.fileName)
  const lasting = new Set(
    namesOf(text.replaceAll(/^(?:import|export) type [^'"]*from ['"][^'"]*['"]/gm, '')),
  )
  return namesOf(text).map((specifier) => ({
    from,
    specifier,
    target: specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(from), specifier)
      : undefined,
    atRuntime: lasting.has(specifier),
  }))
}

function explain(
  { from, specifier, target }: Import,
  entries: ReadonlySet<string>,
): string | undefined {
  if (specifier.startsWith('@auronx/') && !entries.has(specifier))
    return 'only public subpaths may be imported'
  const home = from.split('/').slice(0, 3).join('/')
  if (target !== undefined && !target.startsWith(`${home}/`))
    return 'use the package name to leave a package'
  if (!from.startsWith(sdk) || isTestFile(from)) return undefined
  const own = from.slice(sdk.length)
  if (specifier.startsWith('node:') && !nodeAllowed.some((start) => own.startsWith(start)))
    return 'node: modules are allowed only in ' + nodeAllowed.join(', ')
  return target === undefined ? undefined : explainFolder(own, target.slice(sdk.length))
}

function explainFolder(from: string, target: string): string | undefined {
  const [folder = '', inside] = from.split('/')
  const [other = '', ...rest] = target.split('/')
  if (inside === undefined || folder === other) return undefined
  if (rest.join('/') !== 'index.ts') return `enter ${other}/ through its index.ts`
  const allowed = allowedImports[folder]
  if (allowed === undefined) return `${folder}/ has no line in allowedImports`
  return allowed.includes(other) ? undefined : `${folder}/ may not know ${other}/`
}

function findCycles(imports: readonly Import[]): string[] {
  const graph = new Map<string, string[]>()
  for (const { from, target, atRuntime } of imports)
    if (target !== undefined && atRuntime) graph.set(from, [...(graph.get(from) ?? []), target])
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push(`cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`)
      return
    }
    state.set(file, 'open')
    for (const target of graph.get(file) ?? []) visit(target, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of graph.keys()) visit(file, [])
  return cycles
}

reportWhenMain(import.meta.url, () => checkLayers(repositoryRoot))
