import * as z from 'zod'
import { route } from '../route.ts'
import { idSchema, instantSchema, nothingSchema, pageOf, pageQuery } from '../wire.ts'

/** Something that happened: ids, codes and numbers, never personal values. */
export const eventSchema = z
  .object({
    id: idSchema,
    type: z.string(),
    schema: z.int(),
    aggregateType: z.string(),
    aggregateId: z.string(),
    aggregateVersion: z.int(),
    occurredAt: instantSchema,
    actor: z.object({ kind: z.string(), id: z.string(), via: z.string() }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' })

/** An event as it travels. */
export type EventDocument = z.output<typeof eventSchema>

const read = {
  tag: 'Events',
  method: 'GET',
  params: nothingSchema,
  body: nothingSchema,
  access: 'signed_in',
} as const

/** The event log, as a list and as a stream; each credential sees the kinds of things it may read. */
export const eventRoutes = {
  listEvents: route({
    ...read,
    operation: 'listEvents',
    path: '/events',
    summary: 'What happened, in an order that only grows: nothing appears before what was read',
    query: z.strictObject(pageQuery),
    response: pageOf(eventSchema),
    kind: 'page',
  }),
  streamEvents: route({
    ...read,
    operation: 'streamEvents',
    path: '/events/stream',
    summary:
      'What happens, as it happens; goes on behind Last-Event-ID, or from the first event with `start`. Ends when the credential, its role or its rights change, and for a reader that is too slow',
    query: nothingSchema,
    response: eventSchema,
    kind: 'events',
    isJoined: false,
    problems: ['cursor_invalid'],
  }),
} as const
