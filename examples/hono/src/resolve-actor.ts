import { AuronxError, asId, staffActor } from '@auronx/sdk'
import type { Actor } from '@auronx/sdk'
import type pg from 'pg'

/**
 * The host's signed-in person as an actor: who it is, which business it works for and what it may do there. Throws
 * `unauthenticated` without a session of the host.
 */
export async function resolveActor(pool: pg.Pool, authorization = ''): Promise<Actor> {
  const token = authorization.replace(/^Bearer /, '')
  const { rows } = await pool.query<{ user_id: string; tenant_id: string }>(
    'select user_id, tenant_id from cafe.sessions where token = $1',
    [token],
  )
  const [session] = rows
  if (session === undefined) throw new AuronxError('unauthenticated', 'Sign in first')
  return staffActor(asId('TenantId', session.tenant_id), { id: session.user_id, role: 'agent' })
}
