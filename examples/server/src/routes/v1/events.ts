import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound } from '../../api/call.ts'
import { eventDocument, maySee, withinReach } from '../../api/event-log.ts'

/** The event log as a list. */
export const eventBounds: readonly Bound[] = [
  bind(api.listEvents, async ({ work, principal, place, page }, { query }) => {
    const after = place === undefined ? {} : { after: place }
    const events = await work.run(principal.tenantId, (stores) =>
      stores.events.since({ ...after, limit: query.limit + 1 }),
    )
    const shown = events.slice(0, query.limit)
    const next = events.length > query.limit ? shown.at(-1)?.id : undefined
    const seen = shown.filter((event) => maySee(principal, event))
    return page((await withinReach(work, principal, seen)).map(eventDocument), next)
  }),
]
