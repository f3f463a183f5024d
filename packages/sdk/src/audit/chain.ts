import { sha256Hex } from '../kernel/index.ts'
import type { Json } from '../kernel/index.ts'
import type { AuditActor, AuditEntry, AuditPersonal } from './entry.ts'

const version = 'auronx-audit-1'

/** The hash of an entry: over all its members but the hash, the one before included. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): Promise<string> {
  return sha256Hex(`${version}\n${canonicalJson(entryJson(entry))}`)
}

/** The digest under which an entry stands for its personal values. */
export function digestPersonal({
  salt,
  values,
}: Omit<AuditPersonal, 'subjectId'>): Promise<string> {
  return sha256Hex(`${version}-personal\n${salt}\n${canonicalJson(values)}`)
}

/** An entry without its hash as JSON, members in a fixed order. */
export function entryJson(entry: Omit<AuditEntry, 'hash'>): Readonly<Record<string, Json>> {
  const { personalDigest } = entry
  return {
    tenantId: entry.tenantId,
    sequence: entry.sequence,
    at: entry.at.toISOString(),
    actor: actorJson(entry.actor),
    action: entry.action,
    target: { type: entry.target.type, id: entry.target.id },
    facts: entry.facts,
    ...(personalDigest === undefined ? {} : { personalDigest }),
    previous: entry.previous,
  }
}

/** An actor as JSON. */
export function actorJson(actor: AuditActor): Readonly<Record<string, Json>> {
  const { kind, id, via, onBehalfOf, evidence } = actor
  return {
    kind,
    id,
    via,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(evidence === undefined ? {} : { evidence: { kind: evidence.kind, id: evidence.id } }),
  }
}

/** JSON text that is the same for the same value: members sorted by code unit, no spaces. */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
