import type { ProviderError } from './content.ts'
import { defined, isFields, isList, readFields, readNumber, readText } from './narrow.ts'

const noErrors: readonly ProviderError[] = Object.freeze([])

/** Narrows a list of Meta's errors; anything else is an empty list. */
export function parseErrors(value: unknown): readonly ProviderError[] {
  return isList(value) && value.length > 0 ? value.map(parseError) : noErrors
}

/** Narrows one error; what is no object becomes its message. */
export function parseError(value: unknown): ProviderError {
  if (!isFields(value)) return defined({ message: readText(value) })
  return defined({
    code: readNumber(value['code']),
    title: readText(value['title']),
    message: readText(value['message']),
    details: readText(readFields(value['error_data'])['details']) ?? readText(value['details']),
    href: readText(value['href']),
  })
}
