import type * as z from 'zod'
import type { Permission } from '../kernel/index.ts'
import type { ProblemCode } from './problems.ts'

/**
 * One operation of the REST API as data: server, documentation and client are made from it.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  /** Unique name in the document. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/v1`, with `{name}` for parameters. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  /** What it takes; `signed_in` any credential of a tenant, `member` a person and no key. */
  readonly access: Permission | 'signed_in' | 'member'
  readonly params: Params
  readonly query: Query
  /** Of commands; strict. */
  readonly body: Body
  readonly response: Response
  readonly status: 200 | 201 | 204
  /** Whether an `Idempotency-Key` is needed. */
  readonly idempotent: boolean
  /** Whether `If-Match` is needed. */
  readonly match: 'none' | 'optional' | 'required'
  /** What the answer is; `lines` is one JSON document a line, `events` a stream of server-sent events. */
  readonly kind: 'json' | 'page' | 'lines' | 'events'
  /** Domain problems beside those every operation can have. */
  readonly problems: readonly ProblemCode[]
  /** Members of the answer that are shown once: a repetition of the request has `null` in their place. */
  readonly shownOnce: readonly string[]
  /** Whether it runs in one transaction of ours; calls of the network do not, and usage data has its own. */
  readonly isJoined: boolean
  /**
   * Whether reading it is written into the audit log, because it shows personal data. Commands in one transaction
   * always are; those of numbers write their own entries, and an objection to being counted is not written down.
   */
  readonly isPersonal: boolean
}

type Settings =
  | 'status'
  | 'idempotent'
  | 'match'
  | 'kind'
  | 'problems'
  | 'shownOnce'
  | 'isJoined'
  | 'isPersonal'

/** What a route states; the rest has defaults: 200, a key for POST, no `If-Match`, JSON, one transaction, not personal. */
export type RouteSpec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> = Omit<Route<Params, Query, Body, Response>, Settings> &
  Partial<Pick<Route<Params, Query, Body, Response>, Settings>>

/** A route of its spec. */
export function route<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(spec: RouteSpec<Params, Query, Body, Response>): Route<Params, Query, Body, Response> {
  return {
    status: 200,
    idempotent: spec.method === 'POST',
    match: 'none',
    kind: 'json',
    problems: [],
    shownOnce: [],
    isJoined: true,
    isPersonal: false,
    ...spec,
  }
}
