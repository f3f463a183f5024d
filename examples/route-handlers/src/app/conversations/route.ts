import { problemOf } from '@auronx/sdk/api'
import { getPlatform } from '../../platform.ts'
import { resolveActor } from '../../resolve-actor.ts'

/** The newest conversations of the business that the signed-in person works for. */
export async function GET(request: Request): Promise<Response> {
  const { auronx, pool } = getPlatform()
  try {
    const actor = await resolveActor(pool, request.headers.get('authorization') ?? '')
    const { items } = await auronx.conversations.list(actor, { limit: 20 })
    return Response.json(items.map(({ id, owner }) => ({ id, owner })))
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status >= 500) console.error(error)
    const headers = { 'content-type': 'application/problem+json' }
    return Response.json(problem, { status: problem.status, headers })
  }
}
