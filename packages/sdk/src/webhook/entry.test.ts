import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import { expect, test } from 'vitest'

const entry = fileURLToPath(new URL('index.ts', import.meta.url))
const source = path.dirname(path.dirname(entry))
const importPattern = /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gm

/** Files and packages that loading a file loads, following everything that type stripping leaves. */
function collectLoaded(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const [, typeOnly, specifier] of readFileSync(file, 'utf8').matchAll(importPattern)) {
    if (typeOnly !== undefined || specifier === undefined) continue
    if (specifier.startsWith('.')) collectLoaded(path.resolve(path.dirname(file), specifier), found)
    else found.add(specifier)
  }
  return found
}

test('the entry reaches nothing but its own folder and the kernel', () => {
  const own = [...collectLoaded(entry)].filter((file) => file.startsWith(`${source}/webhook/`))
  const direct = own.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(importPattern)].map(([, , specifier]) => specifier),
  )
  const foreign = direct.filter((specifier) => !specifier?.startsWith('./'))
  expect([...new Set(foreign)]).toEqual(['../kernel/index.ts'])
  const names = own.map((file) => path.basename(file))
  expect(names).toContain('parse.ts')
  expect(names).not.toContain('schema.ts')
  expect(names).not.toContain('node-fixtures.ts')
})

test('bundled for a consumer it imports no package and no node module', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'auronx-webhook-'))
  try {
    await build({
      entry: { bundle: entry },
      outDir: folder,
      format: 'esm',
      platform: 'neutral',
      target: 'node22',
      external: [/^[@a-z]/],
      splitting: false,
      config: false,
      dts: false,
      silent: true,
      outExtension: () => ({ js: '.js' }),
    })
    const bundle = await readFile(path.join(folder, 'bundle.js'), 'utf8')
    expect(bundle).toContain('function parseWebhook(')
    expect(bundle.match(/^import .*$|\bimport\(|\brequire\(/gm) ?? []).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('it verifies and parses in a process of its own, also where there is nothing but web APIs', () => {
  const script = `
    if (process.argv[1] === 'web') Reflect.deleteProperty(process, 'getBuiltinModule')
    const hook = await import(${JSON.stringify(entry)})
    const body = '{"object":"whatsapp_business_account","entry":[]}'
    const header = 'sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756'
    const checked = await hook.verifySignatureAsync(body, header, ['test_app_secret'])
    let sync
    try { sync = hook.verifySignature(body, header, ['test_app_secret']).kind } catch (e) { sync = e.code }
    console.log(JSON.stringify([checked.kind, sync, hook.parseWebhook(body).events]))`
  const run = (mode: string): unknown =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script, mode], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
  expect(run('node')).toEqual(['verified', 'verified', []])
  expect(run('web')).toEqual(['verified', 'invalid_config', []])
})
