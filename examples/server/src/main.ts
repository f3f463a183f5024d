import { enableCompileCache } from 'node:module'

// Before anything else is loaded: it halves the time that later starts take.
enableCompileCache()
const { isAuronxError } = await import('@auronx/sdk')
const { readConfig } = await import('./config.ts')
const configuration = readConfig(process.env)
if (configuration.kind === 'refused') {
  for (const problem of configuration.problems) console.error(problem)
  process.exit(1)
}

try {
  const { startServer } = await import('./server.ts')
  const showLink = (link: string): void => console.log(`Open ${link}`)
  const server = await startServer(configuration.config, { showLink })
  showLink(server.issueLink())
  const stop = (signal: NodeJS.Signals): void => {
    // A second signal ends the process at once.
    process.once(signal, () => process.exit(1))
    server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  if (!isAuronxError(error)) throw error
  console.error(error.message)
  process.exit(1)
}
