import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A socket in front of a database that counts how often a client waits for it. */
export interface Wire {
  /** Folder of the socket, to be given as host. */
  readonly host: string
  /** The named statements of every flight since the last call, in the order of leaving. */
  take(): readonly (readonly string[])[]
  stop(): Promise<void>
}

/** Opens a counting socket before the one in `host`. A flight begins when a client speaks after the server did. */
export async function openWire(host: string): Promise<Wire> {
  const folder = mkdtempSync(join(tmpdir(), 'auronx-wire-'))
  chmodSync(folder, 0o755)
  let flights: string[][] = []
  const sockets = new Set<{ destroy(): unknown }>()
  const server = createServer((client) => {
    const upstream = connect(join(host, '.s.PGSQL.5432'))
    sockets.add(client).add(upstream)
    let current: string[] = []
    let serverSpoke = true
    client.on('data', (chunk) => {
      if (serverSpoke) {
        current = []
        flights.push(current)
      }
      serverSpoke = false
      current.push(...namesIn(chunk))
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      serverSpoke = true
      client.write(chunk)
    })
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end)
  })
  await new Promise<void>((resolve) => server.listen(join(folder, '.s.PGSQL.5432'), resolve))
  return {
    host: folder,
    take() {
      const taken = flights
      flights = []
      return taken
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// Statements carry our name for them; begin and commit have none.
function namesIn(chunk: Buffer): readonly string[] {
  const text = chunk.toString('latin1')
  const found = text.matchAll(/auronx_([a-z_]+)_[0-9a-f]{8}|(begin;|commit|rollback)/g)
  const names = [...found].map((match) => match[1] ?? match[2] ?? '')
  return names.filter((name, index) => name !== names[index - 1])
}
