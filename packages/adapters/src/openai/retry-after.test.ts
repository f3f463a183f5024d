import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const now = new Date('2026-03-02T09:00:00Z')

test.each([
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '20' }, 20_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': 'Mon, 02 Mar 2026 09:01:00 GMT' }, 60_000],
  [{ 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '250', 'retry-after': '20' }, 250],
  [{ 'retry-after-ms': 'soon', 'retry-after': '20' }, 20_000],
  [{ 'retry-after': '99999999' }, 86_400_000],
  [{ 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 86_400_000],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': '1e3' }, undefined],
  [{ 'retry-after': 'later' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('%o asks for %s milliseconds', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers), now)).toBe(expected)
})
