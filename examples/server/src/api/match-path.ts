import type { Bound } from './call.ts'

/** What an address and a method lead to. */
export type Matched =
  | {
      readonly kind: 'found'
      readonly bound: Bound
      readonly params: Readonly<Record<string, string>>
    }
  | { readonly kind: 'unknown' }
  /** The address exists; `allow` names its methods. */
  | { readonly kind: 'other_method'; readonly allow: string }

/** Finds the operation of an address below `/v1`; fixed segments win over parameters. */
export function createMatcher(bounds: readonly Bound[]): (method: string, path: string) => Matched {
  const patterns = bounds.map((bound) => ({
    bound,
    method: bound.route.method,
    segments: bound.route.path.split('/'),
  }))
  const isFixed = (path: string): number =>
    path.split('/').filter((part) => !part.startsWith('{')).length
  const ordered = patterns.toSorted(
    (a, b) => isFixed(b.bound.route.path) - isFixed(a.bound.route.path),
  )
  const byLength = Map.groupBy(ordered, ({ segments }) => segments.length)
  return (method, path) => {
    const parts = path.split('/')
    const here = (byLength.get(parts.length) ?? []).filter(({ segments }) => fits(segments, parts))
    const asked = method === 'HEAD' ? 'GET' : method
    const found = here.find((one) => one.method === asked)
    if (found !== undefined)
      return { kind: 'found', bound: found.bound, params: paramsOf(found.segments, parts) }
    if (here.length === 0) return { kind: 'unknown' }
    const methods = new Set<string>(here.map((one) => one.method))
    if (methods.has('GET')) methods.add('HEAD')
    return { kind: 'other_method', allow: [...methods].toSorted().join(', ') }
  }
}

function fits(segments: readonly string[], parts: readonly string[]): boolean {
  return segments.every((segment, at) => segment === parts[at] || segment.startsWith('{'))
}

function paramsOf(
  segments: readonly string[],
  parts: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    segments.flatMap((segment, at) =>
      segment.startsWith('{') ? [[segment.slice(1, -1), decode(parts[at] ?? '')]] : [],
    ),
  )
}

// A malformed escape matches no id, and so becomes a 404.
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
