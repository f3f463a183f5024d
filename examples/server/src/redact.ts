const sensitive =
  /phone|wa_?id|user_?id|recipient|contact_?name|display_?name|^name$|user_?name|e?mail|address|body|text|caption|title|payload|token|secret|password|authorization|cookie|signature|^to$|^from$/i

const mask = '[hidden]'
const deepest = 8

/**
 * A copy of `fields` in which the value of every key that may hold personal data or a secret is replaced, at any
 * depth and inside arrays. Beyond eight levels everything is replaced.
 */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      sensitive.test(key) ? mask : redactValue(value, 1),
    ]),
  )
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return mask
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, depth + 1))
  if (value instanceof Error) return { error: value.name }
  if (value instanceof Date) return value.toISOString()
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      sensitive.test(key) ? mask : redactValue(inner, depth + 1),
    ]),
  )
}
