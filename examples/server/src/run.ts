import { setTimeout } from 'node:timers/promises'
import { listen } from './http/server.ts'
import { readPort } from './port.ts'

/**
 * Runs the server of this process until a signal stops it. A configuration that cannot be used, and whatever keeps the
 * server from starting, ends the process with one line per problem and code 1.
 */
export async function run(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  // Before anything else is loaded: health is answered while the server comes up.
  const port = readPort(environment['PORT'])
  // On other interfaces only once it is known that everything needed for that is there.
  const isLocal = (environment['AURONX_HOST'] ?? '').trim() === ''
  const listening = port === undefined || !isLocal ? undefined : listen(port)
  // What keeps it from listening is said after what is wrong with the configuration.
  await listening?.catch(() => undefined)
  await answerMeanwhile()
  const { readConfig } = await import('./config.ts')
  const configuration = readConfig(environment)
  if (configuration.kind === 'refused') {
    for (const problem of configuration.problems) console.error(problem)
    process.exit(1)
  }
  try {
    const { port: wanted, host } = configuration.config
    const http = await (listening ?? listen(wanted, host))
    await answerMeanwhile()
    const { startServer } = await import('./server.ts')
    const showLink = (link: string): void => console.log(`Open ${link}`)
    const server = await startServer(configuration.config, { showLink, http })
    showLink(server.issueLink())
    stopOnSignal(() => server.stop())
  } catch (error) {
    const { isAuronxError } = await import('@auronx/sdk')
    if (!isAuronxError(error)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

// Loading holds the thread; who asks for health is answered in between.
function answerMeanwhile(): Promise<void> {
  return setTimeout(2)
}

function stopOnSignal(end: () => Promise<void>): void {
  const stop = (): void => {
    // A second signal ends the process at once.
    process.once('SIGTERM', () => process.exit(1))
    process.once('SIGINT', () => process.exit(1))
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
