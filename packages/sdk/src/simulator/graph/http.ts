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

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    target: { readonly url: URL; readonly version: string; readonly path: readonly string[] },
  ): Promise<void> => {
    const body = await readBody(request)
    if (body === undefined) {
      sendJson(response, 413, { error: { message: 'Request too large', code: 1 } })
      return
    }
    const given = await graph.handle({
      method: request.method ?? 'GET',
      path: target.path,
      query: target.url.searchParams,
      headers: plainHeaders(request),
      body,
      base: publicUrl() ?? `${target.url.origin}${prefix}`,
    })
    show(request, response, given, target.version)
    const status = 'status' in given ? given.status : 0
    core.emit({ kind: 'graph', method: request.method ?? '', path: edgeOf(target.path), status })
  }

  const show = (
    request: IncomingMessage,
    response: ServerResponse,
    given: GraphAnswer,
    version: string,
  ): void => {
    switch (given.kind) {
      case 'hang':
        held.add(response)
        response.on('close', () => held.delete(response))
        return
      case 'reset':
        request.socket.destroy()
        return
      case 'bytes':
        sendBytes(response, given.status, given.bytes, { 'content-type': given.contentType })
        return
      case 'json': {
        const { after } = given
        if (after !== undefined) response.on('close', after)
        sendJson(response, given.status, given.body, {
          ...usageHeaders(core, version),
          ...given.headers,
        })
      }
    }
  }

  return {
    handle(request, response) {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
      const target = targetOf(url, prefix)
      if (target === undefined) return false
      answer(request, response, { url, ...target }).catch((error: unknown) => {
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

function targetOf(
  url: URL,
  prefix: string,
): { readonly version: string; readonly path: readonly string[] } | undefined {
  if (!url.pathname.startsWith(`${prefix}/`)) return undefined
  const segments = url.pathname
    .slice(prefix.length + 1)
    .split('/')
    .filter((part) => part !== '')
  const [first = '', ...rest] = segments
  if (first === 'whatsapp_business') return { version: '', path: segments }
  return /^v\d{1,3}\.\d{1,2}$/.test(first) ? { version: first, path: rest } : undefined
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
