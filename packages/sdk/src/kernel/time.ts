/** The current time. Injected everywhere; nothing else in the SDK reads a clock. */
export interface Clock {
  /** The current instant, in UTC with millisecond precision. */
  now(): Date
}

/** Civil date and time without a zone, `YYYY-MM-DDTHH:MM[:SS]`. */
export type CivilDateTime = string

/**
 * Conversions between instants and civil time. All of them happen in the application, never in SQL: the time zone
 * databases of two engines differ.
 */
export interface TimeZones {
  /** Whether `zone` is a known IANA zone id; fixed offsets such as `+02:00` are not. */
  isZone(zone: string): boolean
  /** The civil time at `instant` in `zone`. Throws `unknown_time_zone`. */
  toCivil(instant: Date, zone: string): CivilDateTime
  /**
   * The instant of a civil time in `zone`. A time that a clock change skips moves forward by the gap; a time that
   * occurs twice is the earlier one. Throws `unknown_time_zone`.
   */
  toInstant(civil: CivilDateTime, zone: string): Date
}

/** The platform's clock. */
export function createSystemClock(): Clock {
  // The one place that may read the ambient clock; performance.now would drift from it when the host sleeps.
  return { now: () => new Date(Date.now()) }
}
