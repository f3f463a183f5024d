import * as z from 'zod'
import type { JsonObject } from '../json.ts'
import { isObject } from '../json.ts'
import { interactiveSchema } from './interactive-schema.ts'

/*
 * Limits of messages, checked 2026-11.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
const text = (max: number): z.ZodString => z.string().min(1).max(max)
const hasSource = (value: { readonly id?: unknown; readonly link?: unknown }): boolean =>
  (value.id === undefined) !== (value.link === undefined)
const source = {
  id: z.string().min(1).optional(),
  link: z.url({ protocol: /^https?$/ }).optional(),
}
const withCaption = z
  .looseObject({ ...source, caption: z.string().max(1024).optional() })
  .refine(hasSource, 'needs either id or link')
const withoutCaption = z
  .looseObject({ ...source, caption: z.never({ error: 'is not allowed here' }).optional() })
  .refine(hasSource, 'needs either id or link')

const contact = z.looseObject({
  name: z
    .looseObject({ formatted_name: text(1000) })
    .refine((name) => Object.keys(name).length > 1, 'needs one more part beside formatted_name'),
})

const component = z.looseObject({
  type: z
    .string()
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(['header', 'body', 'button', 'carousel', 'limited_time_offer', 'footer'])),
  parameters: z.array(z.looseObject({ type: z.string() })).optional(),
})

const contents = {
  text: z.looseObject({ body: text(4096), preview_url: z.boolean().optional() }),
  image: withCaption,
  video: withCaption,
  document: withCaption,
  audio: withoutCaption,
  sticker: withoutCaption,
  location: z.looseObject({
    latitude: z.coerce.number().min(-90).max(90),
    longitude: z.coerce.number().min(-180).max(180),
    name: z.string().optional(),
    address: z.string().optional(),
  }),
  contacts: z.array(contact).min(1).max(257),
  reaction: z.looseObject({ message_id: text(1000), emoji: z.string().max(32) }),
  interactive: interactiveSchema,
  template: z.looseObject({
    name: z.string().regex(/^[a-z0-9_]{1,512}$/),
    language: z.looseObject({ code: text(20) }),
    components: z.array(component).optional(),
  }),
} as const

const envelope = z.looseObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']).optional(),
  to: z.string().min(1).optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}$/)
    .optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
  context: z.looseObject({ message_id: text(1000) }).optional(),
})

/** What a send request asks for, once it is known to be within Meta's limits. */
export interface CheckedSend {
  readonly kind: 'checked'
  readonly type: string
  readonly to: string | undefined
  readonly recipient: string | undefined
  readonly opaque: string | undefined
  readonly contextId: string | undefined
}

/** Why a send request is refused. */
export interface RefusedSend {
  readonly kind: 'refused'
  readonly code: number
  readonly details: string
}

/** Checks a send request against Meta's limits. */
export function checkSend(body: JsonObject): CheckedSend | RefusedSend {
  const head = envelope.safeParse(body)
  if (!head.success) return refusal(body, head.error, [])
  const { to, recipient } = head.data
  if (to === undefined && recipient === undefined) {
    return { kind: 'refused', code: 131008, details: 'Parameter to or recipient is required' }
  }
  const type = typeof body['type'] === 'string' ? body['type'] : 'text'
  if (!isKnownType(type)) {
    const known = Object.keys(contents).join(', ')
    return { kind: 'refused', code: 100, details: `Param type must be one of {${known}}` }
  }
  const content = contents[type].safeParse(body[type])
  if (!content.success) return refusal(body, content.error, [type])
  const opaque = head.data.biz_opaque_callback_data
  return { kind: 'checked', type, to, recipient, opaque, contextId: head.data.context?.message_id }
}

function isKnownType(type: string): type is keyof typeof contents {
  return Object.hasOwn(contents, type)
}

function refusal(body: JsonObject, error: z.ZodError, prefix: readonly string[]): RefusedSend {
  const issue = error.issues[0]
  const path = [...prefix, ...(issue?.path ?? []).map(String)]
  const isMissing = valueAt(body, path) === undefined
  const name = path.join('.')
  return isMissing
    ? { kind: 'refused', code: 131008, details: `Parameter ${name} is required` }
    : { kind: 'refused', code: 131009, details: `Parameter ${name}: ${issue?.message ?? ''}` }
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)]
    else value = isObject(value) ? value[key] : undefined
  }
  return value
}
