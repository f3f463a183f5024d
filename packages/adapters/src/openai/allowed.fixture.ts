import type { RecordedRequest } from './provider.fixture.ts'

/** Checks one value and returns what is wrong with it, one line each. */
type Check = (value: unknown, at: string) => readonly string[]

/**
 * What is in a recorded request that may not be there, one line each; nothing for an allowed one. The lists stand apart
 * from the code that writes requests: a new key fails here until someone decides that it may leave.
 */
export function forbiddenIn({ method, path, headers, body }: RecordedRequest): readonly string[] {
  const unknownHeaders = Object.keys(headers).filter((name) => !allowedHeaders.includes(name))
  return [
    ...(method === 'POST' && path === '/v1/responses' ? [] : [`${method} ${path}`]),
    ...unknownHeaders.map((name) => `header ${name}`),
    ...(headers['user-agent'] === 'auronx' ? [] : ['header user-agent names something else']),
    ...allowedBody(JSON.parse(body), 'body'),
    ...personal.filter(({ pattern }) => pattern.test(body)).map(({ name }) => `body has ${name}`),
  ]
}

const allowedHeaders = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'sec-fetch-mode',
  'user-agent',
]

const personal = [
  { name: 'a phone number', pattern: /(?<![\w-])\+?\d{9,15}(?![\w-])/ },
  { name: 'an e-mail address', pattern: /[\w.+-]+@[\w-]+\.\w+/ },
  { name: 'a business-scoped user id', pattern: /\b[A-Z]{2}\.\d{10,}/ },
  { name: 'a key', pattern: /\bsk-\w+|Bearer / },
]

const text: Check = (value, at) => (typeof value === 'string' ? [] : [`${at} is no text`])
const count: Check = (value, at) => (Number.isInteger(value) ? [] : [`${at} is no whole number`])
const anything: Check = () => []

const item = oneOf([
  object({ role: only('user', 'assistant', 'developer'), content: text }),
  object(
    {
      type: only('message'),
      role: only('assistant'),
      content: text,
      phase: only('commentary', 'final_answer'),
    },
    ['phase'],
  ),
  object({ type: only('function_call'), call_id: text, name: text, arguments: text }),
  object({ type: only('function_call_output'), call_id: text, output: text }),
  object({ type: only('reasoning'), id: text, summary: list(never), encrypted_content: text }),
])

const tool = object({
  type: only('function'),
  name: text,
  description: text,
  parameters: anything,
  strict: only(true),
})

const allowedBody = object(
  {
    model: text,
    instructions: text,
    input: list(item),
    tools: list(tool),
    tool_choice: only('auto'),
    parallel_tool_calls: only(false),
    max_output_tokens: count,
    text: object({ format: object({ type: only('text') }) }),
    store: only(false),
    truncation: only('disabled'),
    reasoning: object({ effort: text }),
    include: list(only('reasoning.encrypted_content')),
    prompt_cache_key: text,
    safety_identifier: text,
  },
  ['tools', 'tool_choice', 'parallel_tool_calls', 'reasoning', 'include', 'safety_identifier'],
)

function only(...values: readonly (string | boolean)[]): Check {
  return (value, at) => (values.some((allowed) => allowed === value) ? [] : [`${at} is forbidden`])
}

function list(check: Check): Check {
  return (value, at) =>
    Array.isArray(value)
      ? value.flatMap((entry, index) => check(entry, `${at}[${index}]`))
      : [`${at} is no list`]
}

function never(_value: unknown, at: string): readonly string[] {
  return [`${at} is forbidden`]
}

function oneOf(checks: readonly Check[]): Check {
  return (value, at) => {
    const results = checks.map((check) => check(value, at))
    return results.some((problems) => problems.length === 0) ? [] : [`${at} is of no allowed kind`]
  }
}

function object(members: Readonly<Record<string, Check>>, optional: readonly string[] = []): Check {
  return (value, at) => {
    if (typeof value !== 'object' || value === null) return [`${at} is no object`]
    const entries: [string, unknown][] = Object.entries(value)
    const present = entries.map(([key]) => key)
    const missing = Object.keys(members).filter(
      (key) => !present.includes(key) && !optional.includes(key),
    )
    return [
      ...entries.flatMap(([key, inner]) => {
        const check = members[key]
        return check === undefined ? [`${at}.${key} is forbidden`] : check(inner, `${at}.${key}`)
      }),
      ...missing.map((key) => `${at}.${key} is missing`),
    ]
  }
}
