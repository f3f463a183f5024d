// Installs what the next command needs, with the pinned pnpm. Plain JavaScript for Node 20: it runs before Node 24 is here.
//   node scripts/setup.mjs all      everything (tests, checks)
//   node scripts/setup.mjs server   only what `npm start` needs, unless everything is already installed:
//                                   a production install over a full one would remove the test tools again
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const serverOnly = ['--prod', '--filter', 'auronx', '--filter', '@auronx/example-server...']

/** Arguments of npx for one mode. */
export function setupArguments(mode, fullInstallPresent) {
  const base = [
    '--yes',
    '--prefer-offline',
    'pnpm@12.21.0',
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
  ]
  return mode === 'server' && !fullInstallPresent ? [...base, ...serverOnly] : base
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const full = existsSync(new URL('../node_modules/vitest/package.json', import.meta.url))
  const windows = process.platform === 'win32'
  const run = spawnSync(windows ? 'npx.cmd' : 'npx', setupArguments(process.argv[2], full), {
    cwd: root,
    encoding: 'utf8',
    shell: windows,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (run.status !== 0) {
    console.error(run.stdout ?? '', run.stderr ?? '', run.error ?? '')
    console.error(
      'The install failed; the lines above say why. The first install needs the network.',
    )
    process.exit(1)
  }
}
