import { isFields, isList } from './narrow.ts'

const deepest = 100

/** What stands in for values that lie deeper than 100 levels. */
export const tooDeep = '[nested too deeply]'

/**
 * The value as it may stand in an event: itself, unless `JSON.stringify` would fail on it or change it. Then a copy
 * with {@link tooDeep} below 100 levels and numbers beyond the range of JSON as text.
 */
export function keepRaw(value: unknown): unknown {
  return survives(value, 0) ? value : copy(value, 0)
}

/** Whether a whole number stands somewhere in the value that is too large to be exact. */
export function hasInexactInteger(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  if (depth > deepest || typeof value !== 'object' || value === null) return false
  return Object.values(value).some((member) => hasInexactInteger(member, depth + 1))
}

function survives(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= deepest) return false
  if (isList(value)) return value.every((item) => survives(item, depth + 1))
  for (const member of Object.values(value)) if (!survives(member, depth + 1)) return false
  return true
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return tooDeep
  if (isList(value)) return value.map((item) => copy(item, depth + 1))
  if (!isFields(value)) return value
  // fromEntries defines members, so that one named __proto__ stays data.
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, copy(member, depth + 1)]),
  )
}

/**
 * JSON text of a value with the members of every object sorted by name: equal for equal values. Expects a value from
 * {@link keepRaw}.
 */
export function canonicalJson(value: unknown): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isFields(value)) return JSON.stringify(value) ?? 'null'
  const names = Object.keys(value).toSorted()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`
}
