/** A member of an object that came as JSON. */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Reflect.get(value, key)
}

/** A member that is a text. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = member(value, key)
  return typeof found === 'string' ? found : undefined
}

/** A member that is a list. */
export function listAt(value: unknown, key: string): readonly unknown[] | undefined {
  const found = member(value, key)
  return Array.isArray(found) ? found : undefined
}

/** A member that counts something; 0 when it does not. */
export function countAt(value: unknown, key: string): number {
  const found = member(value, key)
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : 0
}

/** The value that a text holds as JSON, or nothing when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
