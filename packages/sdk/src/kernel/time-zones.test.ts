import { describe, expect, test } from 'vitest'
import { createTimeZones } from './time-zones.ts'

const zones = createTimeZones()

describe('time zones', () => {
  test('knows IANA zones and refuses offsets and inventions', () => {
    expect(
      ['UTC', 'Europe/Madrid', 'America/Sao_Paulo', 'Asia/Kathmandu'].every((zone) =>
        zones.isZone(zone),
      ),
    ).toBe(true)
    expect(
      ['+02:00', '-03:00', '', 'Mars/Olympus', '2026'].some((zone) => zones.isZone(zone)),
    ).toBe(false)
    expect(() => zones.toCivil(new Date(0), '+02:00')).toThrow(
      expect.objectContaining({ code: 'unknown_time_zone' }),
    )
  })

  test.each([
    ['2026-07-01T12:00', 'Europe/Madrid', '2026-07-01T10:00:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['2026-01-01T00:00:05', 'Asia/Kathmandu', '2025-12-31T18:15:05.000Z'],
  ])(
    '%s in %s is %s: skipped times move forward, doubled ones are the earlier',
    (civil, zone, instant) => {
      expect(zones.toInstant(civil, zone).toISOString()).toBe(instant)
    },
  )

  test('an instant has one civil time', () => {
    const newYear = new Date('2026-12-31T23:30:00Z')
    expect(zones.toCivil(newYear, 'Europe/Madrid')).toBe('2027-01-01T00:30:00')
    expect(zones.toCivil(newYear, 'America/Bogota')).toBe('2026-12-31T18:30:00')
    expect(() => zones.toInstant('tomorrow', 'UTC')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})
