import type { ServerResponse } from 'node:http'
import type { Core, SimulatorEvent } from '../core.ts'
import type { JsonObject } from '../json.ts'
import { customerView, viewOf } from './view.ts'

const pingMs = 20_000

/** Server-sent events for the phone pages that are open. */
export interface Live {
  /** Keeps a response open and writes events to it. */
  open(response: ServerResponse): void
  close(): void
}

/** Live updates from the simulator's events. */
export function createLive(
  core: Core,
  subscribe: (listener: (event: SimulatorEvent) => void) => () => void,
): Live {
  const pages = new Set<ServerResponse>()
  const stop = new AbortController()
  let isPinging = false

  const write = (data: JsonObject): void => {
    const text = `data: ${JSON.stringify(data)}\n\n`
    for (const page of pages) page.write(text)
  }
  const unsubscribe = subscribe((event) => {
    if (pages.size === 0) return
    const data = pageEvent(core, event)
    if (data !== undefined) write(data)
  })
  const ping = async (): Promise<void> => {
    if (isPinging) return
    isPinging = true
    while (pages.size > 0 && !stop.signal.aborted) {
      await core.scheduler.wait(pingMs, stop.signal)
      for (const page of pages) page.write(': still here\n\n')
    }
    isPinging = false
  }

  return {
    open(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      response.write('retry: 1000\n\n')
      pages.add(response)
      response.on('close', () => pages.delete(response))
      void ping()
    },
    close() {
      stop.abort()
      unsubscribe()
      for (const page of pages) page.end()
      pages.clear()
    },
  }
}

function pageEvent(core: Core, event: SimulatorEvent): JsonObject | undefined {
  switch (event.kind) {
    case 'message': {
      const customer = core.state.customers.get(event.message.customerId)
      if (customer === undefined || event.message.type === 'reaction') return undefined
      return {
        kind: 'message',
        message: viewOf(core.state, event.message),
        customer: customerView(core.state, customer),
      }
    }
    case 'customer':
      return { kind: 'customer', customer: customerView(core.state, event.customer) }
    case 'typing':
      return {
        kind: 'typing',
        customerId: event.customerId,
        forMs: event.untilMs - core.clock.now().getTime(),
      }
    case 'catalog':
      return { kind: 'catalog' }
    case 'delivery':
    case 'graph':
      return undefined
  }
}
