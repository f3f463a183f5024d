import * as z from 'zod'
import { orderStatuses } from '../../orders/index.ts'
import { route } from '../route.ts'
import {
  idParams,
  idSchema,
  instantSchema,
  moneySchema,
  nothingSchema,
  pageOf,
  pageQuery,
  versionSchema,
} from '../wire.ts'
import { eventSchema } from './events.ts'

const lineSchema = z
  .object({
    variantId: idSchema,
    productId: idSchema,
    sku: z.string(),
    title: z.string(),
    unitCode: z.string(),
    quantity: z.int(),
    unitPrice: moneySchema,
    taxBehavior: z.enum(['inclusive', 'exclusive']),
    taxRate: z.int(),
    gross: moneySchema,
    discount: moneySchema,
    tax: moneySchema,
    total: moneySchema,
  })
  .meta({ id: 'OrderLine' })

const orderSchema = z
  .object({
    id: idSchema,
    ref: z.string(),
    number: z.string().optional(),
    contactId: idSchema,
    conversationId: idSchema.optional(),
    status: z.enum(orderStatuses),
    revision: z.int(),
    lines: z.array(lineSchema),
    totals: z.object({
      subtotal: moneySchema,
      discountTotal: moneySchema,
      taxTotal: moneySchema,
      total: moneySchema,
      payable: moneySchema,
    }),
    contentHash: z.string().optional(),
    confirmBy: instantSchema.optional(),
    confirmedAt: instantSchema.optional(),
    endedAt: instantSchema.optional(),
    endReason: z.string().optional(),
    allowedActions: z.array(z.string()),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    version: versionSchema,
  })
  .meta({ id: 'Order' })

const lines = z
  .array(z.strictObject({ variantId: idSchema, quantity: z.int().min(1).max(100_000_000) }))
  .min(1)
  .max(100)
const content = ['not_for_sale', 'too_many', 'insufficient_stock'] as const
const read = { tag: 'Orders', access: 'order:read', body: nothingSchema } as const
const write = {
  tag: 'Orders',
  access: 'order:write',
  method: 'POST',
  params: idParams,
  query: nothingSchema,
  response: orderSchema,
} as const

/** Orders: drafts, proposals, and what people commit. */
export const orderRoutes = {
  listOrders: route({
    ...read,
    operation: 'listOrders',
    method: 'GET',
    path: '/orders',
    summary: 'Orders, newest first',
    params: nothingSchema,
    query: z.strictObject({
      ...pageQuery,
      contactId: idSchema.optional(),
      status: z
        .string()
        .regex(new RegExp(`^(${orderStatuses.join('|')})(,(${orderStatuses.join('|')}))*$`))
        .optional(),
    }),
    response: pageOf(orderSchema),
    kind: 'page',
  }),
  getOrder: route({
    ...read,
    operation: 'getOrder',
    method: 'GET',
    path: '/orders/{id}',
    summary: 'An order, with what this credential could do to it now',
    params: idParams,
    query: nothingSchema,
    response: orderSchema,
  }),
  listOrderEvents: route({
    ...read,
    operation: 'listOrderEvents',
    method: 'GET',
    path: '/orders/{id}/events',
    summary: 'Everything that happened to an order',
    params: idParams,
    query: nothingSchema,
    response: z.object({ data: z.array(eventSchema) }),
  }),
  createOrder: route({
    ...write,
    operation: 'createOrder',
    path: '/orders',
    summary: 'Adds lines to the draft of a contact, which is created when there is none',
    params: nothingSchema,
    body: z.strictObject({ contactId: idSchema, conversationId: idSchema.optional(), lines }),
    status: 201,
    problems: content,
  }),
  setOrderLines: route({
    ...write,
    operation: 'setOrderLines',
    method: 'PUT',
    path: '/orders/{id}/lines',
    summary: 'Replaces the lines of a draft',
    body: z.strictObject({ lines }),
    match: 'required',
    problems: ['illegal_transition', ...content],
  }),
  proposeOrder: route({
    ...write,
    operation: 'proposeOrder',
    path: '/orders/{id}/propose',
    summary: 'Freezes a draft for its customer: prices of now, stock held',
    body: nothingSchema,
    match: 'required',
    problems: ['illegal_transition', 'empty', ...content],
  }),
  confirmOrder: route({
    ...write,
    operation: 'confirmOrder',
    path: '/orders/{id}/confirm',
    summary: 'Binds a proposal that the customer agreed to; for people, not for keys',
    body: z.strictObject({ contentHash: z.string().length(64) }),
    match: 'required',
    problems: ['illegal_transition', 'expired', 'changed', 'insufficient_stock'],
  }),
  cancelOrder: route({
    ...write,
    operation: 'cancelOrder',
    path: '/orders/{id}/cancel',
    summary: 'Ends an order; what it had set aside is free again',
    body: z.strictObject({ reason: z.string().regex(/^[a-z0-9_]{1,40}$/) }),
    match: 'required',
    problems: ['illegal_transition'],
  }),
  editOrder: route({
    ...write,
    operation: 'editOrder',
    path: '/orders/{id}/edit',
    summary: 'Makes a proposal a draft again',
    body: nothingSchema,
    match: 'required',
    problems: ['illegal_transition'],
  }),
} as const
