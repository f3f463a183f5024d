import * as z from 'zod'
import { route } from '../route.ts'
import { nothingSchema } from '../wire.ts'

const objectionSchema = z.object({ isObjected: z.boolean() }).meta({ id: 'UsageObjection' })
const base = {
  tag: 'Usage',
  params: nothingSchema,
  query: nothingSchema,
  isJoined: false,
} as const

/** Which pages and features are used, and a person's objection to being counted. */
export const usageRoutes = {
  listUsage: route({
    ...base,
    operation: 'listUsage',
    method: 'GET',
    access: 'settings:read',
    path: '/usage',
    summary: 'How often pages and features were used, by month; nobody can be told from it',
    body: nothingSchema,
    response: z.object({
      data: z.array(
        z
          .object({ name: z.string(), month: z.string(), uses: z.int(), people: z.int() })
          .meta({ id: 'UsageTotal' }),
      ),
    }),
  }),
  getUsageObjection: route({
    ...base,
    operation: 'getUsageObjection',
    method: 'GET',
    access: 'member',
    path: '/me/usage-objection',
    summary: 'Whether this person objected to being counted',
    body: nothingSchema,
    response: objectionSchema,
  }),
  setUsageObjection: route({
    ...base,
    operation: 'setUsageObjection',
    method: 'PUT',
    access: 'member',
    path: '/me/usage-objection',
    summary: 'Objects, which also deletes what was counted of this person, or takes that back',
    body: z.strictObject({ isObjected: z.boolean() }),
    response: objectionSchema,
  }),
} as const
