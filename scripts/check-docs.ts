import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { errorCodes } from '../packages/sdk/src/kernel/errors.ts'
import { listFiles, readText, reportWhenMain, repositoryRoot } from './repository.ts'

/** What {@link checkDocs} compares the documents with. */
export interface DocsFacts {
  /** The codes that `docs/errors.md` must list, one table row each. */
  readonly errorCodes: readonly string[]
  /** Folder below the root from which code blocks resolve their packages. */
  readonly resolveFrom: string
}

/**
 * Checks the Markdown documents: every `ts` code block type-checks against the sources, every `ts file=…` block stands in
 * that file as it is, every relative link leads to a file, and `docs/errors.md` lists exactly the error codes. Returns one
 * line per problem.
 */
export function checkDocs(root: string, facts: DocsFacts): string[] {
  const documents = listFiles(root, [
    '*.md',
    'docs/**/*.md',
    'packages/*/README.md',
    'examples/*/README.md',
  ])
  return [
    ...documents.flatMap((file) => [...checkLinks(root, file), ...checkExcerpts(root, file)]),
    ...checkCode(root, documents, facts.resolveFrom),
    ...checkErrorCodes(root, facts.errorCodes),
  ]
}

function checkLinks(root: string, file: string): string[] {
  const prose = readText(root, file).replaceAll(/```[\s\S]*?```/g, '')
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
  return targets
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
    .map((target) => `${file}: links to ${target}, which does not exist`)
}

function checkExcerpts(root: string, document: string): string[] {
  const excerpts = readText(root, document).matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```/gm)
  return [...excerpts].flatMap(([, file = '', code = '']) => {
    const isThere = existsSync(path.join(root, file)) && readText(root, file).includes(code)
    return isThere ? [] : [`${document}: the code from ${file} is not what stands there`]
  })
}

function checkCode(root: string, documents: readonly string[], resolveFrom: string): string[] {
  const folder = path.join(root, resolveFrom, '.cache', 'docs')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const blocks = documents.flatMap((file) => {
    const found = [...readText(root, file).matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    return found.map((match, at) => ({ file, at, code: `${match[1] ?? ''}\nexport {}\n` }))
  })
  const names = blocks.map(({ file, at, code }) => {
    const name = path.join(folder, `${file.replaceAll(/[^a-zA-Z0-9]/g, '-')}-${at + 1}.ts`)
    writeFileSync(name, code)
    return name
  })
  if (names.length === 0) return []
  const config = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), (name) =>
    ts.sys.readFile(name),
  )
  const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, root)
  const program = ts.createProgram(names, { ...options, types: ['node'], noUnusedLocals: false })
  return names.flatMap((name) => {
    const source = program.getSourceFile(name)
    const problems = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]
    return problems.map((problem) => describe(path.basename(name), problem))
  })
}

function describe(name: string, problem: ts.Diagnostic): string {
  const line = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0
  return `${name}:${line + 1}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`
}

function checkErrorCodes(root: string, codes: readonly string[]): string[] {
  const rows = [...readText(root, 'docs/errors.md').matchAll(/^\| `([a-z_]+)` \|/gm)]
  const listed = rows.map((match) => match[1] ?? '')
  return [
    ...codes
      .filter((code) => !listed.includes(code))
      .map((code) => `docs/errors.md: ${code} is missing`),
    ...listed
      .filter((code) => !codes.includes(code))
      .map((code) => `docs/errors.md: ${code} is not a code`),
  ]
}

reportWhenMain(import.meta.url, () =>
  checkDocs(repositoryRoot, { errorCodes, resolveFrom: 'examples/server' }),
)
