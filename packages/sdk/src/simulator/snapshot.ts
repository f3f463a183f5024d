import { Buffer } from 'node:buffer'
import * as z from 'zod'
import { AuronxError } from '../kernel/index.ts'
import type { PendingDelivery } from './delivery.ts'
import type { SimulatorState } from './state.ts'
import { createState, putCustomer, putMessage } from './state.ts'

const json = z.record(z.string(), z.json())

const schema = z.object({
  schema: z.literal(1),
  customers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      phone: z.exactOptional(z.string()),
      waId: z.exactOptional(z.string()),
      userId: z.exactOptional(z.string()),
      parentUserId: z.exactOptional(z.string()),
      username: z.exactOptional(z.string()),
      sendsReadReceipts: z.boolean(),
      reachable: z.boolean(),
      lastInboundMs: z.exactOptional(z.number()),
    }),
  ),
  messages: z.array(
    z.object({
      id: z.string(),
      customerId: z.string(),
      from: z.enum(['customer', 'business', 'business_app']),
      atMs: z.number(),
      type: z.string(),
      content: json,
      contextId: z.exactOptional(z.string()),
      status: z.enum(['accepted', 'sent', 'delivered', 'read', 'played', 'failed']),
      errorCode: z.exactOptional(z.number()),
      opaque: z.exactOptional(z.string()),
      sentTo: z.exactOptional(z.object({ kind: z.enum(['phone', 'user_id']), value: z.string() })),
      reactions: z.object({
        customer: z.exactOptional(z.string()),
        business: z.exactOptional(z.string()),
      }),
    }),
  ),
  media: z.array(
    z.object({
      id: z.string(),
      mimeType: z.string(),
      base64: z.base64(),
      sha256: z.string(),
      storedMs: z.number(),
      from: z.enum(['business', 'customer']),
    }),
  ),
  templates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      language: z.string(),
      category: z.string(),
      status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED']),
      parameterFormat: z.enum(['POSITIONAL', 'NAMED']),
      components: z.array(json),
    }),
  ),
  accepted: z.array(
    z.object({
      messageId: z.string(),
      to: z.string(),
      type: z.string(),
      opaque: z.exactOptional(z.string()),
      atMs: z.number(),
      body: json,
    }),
  ),
  catalog: z.object({
    id: z.string(),
    products: z.array(
      z.object({
        retailerId: z.string(),
        name: z.string(),
        description: z.exactOptional(z.string()),
        price: z.string(),
        currency: z.string(),
      }),
    ),
  }),
  account: z.object({
    registered: z.boolean(),
    pin: z.exactOptional(z.string()),
    registrations: z.exactOptional(z.array(z.number())),
    subscribed: z.boolean(),
    profile: json,
    serviceCount: z.number(),
    serviceMonth: z.string(),
  }),
  pending: z.array(
    z.object({
      attempt: z.number(),
      changes: z.array(
        z.object({ field: z.string(), value: json, time: z.exactOptional(z.number()) }),
      ),
    }),
  ),
})

/** The state as one JSON text, including webhooks that were not delivered yet. */
export function writeSnapshot(state: SimulatorState, pending: readonly PendingDelivery[]): string {
  return JSON.stringify({
    schema: 1,
    customers: [...state.customers.values()],
    messages: [...state.messages.values()],
    media: [...state.media.values()].map(({ bytes, ...item }) => ({
      ...item,
      base64: Buffer.from(bytes).toString('base64'),
    })),
    templates: [...state.templates.values()],
    accepted: state.accepted,
    catalog: state.catalog,
    account: state.account,
    pending,
  })
}

/** Reads what {@link writeSnapshot} wrote. Throws `invalid_input` for anything else. */
export function readSnapshot(text: string): {
  readonly state: SimulatorState
  readonly pending: readonly PendingDelivery[]
} {
  const parsed = schema.safeParse(parse(text))
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new AuronxError('invalid_input', `This is no simulator snapshot: check "${path}"`)
  }
  const { data } = parsed
  const state = createState()
  for (const customer of data.customers) putCustomer(state, customer)
  for (const message of data.messages) putMessage(state, message)
  for (const { base64, ...item } of data.media) {
    state.media.set(item.id, { ...item, bytes: new Uint8Array(Buffer.from(base64, 'base64')) })
  }
  for (const template of data.templates) state.templates.set(template.id, template)
  state.accepted.push(...data.accepted)
  state.catalog = data.catalog
  state.account = data.account
  return { state, pending: data.pending }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AuronxError('invalid_input', 'This is no simulator snapshot: not JSON', { cause })
  }
}
