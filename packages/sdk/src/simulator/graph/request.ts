import type { Core } from '../core.ts'
import type { Json } from '../../kernel/index.ts'
import type { JsonObject } from '../json.ts'
import { isObject, parseJson } from '../json.ts'
import { graphError } from './errors.ts'

/** One request to the simulated Graph API, without HTTP's details. */
export interface GraphRequest {
  readonly method: string
  /** Path segments after the version. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** Scheme, host and prefix under which the client reached us. */
  readonly base: string
}

/** What to answer. `after` runs once the answer is on its way. */
export type GraphAnswer =
  | {
      readonly kind: 'json'
      readonly status: number
      readonly body: Json
      readonly headers?: Readonly<Record<string, string>>
      readonly after?: () => void
    }
  | {
      readonly kind: 'bytes'
      readonly status: number
      readonly bytes: Uint8Array
      readonly contentType: string
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }

/** An ordinary JSON answer. */
export function ok(body: Json, after?: () => void): GraphAnswer {
  return { kind: 'json', status: 200, body, ...(after === undefined ? {} : { after }) }
}

/** An error answer with the code's HTTP status. */
export function refuse(
  core: Core,
  code: number,
  words: { readonly details?: string; readonly subcode?: number; readonly message?: string } = {},
): GraphAnswer {
  return { kind: 'json', ...graphError(code, { ...words, traceId: core.minting.traceId() }) }
}

/** What Graph says about an object or path that it does not know. */
export function unknownObject(core: Core, method: string, id: string): GraphAnswer {
  const verb = method.toLowerCase()
  return refuse(core, 100, {
    subcode: 33,
    message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  })
}

/** The request's members: a JSON body, or a form, or the query; `undefined` when the body is no object. */
export function membersOf(request: GraphRequest): JsonObject | undefined {
  const text = new TextDecoder().decode(request.body)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  if (text.trim() === '') return Object.fromEntries(request.query)
  const parsed = parseJson(text)
  return isObject(parsed) ? parsed : undefined
}
