import type { SqlValue } from './sql.ts'

/** A condition with a `?` for each of its values. */
export type Condition = readonly [text: string, ...values: SqlValue[]]

/**
 * The WHERE of a list with filters: only the conditions that were asked for, `?` numbered from `$1` on. Each combination
 * is a text, and so a plan, of its own, where `$2 is null or …` would have one plan for all of them that uses no index.
 */
export function where(conditions: readonly (Condition | false)[]): {
  readonly text: string
  readonly values: readonly SqlValue[]
} {
  const asked = conditions.filter((condition) => condition !== false)
  let position = 0
  const texts = asked.map(([text]) => text.replaceAll('?', () => `$${(position += 1)}`))
  return { text: `where ${texts.join(' and ')}`, values: asked.flatMap(([, ...values]) => values) }
}
