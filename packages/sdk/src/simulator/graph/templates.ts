import { AuronxError } from '../../kernel/index.ts'
import * as z from 'zod'
import type { Core } from '../core.ts'
import { publish } from '../core.ts'
import type { JsonObject } from '../json.ts'
import { isObject, listAt, textAt } from '../json.ts'
import type { Template } from '../state.ts'
import type { GraphAnswer, GraphRequest } from './request.ts'
import { membersOf, ok, refuse } from './request.ts'
import { placeholdersOf } from './template-use.ts'

/*
 * Limits of templates, checked 2026-11.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components
 */
const limits: Readonly<Record<string, number>> = { BODY: 1024, HEADER: 60, FOOTER: 60 }
const mostButtons = 10
const mostUnverified = 250

const definition = z.looseObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  parameter_format: z
    .string()
    .transform((value) => value.toUpperCase())
    .pipe(z.enum(['POSITIONAL', 'NAMED']))
    .optional(),
  components: z.array(z.looseObject({ type: z.string() })).min(1),
})

/** `POST /{WABA_ID}/message_templates`: a new template, pending until it is reviewed. */
export function createTemplate(
  core: Core,
  request: GraphRequest,
  isApproved: boolean,
): GraphAnswer {
  const body = membersOf(request)
  const parsed = definition.safeParse(body)
  if (body === undefined || !parsed.success) {
    const path = parsed.error?.issues[0]?.path.join('.') ?? 'body'
    return refuse(core, 100, { details: `Parameter ${path} is missing or not valid` })
  }
  const components = listAt(body, 'components').filter(isObject)
  const problem = checkComponents(components)
  if (problem !== undefined) return refuse(core, problem.code, { details: problem.details })
  const { name, language, category } = parsed.data
  if (findTemplate(core, name, language) !== undefined) {
    return refuse(core, 100, {
      subcode: 2388024,
      details: 'There is already content in this language for this template',
    })
  }
  if (core.state.templates.size >= mostUnverified) return refuse(core, 2388019)
  const template: Template = {
    id: core.minting.numericId(),
    name,
    language,
    category,
    status: 'PENDING',
    parameterFormat: parsed.data.parameter_format ?? 'POSITIONAL',
    components,
  }
  core.state.templates.set(template.id, template)
  const after = (): void => {
    if (isApproved) reviewTemplate(core, template.id, 'APPROVED')
  }
  return ok({ id: template.id, status: template.status, category }, after)
}

/** `GET /{WABA_ID}/message_templates`: one page, filtered by `name`, `language` and `status`. */
export function listTemplates(core: Core, request: GraphRequest): GraphAnswer {
  const { query } = request
  const limit = Math.max(1, Math.min(1000, Number(query.get('limit') ?? 25) || 25))
  const start = Number(query.get('after') ?? 0) || 0
  const matching = [...core.state.templates.values()].filter((template) =>
    (['name', 'language', 'status'] as const).every(
      (key) => (query.get(key) ?? template[key]) === template[key],
    ),
  )
  const page = matching.slice(start, start + limit)
  const end = start + page.length
  return ok({
    data: page.map(templateJson),
    paging: {
      cursors: { before: String(start), after: String(end) },
      ...(end < matching.length
        ? {
            next: `${request.base}/${core.business.wabaId}/message_templates?limit=${limit}&after=${end}`,
          }
        : {}),
    },
  })
}

/** `DELETE /{WABA_ID}/message_templates?name=…`: all languages of the name, or the one with `hsm_id`. */
export function deleteTemplates(core: Core, request: GraphRequest): GraphAnswer {
  const name = request.query.get('name')
  const id = request.query.get('hsm_id')
  const doomed = [...core.state.templates.values()].filter(
    (template) => template.name === name && (id === null || template.id === id),
  )
  if (doomed.length === 0)
    return refuse(core, 100, { subcode: 2593002, details: 'Template not found' })
  for (const template of doomed) core.state.templates.delete(template.id)
  return ok({ success: true })
}

/** Sets a template's review status and sends `message_template_status_update`. Throws `not_found`. */
export function reviewTemplate(
  core: Core,
  templateId: string,
  status: Template['status'],
  reason: string | null = null,
): void {
  const template = core.state.templates.get(templateId)
  if (template === undefined)
    throw new AuronxError('not_found', 'There is no such simulated template')
  core.state.templates.set(templateId, { ...template, status })
  publish(core, 'message_template_status_update', {
    event: status,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language.replace('_', '-'),
    reason: reason ?? (status === 'APPROVED' ? 'NONE' : null),
    message_template_category: template.category,
  })
}

/** A template as Graph lists it. */
export function templateJson(template: Template): JsonObject {
  return {
    name: template.name,
    parameter_format: template.parameterFormat,
    components: template.components,
    language: template.language,
    status: template.status,
    category: template.category,
    id: template.id,
  }
}

function findTemplate(core: Core, name: string, language: string): Template | undefined {
  return [...core.state.templates.values()].find(
    (each) => each.name === name && each.language === language,
  )
}

function checkComponents(
  components: readonly JsonObject[],
): { readonly code: number; readonly details: string } | undefined {
  if (!components.some((each) => typeOf(each) === 'BODY')) {
    return { code: 100, details: 'A BODY component is required' }
  }
  for (const component of components) {
    const type = typeOf(component)
    const text = textAt(component, 'text') ?? ''
    const limit = limits[type]
    if (limit !== undefined && text.length > limit) {
      return { code: 100, details: `${type} has more than ${limit} characters` }
    }
    if (type === 'BODY' && /^\s*\{\{|\}\}\s*$/.test(text)) {
      return { code: 2388299, details: 'A body must not begin or end with a variable' }
    }
    if (placeholdersOf(text).length * 3 > text.split(/\s+/).length + 2) {
      return { code: 2388293, details: 'Too many variables for the length of the text' }
    }
    if (listAt(component, 'buttons').length > mostButtons) {
      return { code: 100, details: `More than ${mostButtons} buttons` }
    }
    if (listAt(component, 'buttons').some((button) => (textAt(button, 'text') ?? '').length > 25)) {
      return { code: 100, details: 'A button text has more than 25 characters' }
    }
  }
  return undefined
}

function typeOf(component: JsonObject): string {
  return textAt(component, 'type')?.toUpperCase() ?? ''
}
