import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Measured } from './report.ts'

const entry = `
export { parseWebhook, verifySignature } from './packages/sdk/src/webhook/index.ts'
export { createEgress, createWhatsAppMessenger } from './packages/sdk/src/whatsapp/index.ts'
`

const entryName = /stdin\.js$/
const laterName = /(?<!stdin)\.js$/

/**
 * T19: what verify, parse, types and send weigh when bundled, minified and compressed. What they import dynamically, the
 * HTTP client, is a file of its own that the first send loads.
 */
export async function measureSize(): Promise<readonly Measured[]> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('../..', import.meta.url)) },
    bundle: true,
    minify: true,
    splitting: true,
    outdir: 'size',
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    logLevel: 'silent',
  })
  const weigh = (name: RegExp): number =>
    outputFiles
      .filter(({ path }) => name.test(path))
      .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length / 1_024, 0)
  const bundled = Object.entries(metafile.outputs)
  const isEntry = ([path]: readonly [string, unknown]): boolean => entryName.test(path)
  const inputs = bundled.filter(isEntry).flatMap(([, { inputs: found }]) => Object.entries(found))
  const zod = bundled
    .flatMap(([, { inputs: found }]) => Object.entries(found))
    .filter(([path, { bytesInOutput }]) => path.includes('/zod') && bytesInOutput > 0)
  const largest = inputs
    .toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 4)
    .map(([path, { bytesInOutput }]) => `${path.split('/').slice(-2).join('/')} ${bytesInOutput}`)
  return [
    {
      id: 'T19',
      what: 'verify, parse, types and send, minified and gzipped',
      value: weigh(entryName),
      target: 10,
      better: 'lower',
      unit: ' KiB',
      figures: `${weigh(laterName).toFixed(1)} KiB more with the first send; largest before compression: ${largest.join(', ')} B`,
      why: 'every field of the platform is parsed and every kind of message checked, every error code of Meta has its rule, and all requests pass the host list; the 0.8 KiB of the prototype verified and narrowed to flat rows, and sent nothing',
    },
    {
      id: 'T19',
      what: 'files of zod in that bundle',
      value: zod.length,
      target: 0,
      better: 'exact',
      unit: '',
      figures: '',
    },
  ]
}
