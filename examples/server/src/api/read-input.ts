import type { IncomingMessage } from 'node:http'
import type * as z from 'zod'
import type { ProblemDocument, Route } from '@auronx/sdk/api'
import { readBody } from '../http/body.ts'
import { refused } from './problem.ts'
import type { Refused } from './problem.ts'

/** The parts of a request after the route's schemas. */
export interface ReadInput {
  readonly kind: 'read'
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  /** What the caller asked to see, without place and size: a cursor is bound to it. */
  readonly filters: Readonly<Record<string, unknown>>
}

/** Bodies are at most a mebibyte. */
export const maxBodyBytes = 1_048_576

/** Reads parameters, query and body. Ids that are none are `not_found`, unknown parameters and fields are refused. */
export async function readInput(
  request: IncomingMessage,
  route: Route,
  given: { readonly params: Readonly<Record<string, string>>; readonly search: URLSearchParams },
): Promise<ReadInput | Refused> {
  const params = route.params.safeParse(given.params)
  if (!params.success) return refused('not_found')
  const names = [...given.search.keys()]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) {
    const errors = [{ pointer: twice, code: 'repeated', detail: 'A parameter stands once' }]
    return refused('malformed_request', { errors })
  }
  const query = route.query.safeParse(Object.fromEntries(given.search))
  if (!query.success) return refused('malformed_request', { errors: faultsOf(query.error, '') })
  const body = route.method === 'GET' ? absent : await readJson(request)
  if (body.kind === 'refused') return body
  const parsed = route.body.safeParse(body.value)
  if (!parsed.success) return refused('invalid_input', { errors: faultsOf(parsed.error, '/') })
  const filters = Object.fromEntries(
    [...given.search].filter(([name]) => name !== 'cursor' && name !== 'limit'),
  )
  return {
    kind: 'read',
    params: params.data,
    query: query.data,
    body: parsed.data,
    filters: { ...given.params, ...filters },
  }
}

type Json = { readonly kind: 'json'; readonly value: unknown } | Refused

const absent: Json = { kind: 'json', value: {} }

async function readJson(request: IncomingMessage): Promise<Json> {
  const body = await readBody(request, maxBodyBytes)
  if (body.kind === 'too_large') return refused('payload_too_large')
  if (body.kind === 'aborted') return refused('malformed_request')
  if (body.bytes.byteLength === 0) return absent
  if (!isJson(request)) return refused('unsupported_media_type')
  return parse(body.bytes)
}

function isJson({ headers, method }: IncomingMessage): boolean {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  const isMerge = type === 'application/merge-patch+json' && method === 'PATCH'
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity'
  return isPlain && (type === 'application/json' || isMerge)
}

function parse(bytes: Uint8Array): Json {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (unkeepable.test(JSON.stringify(value))) {
      return refused('invalid_input', { detail: 'Texts have no NUL and no half characters' })
    }
    return { kind: 'json', value }
  } catch {
    return refused('malformed_request', { detail: 'The body is no JSON' })
  }
}

// What no database text can hold: NUL and lone surrogates, as JSON.stringify writes them.
const unkeepable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/u

function faultsOf(error: z.ZodError, root: string): NonNullable<ProblemDocument['errors']> {
  return error.issues.slice(0, 20).flatMap((issue) => {
    const path = issue.path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
    const at = root === '' ? path.join('.') : path.map((part) => `/${part}`).join('')
    const { code, message } = issue
    if (issue.code !== 'unrecognized_keys') return [{ pointer: at, code, detail: message }]
    return issue.keys.slice(0, 20).map((key) => ({
      pointer: root === '' ? key : `${at}/${key}`,
      code: 'unknown_field',
      detail: 'Not known here',
    }))
  })
}
