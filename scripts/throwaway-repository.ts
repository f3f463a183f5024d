import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Writes files into a new folder, hands it to `look` and removes it. For tests that show a guard what is wrong. */
export async function inThrowawayRepository(
  files: Readonly<Record<string, string | object>>,
  look: (root: string) => void | Promise<void>,
  parent: string = tmpdir(),
): Promise<void> {
  mkdirSync(parent, { recursive: true })
  const root = mkdtempSync(path.join(parent, 'auronx-guard-'))
  try {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      writeFileSync(path.join(root, file), text)
    }
    await look(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** The manifest of a package that exports one subpath correctly. */
export function manifestWith(name: string, subpath: string): object {
  const built = { types: `./dist/${subpath}/index.d.ts`, default: `./dist/${subpath}/index.js` }
  return {
    name,
    exports: { [`./${subpath}`]: { source: `./src/${subpath}/index.ts`, ...built } },
    publishConfig: { exports: { [`./${subpath}`]: built } },
  }
}
