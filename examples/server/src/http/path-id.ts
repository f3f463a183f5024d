import type { RouterContext } from '@koa/router'
import * as z from 'zod'

const uuid = z.uuid()

/** The `id` of the path as a UUID; answers 404 for anything else. */
export function readUuid(ctx: RouterContext): string {
  const parsed = uuid.safeParse(ctx.params['id'])
  return parsed.success ? parsed.data : ctx.throw(404)
}
