import { Temporal } from 'temporal-polyfill'
import { AuronxError } from './errors.ts'
import type { TimeZones } from './time.ts'

/** Time zones over Temporal, with the runtime's own zone data. Holds no state. */
export function createTimeZones(): TimeZones {
  return {
    isZone,
    toCivil(instant, zone) {
      const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
      return moment
        .toZonedDateTimeISO(known(zone))
        .toPlainDateTime()
        .toString({ smallestUnit: 'second' })
    },
    toInstant(civil, zone) {
      const moment = toPlain(civil).toZonedDateTime(known(zone), { disambiguation: 'compatible' })
      return new Date(moment.epochMilliseconds)
    },
  }
}

function isZone(zone: string): boolean {
  // Temporal takes offsets as zones; they know no daylight time, so a business cannot live in one.
  if (!/^[A-Za-z]/u.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

function known(zone: string): string {
  if (!isZone(zone)) {
    throw new AuronxError('unknown_time_zone', 'Not an IANA time zone of this runtime', {
      details: { length: zone.length },
    })
  }
  return zone
}

function toPlain(civil: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(civil)
  } catch (error) {
    throw new AuronxError('invalid_input', 'Write a civil time as YYYY-MM-DDTHH:MM[:SS]', {
      cause: error,
    })
  }
}
