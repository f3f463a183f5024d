import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Core } from '../core.ts'
import { plainHeaders, readBody, sendBytes, sendJson } from '../http.ts'
import type { GraphAnswer } from './request.ts'
import { refuse } from './request.ts'
import type { Graph } from './router.ts'

/** Graph as an HTTP handler. */
export interface GraphHttp {
  /** Answers requests under the prefix; `false` when the path is not Graph's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Cuts the connections that an injected timeout holds open. */
  close(): void
}

const oldestVersion = 21

/** Graph over HTTP under `prefix`; `publicUrl` replaces the request's host in media addresses. */
export function createGraphHttp(
  core: Core,
  graph: Graph,
  { prefix, publicUrl }: { readonly prefix: string; readonly publicUrl: () => string | undefined },
): GraphHttp {
  const held = new Set<ServerResponse>()
  const hold = (response: ServerResponse): void => {
    held.add(response)
    response.on('close', () => held.delete(response))
  }

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
  ): Promise<void> => {
    const body = await readBody(request)
    if (body === undefined) {
      return sendJson(response, 413, { error: { message: 'Request too large', code: 1 } })
    }
    const method = request.method ?? 'GET'
    const given = await graph.handle({
      method,
      path: target.path,
      query: target.url.searchParams,
      headers: plainHeaders(request),
      body,
      base: publicUrl() ?? `${target.url.origin}${prefix}`,
    })
    if (given.kind === 'hang') hold(response)
    else show(response, given, () => usageHeaders(core, target.version))
    const status = 'status' in given ? given.status : 0
    core.emit({ kind: 'graph', method, path: edgeOf(target.path), status })
  }

  return {
    handle(request, response) {
      const target = targetOf(request, prefix)
      if (target === undefined) return false
      answer(request, response, target).catch((error: unknown) => {
        core.logger.error('simulated Graph failed', {
          error: error instanceof Error ? error.name : 'unknown',
        })
        const failure = refuse(core, 1)
        if (failure.kind === 'json') sendJson(response, 500, failure.body)
      })
      return true
    },
    close() {
      for (const response of held) response.destroy()
    },
  }
}

interface Target {
  readonly url: URL
  /** Empty for downloads. */
  readonly version: string
  readonly path: readonly string[]
}

function show(
  response: ServerResponse,
  given: Exclude<GraphAnswer, { readonly kind: 'hang' }>,
  headers: () => Record<string, string>,
): void {
  if (given.kind === 'reset') {
    response.destroy()
  } else if (given.kind === 'bytes') {
    sendBytes(response, given.status, given.bytes, { 'content-type': given.contentType })
  } else {
    if (given.after !== undefined) response.on('close', given.after)
    sendJson(response, given.status, given.body, { ...headers(), ...given.headers })
  }
}

function targetOf(request: IncomingMessage, prefix: string): Target | undefined {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
  if (!url.pathname.startsWith(`${prefix}/`)) return undefined
  const segments = url.pathname
    .slice(prefix.length + 1)
    .split('/')
    .filter((part) => part !== '')
  const [first = '', ...rest] = segments
  if (first === 'whatsapp_business') return { url, version: '', path: segments }
  return /^v\d{1,3}\.\d{1,2}$/.test(first) ? { url, version: first, path: rest } : undefined
}

/** The path with ids left out. */
function edgeOf(path: readonly string[]): string {
  return path.map((part) => (/\d/.test(part) ? ':id' : part)).join('/')
}

function usageHeaders(core: Core, version: string): Record<string, string> {
  const usage = { call_count: 1, total_cputime: 1, total_time: 1 }
  const perCase = { type: 'whatsapp', ...usage, estimated_time_to_regain_access: 0 }
  const number = Number(version.slice(1))
  const isOld = version !== '' && number < oldestVersion
  const served = isOld ? `v${oldestVersion}.0` : version
  return {
    'x-app-usage': JSON.stringify(usage),
    'x-business-use-case-usage': JSON.stringify({ [core.business.wabaId]: [perCase] }),
    ...(served === '' ? {} : { 'facebook-api-version': served }),
    ...(isOld
      ? {
          'x-ad-api-version-warning': `The call has been auto-upgraded to ${served} as ${version} has been deprecated.`,
        }
      : {}),
  }
}
