import { isAuronxError } from '@auronx/sdk'
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
    if (!isAuronxError(error, 'unauthenticated')) throw error
    return Response.json({ code: error.code }, { status: 401 })
  }
}
