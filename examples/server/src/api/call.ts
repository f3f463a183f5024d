import type * as z from 'zod'
import { AuronxError } from '@auronx/sdk'
import type {
  Actor,
  JoinedServices,
  KeyPrincipal,
  MemberPrincipal,
  Stores,
  UnitOfWork,
} from '@auronx/sdk'
import type { Route } from '@auronx/sdk/api'
import type { ApiDeps } from './deps.ts'
import type { Refused } from './problem.ts'

/** One request on its way through a handler. */
export interface Call {
  readonly deps: ApiDeps
  readonly principal: MemberPrincipal | KeyPrincipal
  readonly actor: Actor
  readonly now: Date
  /** Ends when the caller is gone. */
  readonly signal: AbortSignal
  /** The request's transaction; for routes outside of one, transactions that assert the session. */
  readonly work: UnitOfWork<Stores>
  readonly services: JoinedServices
  afterCommit(act: () => void): void
  /** Where the list goes on; nothing for its beginning. */
  readonly place: string | undefined
  /** A page of a list, and the place behind it when there is more. */
  page<Item>(data: Item[], next: string | undefined): Paged<Item>
}

/** A list as it travels. */
export interface Paged<Item> {
  data: Item[]
  page: { nextCursor: string | null; hasMore: boolean }
}

/** The parts of a request, checked. */
export interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>
  readonly query: z.output<Q>
  readonly body: z.output<B>
}

/** An operation with what answers it. */
export interface Bound {
  readonly route: Route
  readonly handle: (call: Call, input: unknown) => Promise<unknown>
  /** The version that `If-Match` is compared with before anything happens; nothing when there is no such thing. */
  readonly versionOf?: (call: Call, input: unknown) => Promise<number | undefined>
}

/** Binds an operation to its handler, which gets checked input and returns a body or a refusal. */
export function bind<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  route: Route<P, Q, B, R>,
  handle: (call: Call, input: Input<P, Q, B>) => Promise<z.input<R> | Refused>,
  versionOf?: (call: Call, input: Input<P, Q, B>) => Promise<number | undefined>,
): Bound {
  const isOurs = (_input: unknown): _input is Input<P, Q, B> => true
  // The route's own schemas made the input, which the table cannot say.
  const typed = (input: unknown): Input<P, Q, B> => {
    if (isOurs(input)) return input
    throw new AuronxError('internal', 'The input is not that of the route')
  }
  return {
    route,
    handle: (call, input) => handle(call, typed(input)),
    ...(versionOf === undefined
      ? {}
      : { versionOf: (call: Call, input: unknown) => versionOf(call, typed(input)) }),
  }
}
