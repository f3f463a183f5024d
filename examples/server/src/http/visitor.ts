import type { IncomingMessage } from 'node:http'
import { actorOf, AuronxError, isAuronxError } from '@auronx/sdk'
import type { Actor, MemberPrincipal, Stores, UnitOfWork, UserId } from '@auronx/sdk'
import type { Auth } from '@auronx/sdk/auth'
import type { Authenticate } from './authenticate.ts'

/** A signed-in member behind a request for a page or its data. */
export interface Visitor {
  readonly principal: MemberPrincipal
  readonly userId: UserId
  readonly actor: Actor
  /** Work in which every transaction asserts that the session still holds. */
  readonly work: UnitOfWork<Stores>
  /** Whether session, membership, role and the duty to have a passkey are what they were when the request came. */
  holds(): Promise<boolean>
}

/** The member behind a request. Throws `unauthenticated` for nobody, `not_permitted` for an API key. */
export type OpenVisitor = (request: IncomingMessage) => Promise<Visitor>

/** Creates the way in for pages; a request is asked once, however many ask about it. */
export function createVisitors(deps: {
  readonly authenticate: Authenticate
  readonly auth: Pick<Auth<Stores>, 'workOf' | 'owesPasskey'>
}): OpenVisitor {
  const known = new WeakMap<IncomingMessage, Promise<Visitor>>()
  const open: OpenVisitor = async (request) => {
    const principal = await deps.authenticate(request)
    if (principal === undefined) throw new AuronxError('unauthenticated', 'Nobody is signed in')
    if (principal.kind !== 'member' || principal.userId === undefined) {
      throw new AuronxError('not_permitted', 'Pages are for people who are signed in')
    }
    const { userId } = principal
    const work = deps.auth.workOf(principal)
    const holds = (): Promise<boolean> =>
      deps.auth
        .owesPasskey(principal)
        .then((owes) => owes === (principal.owesPasskey ?? false))
        .catch((error: unknown) => {
          if (isAuronxError(error, 'unauthenticated')) return false
          throw error
        })
    return { principal, userId, actor: actorOf(principal), work, holds }
  }
  return (request) => {
    const visitor = known.get(request) ?? open(request)
    known.set(request, visitor)
    return visitor
  }
}
