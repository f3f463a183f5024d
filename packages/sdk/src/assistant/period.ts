/** The day and the month of an instant by UTC, for example `2026-11-26` and `2026-11`. */
export function periodsOf(at: Date): { readonly day: string; readonly month: string } {
  const text = at.toISOString()
  return { day: text.slice(0, 10), month: text.slice(0, 7) }
}

const dayMs = 24 * 3_600_000

/** The oldest periods that are still kept at an instant: two days of a contact, thirteen months of the tenant. */
export function keptFrom(at: Date): { readonly day: string; readonly month: string } {
  const firstMonth = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 13, 1))
  return {
    day: periodsOf(new Date(at.getTime() - dayMs)).day,
    month: periodsOf(firstMonth).month,
  }
}
