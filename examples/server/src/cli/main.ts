import { runCommand } from './run.ts'

const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
process.once('SIGTERM', () => stopping.abort())
process.exitCode = await runCommand({
  words: process.argv.slice(2),
  environment: process.env,
  terminal: { out: (line) => console.log(line), error: (line) => console.error(line) },
  signal: stopping.signal,
})
