/** How long a conversation is kept after the customer's last event, in calendar months (UTC). */
export const retentionMonths = 24

/**
 * When a conversation is deleted: 24 calendar months in UTC after the customer's last event, at the same time of day; a
 * day that the month does not have becomes its last day. The database computes the same in a generated column.
 */
export function expiresAt(lastInteractionAt: Date): Date {
  const year =
    lastInteractionAt.getUTCFullYear() +
    Math.floor((lastInteractionAt.getUTCMonth() + retentionMonths) / 12)
  const month = (lastInteractionAt.getUTCMonth() + retentionMonths) % 12
  const day = Math.min(lastInteractionAt.getUTCDate(), daysIn(year, month))
  const timeOfDay = modulo(lastInteractionAt.getTime(), dayMs)
  return new Date(Date.UTC(year, month, day) + timeOfDay)
}

/** Whether a conversation is past its retention and may only be deleted. */
export function isExpired(lastInteractionAt: Date, now: Date): boolean {
  return expiresAt(lastInteractionAt) <= now
}

/** The later of two instants: `lastInteractionAt` never decreases. */
export function latest(current: Date, at: Date): Date {
  return at > current ? at : current
}

const dayMs = 24 * 60 * 60 * 1000

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
