import type { Clock } from '@auronx/sdk'
import type { AppServices } from './app-services.ts'
import type { Cookies } from './http/cookies.ts'
import { sessionLines } from './routes/auth.ts'

// Pages say it in their language.
const oneTimeDevice = 'one-time-link'

/**
 * Signs the owner of the first business in: whoever follows the one-time link reads this server's terminal, and could read
 * its database as well. Returns the `Set-Cookie` lines; none when the owner is no member any more.
 */
export async function enterByLink(
  { auth, demo }: Pick<AppServices, 'auth' | 'demo'>,
  cookies: Cookies,
  clock: Clock,
): Promise<readonly string[]> {
  const opened = await auth.sessions.open({
    tenantId: demo.tenantId,
    userId: demo.ownerId,
    methods: ['host'],
    authenticatedAt: clock.now(),
    device: oneTimeDevice,
  })
  return opened.kind === 'refused' ? [] : sessionLines(cookies, opened)
}
