import { AuronxError } from '@auronx/sdk'
import type { Context } from 'koa'
import type * as z from 'zod'
import { readBody } from './body.ts'

const largestBody = 64 * 1024

/**
 * A request's JSON body. Answers 415 unless the request says that it is JSON, which no form of another site can, 413 above
 * 64 KiB and 400 for what is no JSON.
 */
export async function readJson(ctx: Context): Promise<unknown> {
  if (ctx.is('application/json') !== 'application/json') return ctx.throw(415)
  const body = await readBody(ctx.req, largestBody)
  if (body.kind !== 'read') return ctx.throw(body.kind === 'too_large' ? 413 : 400)
  try {
    return JSON.parse(new TextDecoder().decode(body.bytes))
  } catch {
    return ctx.throw(400)
  }
}

/** A request's JSON body in its shape. Throws `invalid_input` for any other. */
export async function readShape<Shape extends z.ZodType>(
  ctx: Context,
  shape: Shape,
): Promise<z.output<Shape>> {
  const parsed = shape.safeParse(await readJson(ctx))
  if (parsed.success) return parsed.data
  throw new AuronxError('invalid_input', 'The body has another shape')
}

/** Answers with a refusal as a problem document; `code` says which. */
export function refuse(
  ctx: Context,
  status: number,
  code: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  ctx.status = status
  ctx.body = JSON.stringify({ type: 'about:blank', status, title: 'Refused', code, ...more })
  ctx.type = 'application/problem+json'
}
