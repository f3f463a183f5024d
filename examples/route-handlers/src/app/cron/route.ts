import { createHash, timingSafeEqual } from 'node:crypto'
import { getPlatform } from '../../platform.ts'

/** For the platform's scheduler, once a minute: does what is due and says when something is due next. */
export async function GET(request: Request): Promise<Response> {
  const { auronx, cronSecret } = getPlatform()
  const given = request.headers.get('authorization') ?? ''
  if (!timingSafeEqual(digest(given), digest(`Bearer ${cronSecret}`))) {
    return Response.json({ code: 'unauthenticated' }, { status: 401 })
  }
  const { nextDue } = await auronx.work({ maxMs: 20_000 })
  return Response.json({ nextDue: nextDue?.toISOString() ?? null })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
