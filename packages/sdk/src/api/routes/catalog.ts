import * as z from 'zod'
import { priceInputSchema, productInputSchema, stockInputSchema } from '../../catalog/index.ts'
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

const unit = z.enum(['C62', 'KGM', 'LTR', 'MTR', 'HUR', 'DAY'])
const stockPolicy = z.enum(['deny', 'backorder', 'untracked'])

const variantSchema = z
  .object({
    id: idSchema,
    sku: z.string(),
    title: z.string().optional(),
    unitCode: unit,
    taxCode: z.string(),
    status: z.enum(['active', 'archived']),
    maxPerOrder: z.int().optional(),
  })
  .meta({ id: 'Variant' })

const productSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    description: z.string().optional(),
    status: z.enum(['draft', 'active', 'archived']),
    position: z.int(),
    variants: z.array(variantSchema),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    version: versionSchema,
  })
  .meta({ id: 'Product' })

const priceSchema = z
  .object({
    id: idSchema,
    variantId: idSchema,
    unitPrice: moneySchema,
    taxBehavior: z.enum(['inclusive', 'exclusive']),
    minQuantity: z.int(),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
  })
  .meta({ id: 'Price' })

const offerSchema = z
  .object({
    variant: variantSchema,
    product: productSchema.omit({ variants: true, createdAt: true, updatedAt: true }),
    prices: z.array(priceSchema),
    stock: z.object({ onHand: z.int(), reserved: z.int(), policy: stockPolicy }).optional(),
  })
  .meta({ id: 'Offer' })

const taxCategorySchema = z
  .object({ code: z.string(), category: z.string(), rate: z.int() })
  .meta({ id: 'TaxCategory' })

const tag = 'Catalog'
const write = { tag, access: 'catalog:write' } as const
const read = { tag, access: 'catalog:read', body: nothingSchema } as const

/** Products, variants, prices and stock. */
export const catalogRoutes = {
  listVariants: route({
    ...read,
    operation: 'listVariants',
    method: 'GET',
    path: '/variants',
    summary: 'What is on sale now, in the order customers see it',
    params: nothingSchema,
    query: z.strictObject(pageQuery),
    response: pageOf(offerSchema),
    kind: 'page',
  }),
  getVariant: route({
    ...read,
    operation: 'getVariant',
    method: 'GET',
    path: '/variants/{id}',
    summary: 'A variant in any state, with its prices and stock',
    params: idParams,
    query: nothingSchema,
    response: offerSchema,
  }),
  setPrice: route({
    ...write,
    operation: 'setPrice',
    method: 'POST',
    path: '/variants/{id}/prices',
    summary: 'Sets a price from now or later on',
    params: idParams,
    query: nothingSchema,
    body: z.strictObject({
      price: priceInputSchema,
      validFrom: instantSchema.optional(),
      validTo: instantSchema.optional(),
      minQuantity: z.int().min(0).optional(),
    }),
    response: priceSchema,
    status: 201,
    problems: ['price_overlap'],
  }),
  setStock: route({
    ...write,
    operation: 'setStock',
    method: 'POST',
    path: '/variants/{id}/stock',
    summary: 'Counts what is on hand',
    params: idParams,
    query: nothingSchema,
    body: stockInputSchema,
    response: offerSchema,
    problems: ['below_reserved'],
  }),
  previewPrice: route({
    ...read,
    operation: 'previewPrice',
    method: 'GET',
    path: '/variants/{id}/price',
    summary: 'What a quantity costs now, in steps of the unit',
    params: idParams,
    query: z.strictObject({ quantity: z.coerce.number().int().min(1).max(100_000_000).default(1) }),
    response: priceSchema,
    problems: ['not_for_sale'],
  }),
  listProducts: route({
    ...read,
    operation: 'listProducts',
    method: 'GET',
    path: '/products',
    summary: 'Products in any state, newest first',
    params: nothingSchema,
    query: z.strictObject({
      ...pageQuery,
      status: z
        .string()
        .regex(/^(draft|active|archived)(,(draft|active|archived))*$/)
        .optional(),
    }),
    response: pageOf(productSchema),
    kind: 'page',
  }),
  getProduct: route({
    ...read,
    operation: 'getProduct',
    method: 'GET',
    path: '/products/{id}',
    summary: 'A product with all its variants',
    params: idParams,
    query: nothingSchema,
    response: productSchema,
  }),
  createProduct: route({
    ...write,
    operation: 'createProduct',
    method: 'POST',
    path: '/products',
    summary: 'Creates a product',
    params: nothingSchema,
    query: nothingSchema,
    body: productInputSchema,
    response: productSchema,
    status: 201,
    problems: ['sku_taken', 'price_overlap', 'below_reserved'],
  }),
  replaceProduct: route({
    ...write,
    operation: 'replaceProduct',
    method: 'PUT',
    path: '/products/{id}',
    summary: 'Replaces a product; variants that are left out are archived, and at least one stays',
    params: idParams,
    query: nothingSchema,
    body: productInputSchema,
    response: productSchema,
    match: 'required',
    problems: ['sku_taken', 'price_overlap', 'below_reserved'],
  }),
  publishProduct: route({
    ...write,
    operation: 'publishProduct',
    method: 'POST',
    path: '/products/{id}/publish',
    summary: 'Puts a product on sale',
    params: idParams,
    query: nothingSchema,
    body: nothingSchema,
    response: productSchema,
    match: 'required',
    problems: ['sku_taken'],
  }),
  archiveProduct: route({
    ...write,
    operation: 'archiveProduct',
    method: 'POST',
    path: '/products/{id}/archive',
    summary: 'Takes a product off sale',
    params: idParams,
    query: nothingSchema,
    body: nothingSchema,
    response: productSchema,
    match: 'required',
    problems: ['sku_taken'],
  }),
  listTaxCategories: route({
    ...read,
    operation: 'listTaxCategories',
    method: 'GET',
    path: '/tax-categories',
    summary: 'How kinds of goods are taxed',
    params: nothingSchema,
    query: nothingSchema,
    response: z.object({ data: z.array(taxCategorySchema) }),
  }),
  saveTaxCategory: route({
    ...write,
    operation: 'saveTaxCategory',
    method: 'PUT',
    path: '/tax-categories/{code}',
    summary: 'Adds or changes a tax category; its code is the key',
    params: z.strictObject({ code: z.string().min(1).max(50) }),
    query: nothingSchema,
    body: z.strictObject({
      category: z.enum(['S', 'Z', 'E', 'AE', 'O']),
      rate: z.int().min(0).max(1_000_000),
    }),
    response: taxCategorySchema,
  }),
} as const
