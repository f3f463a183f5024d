import * as z from 'zod'
import { route } from '../route.ts'
import { idParams, idSchema, instantSchema, nothingSchema, versionSchema } from '../wire.ts'

const channelSchema = z
  .object({
    id: idSchema,
    appId: z.string(),
    phoneNumberId: z.string(),
    businessAccountId: z.string(),
    displayPhoneNumber: z.string(),
    status: z.enum(['active', 'stopped']),
    stoppedReason: z.string().optional(),
    version: versionSchema,
  })
  .meta({ id: 'Channel' })

const digits = z.string().regex(/^\d{1,32}$/)
const secret = z.string().min(1).max(1_000)
const base = { tag: 'Numbers', query: nothingSchema } as const
const write = {
  ...base,
  method: 'POST',
  access: 'channel:write',
  idempotent: false,
  isJoined: false,
  problems: ['number_refused'],
} as const

/** Business numbers. What asks Meta may be repeated as it is and needs no key. */
export const channelRoutes = {
  listChannels: route({
    ...base,
    operation: 'listChannels',
    method: 'GET',
    access: 'channel:read',
    path: '/channels',
    summary: 'The numbers of the business',
    params: nothingSchema,
    body: nothingSchema,
    response: z.object({
      data: z.array(channelSchema),
      webhookUrl: z
        .string()
        .optional()
        .meta({ description: 'Where a Meta app’s webhook is to point' }),
    }),
  }),
  connectChannel: route({
    ...write,
    operation: 'connectChannel',
    path: '/channels',
    summary: 'Checks a number with Meta, keeps its credentials sealed and lets it send',
    params: nothingSchema,
    body: z.strictObject({
      phoneNumberId: digits,
      businessAccountId: digits,
      appId: digits,
      accessToken: secret,
      appSecret: secret.optional().meta({ description: 'Not needed under an app of the platform' }),
      verifyToken: secret.optional(),
      pin: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
    }),
    response: channelSchema,
  }),
  getChannelHealth: route({
    ...write,
    operation: 'getChannelHealth',
    method: 'GET',
    path: '/channels/{id}/health',
    summary: 'What Meta says about a number now',
    params: idParams,
    body: nothingSchema,
    response: z
      .object({
        canSend: z.string(),
        status: z.string().optional(),
        quality: z.string().optional(),
        throughput: z.string().optional(),
        obstacles: z.array(z.string()),
        tokenExpiresAt: instantSchema.optional(),
      })
      .meta({ id: 'ChannelHealth' }),
  }),
  replaceChannelToken: route({
    ...write,
    operation: 'replaceChannelToken',
    path: '/channels/{id}/token',
    summary: 'Puts a new access token in the place of the old one once Meta calls it good',
    params: idParams,
    body: z.strictObject({ accessToken: secret }),
    response: channelSchema,
  }),
  resumeChannel: route({
    ...base,
    operation: 'resumeChannel',
    method: 'POST',
    access: 'channel:write',
    path: '/channels/{id}/resume',
    summary: 'Lets a stopped number send again',
    params: idParams,
    body: nothingSchema,
    response: channelSchema,
    problems: ['illegal_transition'],
  }),
  disconnectChannel: route({
    ...write,
    operation: 'disconnectChannel',
    path: '/channels/{id}/disconnect',
    summary: 'Ends a number’s connection and erases its credentials',
    params: idParams,
    body: nothingSchema,
    response: z
      .object({ id: idSchema, left: z.array(z.object({ step: z.string(), words: z.string() })) })
      .meta({ id: 'Disconnected' }),
  }),
} as const
