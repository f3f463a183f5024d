import { AuronxError } from '@auronx/sdk'
import type { SqlRow } from './sql.ts'

/** The text (or uuid) in a column. Throws `internal` when it is absent. */
export function text(row: SqlRow, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : surprise(column)
}

/** The texts (or uuids) in an array column. */
export function texts(row: SqlRow, column: string): readonly string[] {
  const value = row[column]
  const all = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
  return Array.isArray(value) && all?.length === value.length ? all : surprise(column)
}

/** The text in a column that may be null. */
export function optionalText(row: SqlRow, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column)
}

/** An integer within the safe range; `bigint` columns arrive as text. Throws `internal` outside of it. */
export function integer(row: SqlRow, column: string): number {
  const value = row[column]
  const number = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : surprise(column)
}

/** An exact integer of any size. */
export function bigint(row: SqlRow, column: string): bigint {
  const value = row[column]
  if (typeof value === 'bigint') return value
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value)
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : surprise(column)
}

/** An instant. */
export function instant(row: SqlRow, column: string): Date {
  const value = row[column]
  return value instanceof Date ? value : surprise(column)
}

/** An instant that may be null. */
export function optionalInstant(row: SqlRow, column: string): Date | undefined {
  return row[column] === null ? undefined : instant(row, column)
}

/** A truth value. */
export function boolean(row: SqlRow, column: string): boolean {
  const value = row[column]
  return typeof value === 'boolean' ? value : surprise(column)
}

/** A parsed JSON column; narrow it before use. */
export function json(row: SqlRow, column: string): unknown {
  const value = row[column]
  return value === undefined ? surprise(column) : value
}

/** Bytes. */
export function bytes(row: SqlRow, column: string): Uint8Array {
  const value = row[column]
  return value instanceof Uint8Array ? value : surprise(column)
}

/** The elements of an array column as text; none when it is null. Throws `internal` when it is no array. */
export function optionalList(row: SqlRow, column: string): readonly string[] {
  const value = row[column]
  if (value === null) return []
  return Array.isArray(value) ? value.map(String) : surprise(column)
}

function surprise(column: string): never {
  throw new AuronxError('internal', `Column ${column} does not hold what its table promises`)
}
