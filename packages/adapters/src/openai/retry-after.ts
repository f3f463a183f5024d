/** The longest wait that is believed, in milliseconds. */
const maxWaitMs = 24 * 60 * 60 * 1_000

/**
 * How long a provider asks to wait, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds or as a date. Nothing
 * when it does not say so; never more than a day.
 */
export function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const waitMs =
    numberOf(headers.get('retry-after-ms')) ?? secondsOf(headers.get('retry-after'), now)
  return waitMs === undefined ? undefined : Math.min(Math.ceil(waitMs), maxWaitMs)
}

function secondsOf(value: string | null, now: Date): number | undefined {
  const seconds = numberOf(value)
  if (seconds !== undefined) return seconds * 1_000
  // Only a date in words: `Date.parse` also reads bare numbers, as years.
  const at = value === null || !/^[A-Za-z]/.test(value) ? Number.NaN : Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(at - now.getTime(), 0)
}

function numberOf(value: string | null): number | undefined {
  return value !== null && /^\d{1,12}(\.\d{1,6})?$/.test(value.trim()) ? Number(value) : undefined
}
