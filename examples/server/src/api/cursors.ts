import { createHmac, timingSafeEqual } from 'node:crypto'
import { undone } from './problem.ts'

/** Which list a cursor belongs to: tenant, operation and filters. */
export interface CursorScope {
  readonly tenantId: string
  readonly operation: string
  readonly filters: Readonly<Record<string, unknown>>
}

/** Places in lists as opaque texts. */
export interface Cursors {
  seal(scope: CursorScope, place: string): string
  /** The place; throws the problem `cursor_invalid` for a cursor of another list, tenant or filter. */
  open(scope: CursorScope, cursor: string): string
}

const macBytes = 16

/** Cursors signed with a key: 16 bytes of HMAC-SHA-256 over scope and place, then the place, as base64url. */
export function createCursors(key: Uint8Array): Cursors {
  const macOf = (scope: CursorScope, place: string): Buffer => {
    const filters = Object.entries(scope.filters).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const text = JSON.stringify(['cursor', scope.tenantId, scope.operation, filters, place])
    return createHmac('sha256', key).update(text).digest().subarray(0, macBytes)
  }
  return {
    seal: (scope, place) =>
      Buffer.concat([macOf(scope, place), Buffer.from(place)]).toString('base64url'),
    open(scope, cursor) {
      const bytes = Buffer.from(cursor, 'base64url')
      const place = bytes.subarray(macBytes).toString()
      const given = bytes.subarray(0, macBytes)
      if (given.length < macBytes || !timingSafeEqual(given, macOf(scope, place)))
        throw undone('cursor_invalid')
      return place
    },
  }
}
