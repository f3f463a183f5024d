import { createAuditor } from '@auronx/sdk'
import type { AuditEvent, Clock, Random, Stores } from '@auronx/sdk'
import type { Route } from '@auronx/sdk/api'
import { readNoteMs } from '../audit-trail.ts'
import type { Admitted } from './run.ts'
import { actorFor, principalId } from './run.ts'

/** Writes down what the API does: commands, and reads of personal data. */
export interface ApiAudit {
  /**
   * Adds the entry of a request that was answered, within the transaction that answers it and as its last step. What it
   * returns is called after the commit.
   */
  record(
    stores: Pick<Stores, 'audit'>,
    admitted: Pick<Admitted, 'bound' | 'principal' | 'requestId' | 'input'>,
    body: unknown,
  ): Promise<() => void>
}

const mostNotes = 10_000
const nothing = (): void => undefined

/**
 * Creates the writer. Somebody's looking at one thing again and again is one entry a quarter of an hour, each process for
 * itself.
 */
export function createApiAudit(deps: { readonly clock: Clock; readonly random: Random }): ApiAudit {
  const auditor = createAuditor(deps)
  const seen = new Map<string, number>()
  const remember = (key: string, now: number): void => {
    seen.delete(key)
    seen.set(key, now)
    const [oldest] = seen.keys()
    if (seen.size > mostNotes && oldest !== undefined) seen.delete(oldest)
  }
  return {
    async record(stores, { bound, principal, requestId, input }, body) {
      const { route } = bound
      const isRead = route.method === 'GET'
      if (isRead && !route.isPersonal) return nothing
      const event = eventOf(route, idIn(input.params) ?? idIn(body) ?? principal.tenantId)
      const who = `${principal.tenantId}/${principal.kind}:${principalId(principal)}`
      const key = `${who}/${event.action}/${event.target.id}`
      const now = deps.clock.now().getTime()
      if (isRead && now - (seen.get(key) ?? -Infinity) < readNoteMs) return nothing
      await auditor.record(stores, actorFor(principal, requestId), event)
      return isRead ? () => remember(key, now) : nothing
    },
  }
}

function eventOf({ operation, tag }: Route, id: string): AuditEvent {
  const verb = operation.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return { action: `api.${verb}`, target: { type: tag.toLowerCase(), id } }
}

function idIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined
  return typeof value.id === 'string' ? value.id : undefined
}
