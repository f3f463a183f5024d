import { AuronxError } from '../kernel/index.ts'

/** A place in a list that is ordered by time, then id. */
export interface Place {
  readonly at: Date
  readonly id: string
}

const uuid = /^[0-9a-f-]{36}$/

/** A place in a thread instead: a whole second, then the position at which a message was stored, in 16 digits. */
export const threadPosition = /^\d{16}$/

/** Where a message stands in its thread. */
export function threadPlace(at: Date, position: number): Place {
  const second = Math.floor(at.getTime() / 1_000) * 1_000
  return { at: new Date(second), id: String(position).padStart(16, '0') }
}

/** A place as an opaque text. */
export function toCursor({ at, id }: Place): string {
  return `${at.getTime().toString(36)}.${id}`
}

/** The place of a cursor, whose ids look like `ids`. Throws `invalid_input` for one that is not ours. */
export function fromCursor(cursor: string, ids: RegExp = uuid): Place {
  const [, time, id] = /^([0-9a-z]{1,8})\.([0-9a-f-]+)$/.exec(cursor) ?? []
  if (time === undefined || id === undefined || !ids.test(id))
    throw new AuronxError('invalid_input', 'The cursor is not one of ours')
  return { at: new Date(Number.parseInt(time, 36)), id }
}

/** Refuses a page size outside 1 to `most`. Throws `invalid_input`. */
export function checkLimit(limit: number, most: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return
  throw new AuronxError('invalid_input', 'The page size is out of range', {
    details: { least: 1, most },
  })
}

/**
 * A page of rows and the cursor to go on; `rows` may hold one row more than `limit`, which says that there is a next page.
 */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { readonly items: readonly Row[]; readonly cursor?: string } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined
    ? { items, cursor: toCursor(placeOf(last)) }
    : { items }
}
