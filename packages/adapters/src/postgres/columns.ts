import type { SqlScalar } from './sql.ts'

/** Rows as one array per column, for `unnest`; `width` says how many columns there are when there is no row. */
export function toColumns(
  rows: readonly (readonly SqlScalar[])[],
  width: number,
): readonly (readonly SqlScalar[])[] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null))
}

/** The parameters that take {@link toColumns}, from `$first` on: one array of each type. */
export function arraysOf(types: readonly string[], first: number): string {
  return types.map((type, index) => `$${first + index}::${type}[]`).join(', ')
}
