import { startEmbeddedPostgres } from './index.ts'

// Starts the server of a folder, says so and waits to be killed.
const [dataDir] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('Give a folder')
const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } })
process.stdout.write(
  `${JSON.stringify({ host: server.connection.host, attached: server.attached })}\n`,
)
setInterval(() => undefined, 60_000)
