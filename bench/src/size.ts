import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Measured } from './report.ts'

const entry = `
export { parseWebhook, verifySignature } from './packages/sdk/src/webhook/index.ts'
export { createEgress, createWhatsAppMessenger } from './packages/sdk/src/whatsapp/index.ts'
`

/** T19: what verify, parse, types and send weigh when bundled, minified and compressed. */
export async function measureSize(): Promise<readonly Measured[]> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('../..', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    logLevel: 'silent',
  })
  const [file] = outputFiles
  const kib = gzipSync(file?.contents ?? new Uint8Array(0), { level: 9 }).length / 1_024
  const inputs = Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {})
  const zod = inputs.filter(
    ([path, { bytesInOutput }]) => path.includes('/zod') && bytesInOutput > 0,
  )
  const largest = inputs
    .toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 4)
    .map(([path, { bytesInOutput }]) => `${path.split('/').slice(-2).join('/')} ${bytesInOutput}`)
  return [
    {
      id: 'T19',
      what: 'verify, parse, types and send, minified and gzipped',
      value: kib,
      target: 10,
      better: 'lower',
      unit: ' KiB',
      figures: `largest before compression: ${largest.join(', ')} B`,
      why: 'the HTTP client (ky) comes with the sender; every field of the platform is parsed and every kind of message checked',
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
