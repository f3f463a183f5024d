import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { Entry } from './repository.ts'
import {
  listEntries,
  listFiles,
  publishedPackages,
  readManifest,
  reportWhenMain,
  repositoryRoot,
} from './repository.ts'

/**
 * Compares the declarations that a built package offers, entry by entry, with the report committed in its `api`
 * folder; with `write`, replaces the report. Returns one line per entry that differs.
 */
export function reportApi(folder: string, options: { readonly write: boolean }): string[] {
  const entries = listEntries(readManifest(folder, '.'))
  const program = ts.createProgram(
    entries.map((entry) => path.join(folder, 'dist', `${entry.module}.d.ts`)),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      skipLibCheck: true,
      noEmit: true,
    },
  )
  const reports = new Map(
    entries.map((entry) => [fileName(entry), describeEntry(program, folder, entry)]),
  )
  const api = path.join(folder, 'api')
  if (options.write) return writeReports(api, reports)
  const stale = listFiles(api, ['*.d.ts']).filter((file) => !reports.has(file))
  return [...reports]
    .filter(([file, text]) => readIfThere(path.join(api, file)) !== text)
    .map(([file]) => file)
    .concat(stale)
    .map(
      (file) =>
        `${path.basename(folder)}/api/${file} differs: review with "node scripts/api-report.ts --write"`,
    )
}

function describeEntry(program: ts.Program, folder: string, entry: Entry): string {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(path.join(folder, 'dist', `${entry.module}.d.ts`))
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  const exported = module === undefined ? [] : checker.getExportsOfModule(module)
  const seen = new Set<ts.Symbol>()
  const named: string[] = []
  const reached: string[] = []
  const add = (symbol: ts.Symbol, into: string[]): void => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const own = (target.declarations ?? []).filter((one) => isOwn(one, folder))
    if (seen.has(target) || own.length === 0) return
    seen.add(target)
    into.push(own.map(textOf).join('\n'))
    for (const declaration of own) visitNames(declaration, (name) => addNamed(name))
  }
  const addNamed = (name: ts.Identifier): void => {
    const symbol = checker.getSymbolAtLocation(name)
    if (symbol !== undefined) add(symbol, reached)
  }
  const sorted = exported.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const listed = sorted.map((symbol) => symbol.name).join(', ')
  for (const symbol of sorted) add(symbol, named)
  const parts = [`// ${entry.specifier} exports: ${listed}`, ...named.toSorted()]
  if (reached.length > 0) parts.push('// named by the above', ...reached.toSorted())
  return `${parts.join('\n\n')}\n`
}

function isOwn(node: ts.Node, folder: string): boolean {
  // A whole module can be a declaration too: `import * as …`.
  if (ts.isSourceFile(node)) return false
  const file = path.relative(path.join(folder, 'dist'), node.getSourceFile().fileName)
  const topLevel = ts.isSourceFile(node.parent) || ts.isVariableDeclaration(node)
  return topLevel && !file.startsWith('..')
}

function textOf(declaration: ts.Declaration): string {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return statement.getText()
}

function visitNames(node: ts.Node, visit: (name: ts.Identifier) => void): void {
  if (ts.isIdentifier(node)) visit(node)
  ts.forEachChild(node, (child) => visitNames(child, visit))
}

function fileName(entry: Entry): string {
  const subpath =
    entry.module === 'index' ? 'index' : entry.module.replace(/\/index$/, '').replaceAll('/', '-')
  return `${subpath}.d.ts`
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function writeReports(api: string, reports: ReadonlyMap<string, string>): string[] {
  rmSync(api, { recursive: true, force: true })
  mkdirSync(api, { recursive: true })
  for (const [file, text] of reports) writeFileSync(path.join(api, file), text)
  return []
}

reportWhenMain(import.meta.url, () =>
  publishedPackages.flatMap((name) =>
    reportApi(path.join(repositoryRoot, 'packages', name), {
      write: process.argv.includes('--write'),
    }),
  ),
)
