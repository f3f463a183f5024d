import * as z from 'zod'
import { locales } from '../../accounts/index.ts'
import { route } from '../route.ts'
import {
  idParams,
  idSchema,
  instantSchema,
  nothingSchema,
  pageOf,
  pageQuery,
  versionSchema,
} from '../wire.ts'

const suppressionSchema = z.object({ since: instantSchema, reason: z.string() })

const contactSchema = z
  .object({
    id: idSchema,
    displayName: z.string().optional(),
    locale: z.string().optional(),
    identities: z.array(z.object({ kind: z.string(), value: z.string() })),
    blockedAt: instantSchema.optional(),
    suppressed: z
      .object({ everything: suppressionSchema.optional(), marketing: suppressionSchema.optional() })
      .optional(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    version: versionSchema,
  })
  .meta({ id: 'Contact' })

const base = { tag: 'Contacts', query: nothingSchema } as const
const write = {
  ...base,
  method: 'POST',
  access: 'contact:update',
  params: idParams,
  response: contactSchema,
  match: 'required',
} as const
const what = z.enum(['everything', 'marketing'])
const masked = 'Phone numbers are masked without contact:reveal_identifier'

/** The customers of the business. */
export const contactRoutes = {
  listContacts: route({
    ...base,
    operation: 'listContacts',
    method: 'GET',
    access: 'contact:read',
    path: '/contacts',
    summary: `Contacts, newest first. ${masked}, and then only whole numbers are found`,
    params: nothingSchema,
    query: z.strictObject({
      ...pageQuery,
      q: z.string().trim().min(1).max(100).optional().meta({
        description: 'The beginning of a word of the name, or a phone number',
      }),
    }),
    body: nothingSchema,
    response: pageOf(contactSchema),
    kind: 'page',
    isPersonal: true,
  }),
  getContact: route({
    ...base,
    operation: 'getContact',
    method: 'GET',
    access: 'contact:read',
    path: '/contacts/{id}',
    summary: `A contact; one that was merged leads to its survivor. ${masked}`,
    params: idParams,
    body: nothingSchema,
    response: contactSchema,
    isPersonal: true,
  }),
  setContactLocale: route({
    ...write,
    operation: 'setContactLocale',
    method: 'PATCH',
    path: '/contacts/{id}',
    summary: 'Sets the language we write to a contact in',
    body: z.strictObject({ locale: z.enum(locales) }),
  }),
  mergeContact: route({
    ...write,
    operation: 'mergeContact',
    path: '/contacts/{id}/merge',
    summary: 'Makes another contact a part of this one',
    body: z.strictObject({ fromId: idSchema }),
    problems: ['same'],
  }),
  suppressContact: route({
    ...write,
    operation: 'suppressContact',
    path: '/contacts/{id}/suppress',
    summary: 'Holds messages back from a contact from now on; the reason is a code',
    body: z.strictObject({ what, reason: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/) }),
  }),
  liftSuppression: route({
    ...write,
    operation: 'liftSuppression',
    path: '/contacts/{id}/lift-suppression',
    summary: 'Lets messages go to a contact again; marketing only by the customer’s own choice',
    body: z.strictObject({ what: z.literal('everything') }),
  }),
} as const
