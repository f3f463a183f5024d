/** The day and the month of an instant by UTC, for example `2026-11-26` and `2026-11`. */
export function periodsOf(at: Date): { readonly day: string; readonly month: string } {
  const text = at.toISOString()
  return { day: text.slice(0, 10), month: text.slice(0, 7) }
}
