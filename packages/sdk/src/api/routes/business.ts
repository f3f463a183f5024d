import * as z from 'zod'
import { locales } from '../../accounts/index.ts'
import { route } from '../route.ts'
import { instantSchema, nothingSchema, pageOf, pageQuery, versionSchema } from '../wire.ts'

const settingsSchema = z
  .object({
    businessName: z.string(),
    locale: z.enum(locales),
    timeZone: z.string(),
    currency: z.string(),
    taxRounding: z.enum(['rate-group', 'line']),
    proposalTtlMs: z.int(),
    reopenWithinMs: z.int(),
    holdOnPropose: z.boolean(),
    agentsRevealIdentifiers: z.boolean(),
    agentsReach: z.enum(['all', 'queue', 'assigned']),
    version: versionSchema,
  })
  .meta({ id: 'Settings' })
const durationMs = z
  .int()
  .min(60_000)
  .max(31 * 86_400_000)

const auditSchema = z
  .object({
    sequence: z.int(),
    at: instantSchema,
    actor: z.object({ kind: z.string(), id: z.string(), via: z.string() }),
    action: z.string(),
    target: z.object({ type: z.string(), id: z.string() }),
    facts: z.record(z.string(), z.unknown()),
    personal: z.record(z.string(), z.string()).optional(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })

const read = {
  method: 'GET',
  query: nothingSchema,
  body: nothingSchema,
  params: nothingSchema,
} as const

/** Settings of the business and its audit log. */
export const businessRoutes = {
  getSettings: route({
    ...read,
    operation: 'getSettings',
    tag: 'Settings',
    access: 'settings:read',
    path: '/settings',
    summary: 'What the business decided about itself',
    response: settingsSchema,
  }),
  changeSettings: route({
    query: nothingSchema,
    operation: 'changeSettings',
    tag: 'Settings',
    method: 'PATCH',
    access: 'settings:write',
    path: '/settings',
    summary: 'Changes what is given (JSON Merge Patch)',
    params: nothingSchema,
    body: z.strictObject({
      businessName: z.string().trim().min(1).max(120).optional(),
      locale: z.enum(locales).optional(),
      timeZone: z.string().max(64).optional(),
      taxRounding: z.enum(['rate-group', 'line']).optional(),
      proposalTtlMs: durationMs.optional(),
      reopenWithinMs: durationMs.optional(),
      holdOnPropose: z.boolean().optional(),
      agentsRevealIdentifiers: z.boolean().optional(),
      agentsReach: z.enum(['all', 'queue', 'assigned']).optional(),
    }),
    response: settingsSchema,
    match: 'required',
  }),
  listAudit: route({
    ...read,
    operation: 'listAudit',
    tag: 'Audit',
    access: 'audit:read',
    path: '/audit',
    summary: 'Who did what to what, oldest first',
    query: z.strictObject(pageQuery),
    response: pageOf(auditSchema),
    kind: 'page',
    isPersonal: true,
  }),
  exportAudit: route({
    ...read,
    operation: 'exportAudit',
    tag: 'Audit',
    access: 'audit:read',
    path: '/audit/export',
    summary: 'The whole log, one entry a line, to be verified anywhere',
    response: z.record(z.string(), z.unknown()),
    kind: 'lines',
    isJoined: false,
    isPersonal: true,
  }),
} as const
