import { Readable } from 'node:stream'
import type { Context } from 'koa'
import { actorOf, createAuditLog } from '@auronx/sdk'
import type { KeyPrincipal, MemberPrincipal } from '@auronx/sdk'
import type { ApiDeps } from './deps.ts'

/** Answers with the whole audit log, one JSON document a line, as fast as it is read. */
export function streamLines(
  { auth }: Pick<ApiDeps, 'auth'>,
  ctx: Context,
  principal: MemberPrincipal | KeyPrincipal,
): undefined {
  ctx.status = 200
  ctx.type = 'application/x-ndjson'
  ctx.set('content-disposition', 'attachment; filename="audit.ndjson"')
  const auditLog = createAuditLog(auth.workOf(principal))
  ctx.body = Readable.from(linesOf(auditLog.export(actorOf(principal, { via: 'api' }))))
}

async function* linesOf(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${line}\n`
}
