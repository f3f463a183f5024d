import { createDocument } from 'zod-openapi'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { problemKinds, problemSchema, problemType, routes } from '@auronx/sdk/api'
import type { ProblemCode, Route } from '@auronx/sdk/api'
import * as z from 'zod'

/** The OpenAPI 3.1 document of the route table. */
export function createApiDocument(): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) {
    const path = `/v1${route.path}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  const known: ZodOpenApiPathsObject = paths
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'AuronX',
      version: '1.0.0',
      description:
        'Instants are RFC 3339 in UTC. Money is whole minor units within ±(2^53 − 1) with an ISO 4217 code. Lists go on with `cursor`. Every problem has one stable `code`.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths: known,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key' },
      },
    },
  })
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { params, query, body } = route
  const headers = headersOf(route)
  return {
    operationId: route.operation,
    summary: route.summary,
    tags: [route.tag],
    ...(route.access.includes(':') ? { description: `Needs \`${route.access}\`.` } : {}),
    requestParams: {
      ...(params instanceof z.ZodObject ? { path: params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(headers === undefined ? {} : { header: headers }),
    },
    ...(route.method === 'GET'
      ? {}
      : {
          requestBody: {
            required: hasFields(body),
            content: { 'application/json': { schema: body } },
          },
        }),
    responses: {
      [`${route.status}`]: {
        description: 'Done',
        ...(route.status === 204
          ? {}
          : { content: { [mediaOf(route)]: { schema: route.response } } }),
      },
      ...problemResponses(route),
    },
  }
}

function hasFields(schema: z.ZodType): boolean {
  return !schema.safeParse({}).success
}

function mediaOf({ kind }: Route): string {
  if (kind === 'lines') return 'application/x-ndjson'
  return kind === 'events' ? 'text/event-stream' : 'application/json'
}

function headersOf(route: Route): z.ZodObject | undefined {
  const shape = {
    ...(route.idempotent ? { 'Idempotency-Key': z.string().max(200) } : {}),
    ...(route.match === 'required' ? { 'If-Match': z.string() } : {}),
    ...(route.match === 'optional' ? { 'If-Match': z.string().optional() } : {}),
    ...(route.kind === 'events'
      ? { 'Last-Event-ID': z.union([z.uuid(), z.literal('start')]).optional() }
      : {}),
  }
  return Object.keys(shape).length === 0 ? undefined : z.object(shape)
}

/** The problems an operation can answer with. */
export function problemsOf(route: Route): readonly ProblemCode[] {
  const isWrite = route.method !== 'GET'
  return [
    'malformed_request',
    'unauthenticated',
    'not_permitted',
    'not_found',
    'method_not_allowed',
    'rate_limited',
    'internal',
    'storage_unavailable',
    'overloaded',
    ...(route.kind === 'page' ? (['cursor_invalid'] as const) : []),
    ...(isWrite
      ? ([
          'reauthentication_required',
          'conflict',
          'idempotency_in_progress',
          'payload_too_large',
          'unsupported_media_type',
          'invalid_input',
          'idempotency_mismatch',
        ] as const)
      : []),
    ...(route.idempotent ? (['idempotency_key_missing'] as const) : []),
    ...(route.match === 'none' ? [] : (['version_conflict', 'precondition_required'] as const)),
    ...route.problems,
  ]
}

function problemResponses(route: Route): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemsOf(route)) {
    const { status } = problemKinds[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      `${status}`,
      {
        description: codes
          .map((code) => `\`${problemType(code)}\`: ${problemKinds[code].title}`)
          .join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}
