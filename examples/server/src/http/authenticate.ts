import type { IncomingMessage } from 'node:http'
import { AuronxError } from '@auronx/sdk'
import type { AuthProvider, KeyPrincipal, MemberPrincipal, Principal } from '@auronx/sdk'
import type { OwnProvider } from '@auronx/sdk/auth'
import type { Cookies } from './cookies.ts'
import { isOwnCommand, isSafe } from './own-page.ts'

/**
 * Who sends a request: nobody when it offers no proof. An `Authorization` header decides alone; without one the session
 * cookie does, and then a command is taken from our own pages only. Throws `unauthenticated` for a proof that does not
 * hold, `not_permitted` for a command that another site may have caused.
 */
export type Authenticate = (request: IncomingMessage) => Promise<Principal | undefined>

/** Creates the one way in for every route that asks who is there. */
export function createAuthenticate(deps: {
  readonly provider: AuthProvider
  readonly cookies: Cookies
}): Authenticate {
  const { provider, cookies } = deps
  return async (request) => {
    const { authorization } = request.headers
    if (authorization !== undefined) return provider.authenticate({ authorization })
    const sessionToken = cookies.read(request, 'session')
    if (sessionToken === undefined) return undefined
    if (!isSafe(request) && !isOwnCommand(request)) throw foreign()
    return provider.authenticate({ sessionToken })
  }
}

/** Who asked with this proof a moment ago; see `OwnProvider.recall` for what that is good for. Never for commands. */
export type Recall = (request: IncomingMessage) => MemberPrincipal | KeyPrincipal | undefined

/** Creates {@link Recall} beside {@link createAuthenticate}. */
export function createRecall(deps: {
  readonly provider: Pick<OwnProvider, 'recall'>
  readonly cookies: Cookies
}): Recall {
  const { provider, cookies } = deps
  return (request) => {
    if (!isSafe(request)) return undefined
    const { authorization } = request.headers
    if (authorization !== undefined) return provider.recall({ authorization })
    const sessionToken = cookies.read(request, 'session')
    return sessionToken === undefined ? undefined : provider.recall({ sessionToken })
  }
}

function foreign(): AuronxError {
  return new AuronxError(
    'not_permitted',
    'Commands with a session cookie are taken from the pages of this server only',
  )
}
