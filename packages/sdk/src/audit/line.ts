import * as z from 'zod'
import { asId } from '../kernel/index.ts'
import { canonicalJson } from './chain.ts'
import type { AuditAnchor, AuditRecord } from './entry.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const sequence = z.int().min(0)

const recordSchema = z.strictObject({
  entry: z.strictObject({
    tenantId: z.string(),
    sequence,
    at: z.iso.datetime({ precision: 3 }),
    actor: z.strictObject({
      kind: z.enum(['customer', 'ai', 'staff', 'system', 'integration']),
      id: z.string(),
      via: z.enum(['whatsapp', 'dashboard', 'api', 'job', 'host']),
      onBehalfOf: z.exactOptional(z.string()),
      evidence: z.exactOptional(
        z.strictObject({
          kind: z.enum(['message', 'action_token', 'request', 'verbal']),
          id: z.string(),
        }),
      ),
    }),
    action: z.string(),
    target: z.strictObject({ type: z.string(), id: z.string() }),
    facts: z.record(z.string(), z.union([z.string(), z.int(), z.boolean(), z.null()])),
    personalDigest: z.exactOptional(hash),
    previous: hash,
    hash,
  }),
  personal: z.exactOptional(
    z.strictObject({
      subjectId: z.string(),
      salt: z.string(),
      values: z.record(z.string(), z.string()),
    }),
  ),
})

const endSchema = z.strictObject({
  end: z.strictObject({ tenantId: z.string(), sequence, hash }),
})

/**
 * The entry on an exported line; nothing when it is none. Unknown members or another
 * spelling make it none: the hash would not cover them.
 */
export function readRecord(text: string): AuditRecord | undefined {
  const parsed = recordSchema.safeParse(parse(text))
  if (!parsed.success || canonicalJson(parsed.data) !== text) return undefined
  const { entry, personal } = parsed.data
  return {
    entry: { ...entry, tenantId: asId('TenantId', entry.tenantId), at: new Date(entry.at) },
    ...(personal === undefined ? {} : { personal }),
  }
}

/** The place that an exported log's last line names; nothing when it is another line. */
export function readEnd(text: string): (AuditAnchor & { readonly tenantId: string }) | undefined {
  const parsed = endSchema.safeParse(parse(text))
  return parsed.success ? parsed.data.end : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
