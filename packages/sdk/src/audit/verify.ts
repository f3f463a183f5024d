import { asId } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import { digestPersonal, hashEntry } from './chain.ts'
import type { AuditAnchor, AuditRecord } from './entry.ts'
import { auditStart } from './entry.ts'
import { readEnd, readRecord } from './line.ts'

/** Why a log is not what was written. */
export type AuditFault =
  /** A line is no entry. */
  | 'unreadable'
  /** An entry of another tenant. */
  | 'foreign'
  /** An entry is missing, doubled or not in its place. */
  | 'sequence'
  /** An entry does not follow from the one before. */
  | 'chain'
  /** An entry was changed. */
  | 'hash'
  /** Personal values were changed. */
  | 'personal'
  /** The last line is missing, or something follows it. */
  | 'end'
  /** It is not the log, or not all of it, that was anchored. */
  | 'anchor'

/** What checking a log found. `erased`: entries whose personal values were forgotten. */
export type AuditVerdict =
  | {
      readonly kind: 'intact'
      readonly tenantId: TenantId
      readonly entries: number
      readonly erased: number
      /** Keep it outside of the database, and hand it in as `anchor` next time. */
      readonly head: AuditAnchor
    }
  | {
      readonly kind: 'broken'
      /** Counted from 1. */
      readonly line: number
      readonly fault: AuditFault
    }

/** What {@link verifyAudit} may be told. */
export interface VerifyOptions {
  /** A place that an earlier check found. Without it a log whose end was cut off and written anew looks whole. */
  readonly anchor?: AuditAnchor
  /** The place the export begins after. Default the very beginning. */
  readonly start?: AuditAnchor
}

interface Progress {
  readonly last: AuditAnchor
  readonly tenantId?: string
  readonly erased: number
  readonly entries: number
  readonly isEnded: boolean
}

/**
 * Checks an exported log line by line: every entry unchanged, in its place, following from the one before, to the end.
 * It needs nothing but the lines. Whoever can rewrite the whole log can also make it consistent again: only an anchor
 * that was kept elsewhere shows that.
 */
export async function verifyAudit(
  lines: Iterable<string> | AsyncIterable<string>,
  options: VerifyOptions = {},
): Promise<AuditVerdict> {
  const { anchor, start = auditStart } = options
  let progress: Progress = { last: start, erased: 0, entries: 0, isEnded: false }
  let line = 0
  for await (const text of lines) {
    if (text === '') continue
    line += 1
    const next = await follow(progress, text)
    if (typeof next === 'string') return { kind: 'broken', line, fault: next }
    if (next.last.sequence === anchor?.sequence && next.last.hash !== anchor.hash)
      return { kind: 'broken', line, fault: 'anchor' }
    progress = next
  }
  return conclude(progress, line, { anchor: anchor ?? start, start })
}

function conclude(
  { isEnded, tenantId, entries, erased, last }: Progress,
  line: number,
  { anchor, start }: { readonly anchor: AuditAnchor; readonly start: AuditAnchor },
): AuditVerdict {
  if (!isEnded || tenantId === undefined) return { kind: 'broken', line: line + 1, fault: 'end' }
  if (!isCovered(anchor, start, last)) return { kind: 'broken', line, fault: 'anchor' }
  return { kind: 'intact', tenantId: asId('TenantId', tenantId), entries, erased, head: last }
}

// Whether the anchored place lies within the log; the entries on the way were compared with it as they came.
function isCovered(anchor: AuditAnchor, start: AuditAnchor, last: AuditAnchor): boolean {
  if (anchor.sequence === start.sequence) return anchor.hash === start.hash
  return anchor.sequence > start.sequence && anchor.sequence <= last.sequence
}

async function follow(progress: Progress, text: string): Promise<Progress | AuditFault> {
  if (progress.isEnded) return 'end'
  const end = readEnd(text)
  if (end !== undefined) return finish(progress, end)
  const record = readRecord(text)
  if (record === undefined) return 'unreadable'
  const fault = placeFault(progress, record) ?? (await contentFault(record))
  if (fault !== undefined) return fault
  const { entry, personal } = record
  const isErased = personal === undefined && entry.personalDigest !== undefined
  return {
    last: { sequence: entry.sequence, hash: entry.hash },
    tenantId: entry.tenantId,
    erased: progress.erased + (isErased ? 1 : 0),
    entries: progress.entries + 1,
    isEnded: false,
  }
}

function placeFault({ last, tenantId }: Progress, { entry }: AuditRecord): AuditFault | undefined {
  if (tenantId !== undefined && entry.tenantId !== tenantId) return 'foreign'
  if (entry.sequence !== last.sequence + 1) return 'sequence'
  return entry.previous === last.hash ? undefined : 'chain'
}

async function contentFault({ entry, personal }: AuditRecord): Promise<AuditFault | undefined> {
  const { hash, ...content } = entry
  if ((await hashEntry(content)) !== hash) return 'hash'
  if (personal === undefined || (await digestPersonal(personal)) === entry.personalDigest)
    return undefined
  return 'personal'
}

function finish(
  progress: Progress,
  end: AuditAnchor & { readonly tenantId: string },
): Progress | AuditFault {
  const { last, tenantId = end.tenantId } = progress
  if (end.tenantId !== tenantId) return 'foreign'
  if (end.sequence !== last.sequence || end.hash !== last.hash) return 'end'
  return { ...progress, tenantId, isEnded: true }
}
