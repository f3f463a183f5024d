import type { Json } from '../kernel/index.ts'

/** JSON as Graph takes it. */
export type GraphJson = { readonly [key: string]: Json }

/** Leaves out members that are not set, which Graph would take for the text `undefined` or refuse. */
export function compact(members: { readonly [key: string]: Json | undefined }): GraphJson {
  const set: [string, Json][] = []
  for (const [key, value] of Object.entries(members)) {
    if (value !== undefined) set.push([key, value])
  }
  return Object.fromEntries(set)
}

/** A member of a JSON value, or nothing when the value is no object or lacks it. Own members only. */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Object.getOwnPropertyDescriptor(value, key)?.value
}

/** The text at a path of members and indices, or nothing when there is none or it is empty. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  let at = value
  for (const key of path) at = member(at, String(key))
  return typeof at === 'string' && at !== '' ? at : undefined
}

/** The number at a path of members and indices, also when Graph gives it as text. */
export function numberAt(
  value: unknown,
  ...path: readonly (string | number)[]
): number | undefined {
  let at = value
  for (const key of path) at = member(at, String(key))
  const number = typeof at === 'string' && at.trim() !== '' ? Number(at) : at
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
