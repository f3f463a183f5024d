import { numberAt, textAt } from './graph-json.ts'

/** How much of a quota is used, in percent of the quota. */
export interface GraphQuota {
  readonly callPercent?: number
  readonly cpuPercent?: number
  readonly timePercent?: number
}

/**
 * Something an answer says besides its content. `version_upgraded`: the called version is gone and Meta served a newer
 * one. `app_usage`, `account_usage`: how far quotas are used up; `regainAccessMs` is how long calls will be refused.
 *
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export type GraphNoticeContent =
  | { readonly kind: 'version_upgraded'; readonly served?: string }
  | { readonly kind: 'app_usage'; readonly quota: GraphQuota }
  | {
      readonly kind: 'account_usage'
      readonly type?: string
      readonly quota: GraphQuota
      readonly regainAccessMs?: number
    }

/** A notice and the business number whose call it came with. */
export type GraphNotice = GraphNoticeContent & { readonly phoneNumberId: string }

const minute = 60_000
const longestWaitMs = 24 * 60 * minute

/** The notices in an answer's headers. Headers that cannot be read say nothing. */
export function noticesOf(headers: Headers): readonly GraphNoticeContent[] {
  const notices: GraphNoticeContent[] = []
  if (headers.has('x-ad-api-version-warning')) {
    const served = headers.get('facebook-api-version')
    notices.push({ kind: 'version_upgraded', ...(served === null ? {} : { served }) })
  }
  const app = jsonHeader(headers, 'x-app-usage')
  if (app !== undefined) notices.push({ kind: 'app_usage', quota: quotaOf(app) })
  return [...notices, ...accountUsages(headers)]
}

/** How long Meta asks us to wait, in milliseconds, at most a day, or nothing. */
export function waitMsOf(headers: Headers): number | undefined {
  const retryAfter = Number(headers.get('retry-after') ?? NaN) * 1_000
  const waits = accountUsages(headers).flatMap((one) =>
    'regainAccessMs' in one && one.regainAccessMs !== undefined ? [one.regainAccessMs] : [],
  )
  const longest = Math.max(...waits, Number.isFinite(retryAfter) ? retryAfter : 0, 0)
  return longest > 0 ? Math.min(longest, longestWaitMs) : undefined
}

function accountUsages(headers: Headers): readonly GraphNoticeContent[] {
  const accounts = jsonHeader(headers, 'x-business-use-case-usage')
  if (typeof accounts !== 'object' || accounts === null) return []
  return Object.values(accounts).flatMap((usages: unknown) =>
    Array.isArray(usages) ? usages.map(accountUsage) : [],
  )
}

function accountUsage(usage: unknown): GraphNoticeContent {
  const type = textAt(usage, 'type')
  const minutes = numberAt(usage, 'estimated_time_to_regain_access') ?? 0
  return {
    kind: 'account_usage',
    ...(type === undefined ? {} : { type }),
    quota: quotaOf(usage),
    ...(minutes > 0 ? { regainAccessMs: minutes * minute } : {}),
  }
}

function quotaOf(usage: unknown): GraphQuota {
  const call = numberAt(usage, 'call_count')
  const cpu = numberAt(usage, 'total_cputime')
  const time = numberAt(usage, 'total_time')
  return {
    ...(call === undefined ? {} : { callPercent: call }),
    ...(cpu === undefined ? {} : { cpuPercent: cpu }),
    ...(time === undefined ? {} : { timePercent: time }),
  }
}

function jsonHeader(headers: Headers, name: string): unknown {
  try {
    return JSON.parse(headers.get(name) ?? '')
  } catch {
    return undefined
  }
}
