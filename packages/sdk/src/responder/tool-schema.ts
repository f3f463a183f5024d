import { z } from 'zod'
import type { ModelTool } from './model.ts'

/**
 * The JSON schema of a tool's arguments: closed, every property required, and only keywords that strict function calling
 * knows. Bounds of texts, lists and numbers are left out, because they are checked when the tool is called.
 *
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function schemaOf(schema: z.ZodObject): ModelTool['parameters'] {
  const shortened = shorten(z.toJSONSchema(schema, { io: 'input' }))
  if (!isRecord(shortened)) throw new TypeError('A tool takes an object')
  const parameters = { required: [], ...shortened }
  assertStrict(parameters)
  return parameters
}

const leftOut = new Set([
  '$schema',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
])

function shorten(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shorten)
  if (!isRecord(node)) return node
  const nullable = withNull(node['anyOf'])
  if (nullable !== undefined) return shorten({ ...node, anyOf: undefined, ...nullable })
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => value !== undefined && !leftOut.has(key))
      .map(([key, value]) => [key, shorten(value)]),
  )
}

// `anyOf` with null, as zod writes nullable, is longer and is not taken at the top of every schema.
function withNull(branches: unknown): { readonly [key: string]: unknown } | undefined {
  if (!Array.isArray(branches) || branches.length !== 2) return undefined
  const [one, none]: readonly unknown[] = branches
  if (!isRecord(one) || !isRecord(none) || none['type'] !== 'null') return undefined
  const { type, enum: values } = one
  const listed = Array.isArray(values) ? { enum: [...values, null] } : {}
  return { ...one, type: [type, 'null'], ...listed }
}

function assertStrict(node: unknown): void {
  if (Array.isArray(node)) {
    for (const one of node) assertStrict(one)
    return
  }
  if (!isRecord(node)) return
  if (node['type'] === 'object') {
    const names = Object.keys(isRecord(node['properties']) ? node['properties'] : {})
    const required = Array.isArray(node['required']) ? node['required'] : []
    const isClosed = node['additionalProperties'] === false
    if (!isClosed || names.some((name) => !required.includes(name)))
      throw new TypeError('A tool takes a closed object whose properties are all required')
  }
  for (const one of Object.values(node)) assertStrict(one)
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
