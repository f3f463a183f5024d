import * as z from 'zod'

/*
 * Limits of interactive messages, checked 2026-11.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages
 */
const text = (max: number): z.ZodString => z.string().min(1).max(max)
const bodyOf = (max: number): z.ZodObject => z.looseObject({ text: text(max) })
const media = z
  .looseObject({ id: z.string().optional(), link: z.url().optional() })
  .refine((value) => value.id !== undefined || value.link !== undefined, 'needs id or link')
const header = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: text(60) }),
  z.looseObject({ type: z.literal('image'), image: media }),
  z.looseObject({ type: z.literal('video'), video: media }),
  z.looseObject({ type: z.literal('document'), document: media }),
])
const textHeader = z.looseObject({ type: z.literal('text'), text: text(60) })
const footer = z.looseObject({ text: text(60) }).optional()

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length

const button = z.looseObject({
  type: z.literal('reply'),
  reply: z.looseObject({ id: text(256), title: text(20) }),
})

const buttons = z.looseObject({
  type: z.literal('button'),
  header: header.optional(),
  body: bodyOf(1024),
  footer,
  action: z.looseObject({
    buttons: z
      .array(button)
      .min(1)
      .max(3)
      .refine((all) => isUnique(all.map((each) => each.reply.title)), 'titles must differ')
      .refine((all) => isUnique(all.map((each) => each.reply.id)), 'ids must differ'),
  }),
})

const section = z.looseObject({
  title: text(24).optional(),
  rows: z
    .array(
      z.looseObject({ id: text(200), title: text(24), description: z.string().max(72).optional() }),
    )
    .min(1),
})

const list = z.looseObject({
  type: z.literal('list'),
  header: textHeader.optional(),
  body: bodyOf(4096),
  footer,
  action: z.looseObject({
    button: text(20),
    sections: z
      .array(section)
      .min(1)
      .max(10)
      .refine((all) => all.flatMap((each) => each.rows).length <= 10, 'at most 10 rows in total')
      .refine(
        (all) => isUnique(all.flatMap((each) => each.rows.map((row) => row.id))),
        'row ids must differ',
      )
      .refine(
        (all) => all.length === 1 || all.every((each) => each.title !== undefined),
        'every section needs a title when there are several',
      ),
  }),
})

const link = z.looseObject({
  type: z.literal('cta_url'),
  header: header.optional(),
  body: bodyOf(1024),
  footer,
  action: z.looseObject({
    name: z.literal('cta_url'),
    parameters: z.looseObject({ display_text: text(20), url: z.url() }),
  }),
})

const product = z.looseObject({
  type: z.literal('product'),
  header: z.never({ error: 'is not allowed for a single product' }).optional(),
  body: bodyOf(1024).optional(),
  footer,
  action: z.looseObject({ catalog_id: text(100), product_retailer_id: text(100) }),
})

const productSection = z.looseObject({
  title: text(24).optional(),
  product_items: z.array(z.looseObject({ product_retailer_id: text(100) })).min(1),
})

const productList = z.looseObject({
  type: z.literal('product_list'),
  header: textHeader,
  body: bodyOf(1024),
  footer,
  action: z.looseObject({
    catalog_id: text(100),
    sections: z
      .array(productSection)
      .min(1)
      .max(10)
      .refine(
        (all) => all.flatMap((each) => each.product_items).length <= 30,
        'at most 30 products',
      )
      .refine(
        (all) => all.length === 1 || all.every((each) => each.title !== undefined),
        'every section needs a title when there are several',
      ),
  }),
})

const named = (type: string, name: string, maxBody = 1024): z.ZodObject =>
  z.looseObject({
    type: z.literal(type),
    body: bodyOf(maxBody),
    footer,
    action: z.looseObject({ name: z.literal(name) }),
  })

const flow = z.looseObject({
  type: z.literal('flow'),
  header: header.optional(),
  body: bodyOf(1024),
  footer,
  action: z.looseObject({
    name: z.literal('flow'),
    parameters: z
      .looseObject({
        flow_cta: text(30),
        flow_id: z.string().optional(),
        flow_name: z.string().optional(),
      })
      .refine(
        (value) => value.flow_id !== undefined || value.flow_name !== undefined,
        'needs flow_id or flow_name',
      ),
  }),
})

const carousel = z.looseObject({
  type: z.literal('carousel'),
  body: bodyOf(1024),
  action: z.looseObject({ cards: z.array(z.looseObject({})).min(2).max(10) }),
})

/** The `interactive` member of a send request. */
export const interactiveSchema = z.discriminatedUnion('type', [
  buttons,
  list,
  link,
  product,
  productList,
  flow,
  carousel,
  named('location_request_message', 'send_location'),
  named('catalog_message', 'catalog_message'),
  named('address_message', 'address_message'),
  named('order_details', 'review_and_pay'),
  named('order_status', 'review_order'),
  named('voice_call', 'voice_call'),
  named('call_permission_request', 'call_permission_request'),
  named('contact_request', 'request_contact_info'),
])
