#!/usr/bin/env node
// Plain JavaScript for Node 20: like `npm start`, it hands over to the Node that came with the install, where there is one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const installed = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const node = existsSync(installed) ? installed : process.execPath
// An interruption reaches the command by itself, as it belongs to the same terminal.
process.on('SIGINT', () => undefined)
const ended = spawnSync(node, ['--conditions=source', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(ended.status ?? 1)
