/** A JSON object of which nothing is known yet. */
export interface Fields {
  readonly [name: string]: unknown
}

/** A type with its members open for assignment while it is being built. */
export type Draft<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] }

type OptionalWhereUndefined<Shape> = {
  [Name in keyof Shape as undefined extends Shape[Name] ? never : Name]: Shape[Name]
} & {
  [Name in keyof Shape as undefined extends Shape[Name] ? Name : never]?: Exclude<
    Shape[Name],
    undefined
  >
}

/** Whether a value is a JSON object (no array, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a JSON array. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** The value as text where it is a string or a number and not empty. */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** The value as a finite number where it is one, also written as text. */
export function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  // Adding 0 turns -0, which JSON cannot carry back, into 0.
  return typeof number === 'number' && Number.isFinite(number) ? number + 0 : undefined
}

/** The value where it is `true` or `false`. */
export function readFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** The value where it is an array, otherwise an empty one. */
export function readList(value: unknown): readonly unknown[] {
  return isList(value) ? value : []
}

/** The value where it is an object, otherwise an empty one. */
export function readFields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

const largestSeconds = 1e11
const largestDateMs = 8.64e15

/** A Unix time, in seconds as Meta sends it (or in milliseconds, told by its size), as milliseconds. */
export function readInstantMs(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !(number > 0)) return undefined
  const ms = Math.trunc(number < largestSeconds ? number * 1000 : number)
  return ms <= largestDateMs ? ms : undefined
}

/** The object without the members that are undefined. */
export function defined<Shape extends object>(shape: Shape): OptionalWhereUndefined<Shape>
export function defined(shape: Fields): object {
  const kept: Record<string, unknown> = {}
  for (const name in shape) if (shape[name] !== undefined) kept[name] = shape[name]
  return kept
}
