import type { JsonObject } from '../json.ts'
import { isObject, listAt, objectAt, textAt } from '../json.ts'
import type { Template } from '../state.ts'

/** Why a template cannot be sent like this; `undefined` when it can. */
export function checkTemplateUse(
  templates: Iterable<Template>,
  use: JsonObject,
): { readonly code: number; readonly details: string } | undefined {
  const name = textAt(use, 'name')
  const language = textAt(objectAt(use, 'language'), 'code')
  const template = [...templates].find((each) => each.name === name && each.language === language)
  if (template === undefined || template.status === 'PENDING' || template.status === 'REJECTED') {
    return { code: 132001, details: 'The template name does not exist in this translation' }
  }
  if (template.status === 'PAUSED') return { code: 132015, details: 'The template is paused' }
  if (template.status === 'DISABLED') return { code: 132016, details: 'The template is disabled' }
  for (const part of ['HEADER', 'BODY']) {
    const problem = checkPart(template, use, part)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** The placeholders of a text, each once: `1`, `2`, or names. */
export function placeholdersOf(text: string): readonly string[] {
  const found = [...text.matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/gi)].map((match) => match[1] ?? '')
  return [...new Set(found)]
}

/** The text of a template's part with its parameters filled in. */
export function fillTemplate(template: Template, use: JsonObject, part: string): string {
  const text = textOf(template, part)
  const parameters = parametersOf(use, part)
  return text.replaceAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/gi, (_whole, name: string) => {
    const byName = parameters.find((each) => textAt(each, 'parameter_name') === name)
    return wordsOf(byName ?? parameters[Number(name) - 1]) ?? `{{${name}}}`
  })
}

function checkPart(
  template: Template,
  use: JsonObject,
  part: string,
): { readonly code: number; readonly details: string } | undefined {
  const expected = placeholdersOf(textOf(template, part))
  const given = parametersOf(use, part).filter((each) => wordsOf(each) !== undefined)
  if (given.length !== expected.length) {
    return {
      code: 132000,
      details: `${part.toLowerCase()}: number of localizable_params (${given.length}) does not match the expected number of params (${expected.length})`,
    }
  }
  if (template.parameterFormat === 'POSITIONAL') return undefined
  const names = new Set(given.map((each) => textAt(each, 'parameter_name')))
  const missing = expected.find((name) => !names.has(name))
  return missing === undefined
    ? undefined
    : { code: 132012, details: `${part.toLowerCase()}: parameter name ${missing} is missing` }
}

function textOf(template: Template, part: string): string {
  const component = template.components.find((each) => textAt(each, 'type')?.toUpperCase() === part)
  return textAt(component, 'text') ?? ''
}

function parametersOf(use: JsonObject, part: string): readonly JsonObject[] {
  const component = listAt(use, 'components').find(
    (each) => textAt(each, 'type')?.toUpperCase() === part,
  )
  return listAt(component, 'parameters').filter(isObject)
}

function wordsOf(parameter: JsonObject | undefined): string | undefined {
  if (parameter === undefined) return undefined
  const type = textAt(parameter, 'type') ?? ''
  if (type === 'text') return textAt(parameter, 'text') ?? ''
  return textAt(objectAt(parameter, type), 'fallback_value')
}
