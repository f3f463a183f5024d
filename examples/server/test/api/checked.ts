import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Route } from '@auronx/sdk/api'
import { problemKinds, problemSchema } from '@auronx/sdk/api'
import { createApiDocument, problemsOf } from '../../src/api/openapi.ts'
import { bodyOf } from './bodies.ts'

/** A request that is not quite the usual one. */
export interface Sending {
  readonly token?: string
  readonly id?: string
  readonly body?: unknown
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  /** Code of the problem; empty for none. */
  readonly code: string
}

/** Sends requests of the route table and holds every answer against the OpenAPI document. */
export interface CheckedClient {
  send(route: Route, sending?: Sending): Promise<Answer>
  /** How many answers were held against the document. */
  checked(): number
}

const asText = z.looseObject({ code: z.string() })

/** Creates the client. */
export function createCheckedClient(url: string): CheckedClient {
  const shapes = new Map<string, z.ZodType>()
  let count = 0
  return {
    checked: () => count,
    async send(route, { token, id = randomUUID(), body, query = '', headers = {} } = {}) {
      const path = route.path.replace('{id}', id).replace('{code}', 'reduced')
      const isWrite = route.method !== 'GET'
      const response = await fetch(`${url}/v1${path}${query}`, {
        method: route.method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(isWrite ? { 'content-type': 'application/json' } : {}),
          ...(route.idempotent ? { 'idempotency-key': randomUUID() } : {}),
          ...(route.match === 'required' ? { 'if-match': '"v1"' } : {}),
          ...headers,
        },
        ...(isWrite ? { body: JSON.stringify(body ?? bodyOf(route)) } : {}),
      })
      const { status } = response
      if (route.kind === 'events' && status === 200) {
        await response.body?.cancel()
        return { status, headers: response.headers, body: undefined, code: '' }
      }
      const text = await response.text()
      const last =
        route.kind === 'lines' && status === 200 ? (text.trim().split('\n').at(-1) ?? '') : text
      const answer: unknown = last === '' ? undefined : JSON.parse(last)
      check(route, status, answer, shapes)
      count += 1
      const problem = asText.safeParse(answer)
      const code = status >= 400 && problem.success ? problem.data.code : ''
      return { status, headers: response.headers, body: answer, code }
    },
  }
}

const document = createApiDocument()

function check(route: Route, status: number, body: unknown, shapes: Map<string, z.ZodType>): void {
  if (status >= 400) {
    const problem = problemSchema.strict().parse(body)
    const codes: readonly string[] = problemsOf(route)
    const kinds: Readonly<Record<string, { readonly status: number }>> = problemKinds
    if (!codes.includes(problem.code) || kinds[problem.code]?.status !== status)
      throw new Error(`${route.operation}: ${status} ${problem.code} is not in the document`)
    return
  }
  if (status !== route.status && status !== 304)
    throw new Error(`${route.operation}: ${status} is not in the document`)
  if (status === 204 || status === 304) return
  const shape = shapes.get(route.operation) ?? shapeOf(route)
  shapes.set(route.operation, shape)
  shape.parse(body)
}

/** The schema that the document gives for the operation's success. */
function shapeOf(route: Route): z.ZodType {
  const text = JSON.stringify(document).replaceAll('#/components/schemas/', '#/$defs/')
  const whole: typeof document = JSON.parse(text)
  const item = whole.paths?.[`/v1${route.path}`]
  const method = route.method.toLowerCase()
  const found: unknown = Object.entries(item ?? {}).find(([name]) => name === method)?.[1]
  const schema = z
    .looseObject({
      responses: z.record(
        z.string(),
        z
          .looseObject({
            content: z.record(
              z.string(),
              z.looseObject({ schema: z.record(z.string(), z.unknown()) }),
            ),
          })
          .partial(),
      ),
    })
    .parse(found).responses[String(route.status)]?.content
  const [media] = Object.values(schema ?? {})
  const $defs = whole.components?.schemas ?? {}
  return z.fromJSONSchema(JSON.parse(JSON.stringify({ ...media?.schema, $defs })))
}
