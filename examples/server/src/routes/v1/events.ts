import type { DomainEvent } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound, Call } from '../../api/call.ts'
import { eventDocument, maySee, withinReach } from '../../api/event-log.ts'

const batch = 200
/** How much of the log one page reads at most; behind it the caller asks again. */
const mostRead = 5_000

/** The event log as a list. */
export const eventBounds: readonly Bound[] = [
  bind(api.listEvents, async (call, { query: { limit } }) => {
    const seen: DomainEvent[] = []
    let place = call.place
    // Reads on behind what the caller may not see, so that a page is full unless the log ends.
    for (let read = 0; read < mostRead; read += batch) {
      const asked = read === 0 ? limit + 1 : batch
      const events = await readOn(call, place, asked)
      const visible = await withinReach(
        call.work,
        call.principal,
        events.filter((event) => maySee(call.principal, event)),
      )
      seen.push(...visible)
      if (seen.length > limit) break
      if (events.length < asked) return call.page(seen.map(eventDocument), undefined)
      place = events.at(-1)?.id ?? place
    }
    const shown = seen.slice(0, limit)
    return call.page(shown.map(eventDocument), seen.length > limit ? shown.at(-1)?.id : place)
  }),
]

function readOn(
  { work, principal }: Call,
  place: string | undefined,
  limit: number,
): Promise<readonly DomainEvent[]> {
  const after = place === undefined ? {} : { after: place }
  return work.run(principal.tenantId, (stores) => stores.events.since({ ...after, limit }))
}
