import pg from 'pg'
import { translateError } from './errors.ts'

const reconnectAfterMs = 1_000

/**
 * Listens on a connection of its own. When that breaks, it is opened again every second until it holds, and `wake` is
 * called once, because notifications may have been missed. Throws `storage_unavailable` when the first connection fails.
 */
export async function listen(
  connection: pg.ClientConfig,
  channel: string,
  wake: (payload: string) => void,
): Promise<() => Promise<void>> {
  let stopped = false
  let current: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const open = async (): Promise<void> => {
    const listener = new pg.Client(connection)
    listener.on('error', () => undefined)
    listener.on('notification', (message) => wake(message.payload ?? ''))
    await listener.connect()
    await listener.query(`listen ${pg.escapeIdentifier(channel)}`)
    if (stopped) return listener.end()
    current = listener
    listener.once('end', reopenLater)
  }
  const reopenLater = (): void => {
    current = undefined
    if (stopped) return
    timer = setTimeout(() => {
      open().then(() => wake(''), reopenLater)
    }, reconnectAfterMs)
    timer.unref()
  }

  await open().catch((error: unknown) => Promise.reject(translateError(error)))
  return async () => {
    stopped = true
    clearTimeout(timer)
    await current?.end()
  }
}
