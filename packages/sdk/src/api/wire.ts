import * as z from 'zod'

/** A UUID of one of our things. */
export const idSchema = z.uuid()
/** An instant, RFC 3339 in UTC with `Z`. */
export const instantSchema = z.iso.datetime()
/** A version of an aggregate, which its `ETag` names. */
export const versionSchema = z.int().min(1)

/** Money: `amount` is a whole number of minor units within ±(2^53 − 1), so that every JSON reader keeps it exact. */
export const moneySchema = z
  .object({ amount: z.int(), currency: z.string().length(3) })
  .meta({ id: 'Money', description: 'Whole minor units of an ISO 4217 currency' })

/** Nothing: no parameters, or no body. */
export const nothingSchema = z.strictObject({})

/** One field that is wrong. */
export const faultSchema = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON Pointer (RFC 6901) into the body, or the name of a parameter' }),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Fault' })

/** A problem of RFC 9457 with our own members. */
export const problemSchema = z
  .object({
    type: z.string().meta({
      format: 'uri-reference',
      description: 'Where the code is described, on this server',
    }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(faultSchema).optional(),
    variantIds: z.array(idSchema).optional(),
    available: z
      .array(z.object({ variantId: idSchema, wanted: z.int(), left: z.int() }))
      .optional(),
    orderStatus: z.string().optional(),
    allowedActions: z.array(z.string()).optional(),
    currentVersion: versionSchema.optional(),
  })
  .meta({ id: 'Problem' })

/** A problem as it travels. */
export type ProblemDocument = z.output<typeof problemSchema>

/** A list of `item` and where it goes on. */
export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  data: z.ZodArray<Item>
  page: z.ZodObject<{ nextCursor: z.ZodNullable<z.ZodString>; hasMore: z.ZodBoolean }>
}> {
  return z.object({
    data: z.array(item),
    page: z.object({ nextCursor: z.string().nullable(), hasMore: z.boolean() }),
  })
}

/** Query of a list: page size (default 50, at most 200) and the cursor of the page before. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(600).optional(),
} as const

/** Parameters of a path with `{id}`. */
export const idParams = z.strictObject({ id: idSchema })
