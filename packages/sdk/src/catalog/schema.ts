import * as z from 'zod'
import { isCurrency } from '../kernel/index.ts'

const text = (most: number) => z.string().trim().min(1).max(most)

/** Shape of a price that staff or an integration sets: minor units of a currency. */
export const priceInputSchema = z.strictObject({
  amount: z.int().min(0),
  currency: z.string().refine(isCurrency, 'Not a currency that documents can be written in'),
  taxBehavior: z.enum(['inclusive', 'exclusive']),
})

/** Shape of a count of stock, in steps of the variant's unit. */
export const stockInputSchema = z.strictObject({
  onHand: z.int().min(0),
  policy: z.enum(['deny', 'backorder', 'untracked']),
})

/** Shape of a product with its variants as staff, an import or a seed gives it. */
export const productInputSchema = z.strictObject({
  title: text(150),
  description: text(5000).exactOptional(),
  status: z.enum(['draft', 'active', 'archived']).exactOptional(),
  position: z.int().min(0).max(1_000_000).exactOptional(),
  variants: z
    .array(
      z.strictObject({
        sku: text(100),
        title: text(100).exactOptional(),
        unitCode: z.enum(['C62', 'KGM', 'LTR', 'MTR', 'HUR', 'DAY']).exactOptional(),
        taxCode: text(50),
        status: z.enum(['active', 'archived']).exactOptional(),
        maxPerOrder: z.int().min(1).exactOptional(),
        price: priceInputSchema.exactOptional(),
        stock: stockInputSchema.exactOptional(),
      }),
    )
    .min(1)
    .max(100)
    .refine(
      (variants) => new Set(variants.map(({ sku }) => sku)).size === variants.length,
      'Each variant has its own SKU',
    ),
})

/** A product to save; variants are recognised by SKU, and those left out are archived. */
export type ProductInput = z.infer<typeof productInputSchema>

/** A price to set. */
export type PriceInput = z.infer<typeof priceInputSchema>

/** A count of stock. */
export type StockInput = z.infer<typeof stockInputSchema>
