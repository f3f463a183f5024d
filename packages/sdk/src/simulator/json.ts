import type { Json } from '../kernel/index.ts'

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }

/** Whether a value is a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The string under `key`, or `undefined` when it is absent, not a string, or `value` is no object. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined
  return typeof found === 'string' ? found : undefined
}

/** The object under `key`, or an empty one. */
export function objectAt(value: unknown, key: string): JsonObject {
  const found = isObject(value) ? value[key] : undefined
  return isObject(found) ? found : {}
}

/** The array under `key`, or an empty one. */
export function listAt(value: unknown, key: string): readonly Json[] {
  const found = isObject(value) ? value[key] : undefined
  return isList(found) ? found : []
}

/** Parses text as JSON; `undefined` when it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const parsed: Json = JSON.parse(text)
    return parsed
  } catch {
    return undefined
  }
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
