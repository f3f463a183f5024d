import * as z from 'zod'

/**
 * Meta's webhooks as zod schemas: loose (unknown members are kept) and as demanding as the hand-written narrowing, which
 * the tests hold against them. For tools and tests; receiving webhooks never loads this file.
 */
const text = z.union([z.string().min(1), z.number()])
const fields = z.looseObject({})

/** The envelope around every webhook. @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components */
export const envelopeSchema = z.looseObject({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.looseObject({
      id: text,
      changes: z.array(z.looseObject({ field: text, value: fields })),
    }),
  ),
})

const media = z.looseObject({ id: text })
const choice = z.looseObject({ id: text })
const form = z.looseObject({ response_json: text })
const interactive = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('button_reply'), button_reply: choice }),
  z.looseObject({ type: z.literal('list_reply'), list_reply: choice }),
  z.looseObject({ type: z.literal('nfm_reply'), nfm_reply: form }),
  z.looseObject({ type: z.literal('call_permission_reply'), call_permission_reply: fields }),
])
const templateButton = z.union([z.looseObject({ payload: text }), z.looseObject({ text })])
const cart = z.looseObject({
  product_items: z.array(z.looseObject({ product_retailer_id: text })),
})
const card = z.looseObject({
  phones: z.array(fields).optional(),
  emails: z.array(fields).optional(),
})

/** What a message of a known type must hold, by its `type`. */
export const messageContentSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('text'),
    text: z.looseObject({ body: z.union([z.string(), z.number()]) }),
  }),
  z.looseObject({ type: z.literal('image'), image: media }),
  z.looseObject({ type: z.literal('video'), video: media }),
  z.looseObject({ type: z.literal('audio'), audio: media }),
  z.looseObject({ type: z.literal('document'), document: media }),
  z.looseObject({ type: z.literal('sticker'), sticker: media }),
  z.looseObject({ type: z.literal('location'), location: fields }),
  z.looseObject({ type: z.literal('contacts'), contacts: z.array(card) }),
  z.looseObject({ type: z.literal('interactive'), interactive }),
  z.looseObject({ type: z.literal('button'), button: templateButton }),
  z.looseObject({ type: z.literal('order'), order: cart }),
  z.looseObject({ type: z.literal('reaction'), reaction: z.looseObject({ message_id: text }) }),
  z.looseObject({ type: z.literal('system'), system: fields }),
  z.looseObject({
    type: z.literal('edit'),
    edit: z.looseObject({ original_message_id: text, message: fields }),
  }),
  z.looseObject({
    type: z.literal('revoke'),
    revoke: z.looseObject({ original_message_id: text }),
  }),
  z.looseObject({ type: z.literal('unsupported') }),
  z.looseObject({ type: z.literal('unknown'), errors: z.array(z.unknown()) }),
  z.looseObject({ type: z.literal('errors') }),
  z.looseObject({ type: z.literal('request_welcome') }),
  z.looseObject({ type: z.literal('media_placeholder') }),
])

/** An item of a list that carries its own id: messages, echoes, statuses and calls. */
export const identifiedItemSchema = z.looseObject({ id: text })

const template = z.union([
  z.looseObject({ message_template_id: z.unknown() }),
  z.looseObject({ message_template_name: z.unknown() }),
])
const withEvent = z.looseObject({ event: text })
const withDecision = z.looseObject({ decision: text })

/** What the value of an account field must hold, by the field. */
export const accountValueSchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['message_template_status_update', template],
  ['message_template_quality_update', template],
  ['message_template_components_update', template],
  ['template_category_update', template],
  ['template_correct_category_detection', template],
  ['template_status_update', template],
  ['phone_number_quality_update', withEvent],
  ['phone_number_name_update', withDecision],
  ['security', withEvent],
  ['account_update', withEvent],
  ['account_review_update', withDecision],
  ['account_alerts', fields],
  ['account_settings_update', z.looseObject({ type: text })],
  ['business_capability_update', fields],
  ['flows', withEvent],
  ['partner_solutions', withEvent],
  ['payment_configuration_update', fields],
  ['automatic_events', fields],
  ['business_username_update', fields],
  ['business_username_updates', fields],
  ['messaging_handovers', z.looseObject({ type: text })],
])
