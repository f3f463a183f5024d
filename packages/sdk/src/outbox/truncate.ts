const ellipsis = '…'
const closers = new Map([
  ...['\u2066', '\u2067', '\u2068'].map((opener) => [opener, '\u2069'] as const),
  ...['\u202a', '\u202b', '\u202d', '\u202e'].map((opener) => [opener, '\u202c'] as const),
])

/**
 * Shortens a text to at most `limit` UTF-16 code units, ending in an ellipsis. Never cuts inside a grapheme, and closes
 * the direction marks it leaves open, so that what follows keeps its direction.
 */
export function truncateText(value: string, limit: number): string {
  if (value.length <= limit) return value
  if (limit < ellipsis.length) return ''
  const kept = longestPrefix(value, limit - ellipsis.length).trimEnd()
  return `${kept}${ellipsis}${closing(kept)}`
}

/** Splits a text into graphemes, what a reader sees as single characters. */
export function graphemes(value: string): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(value), (part) => part.segment)
}

function longestPrefix(value: string, room: number): string {
  let best = ''
  let prefix = ''
  const open: string[] = []
  // A grapheme is at least one unit long; the one extra shows whether the last one goes on.
  for (const part of graphemes(value.slice(0, room + 1 + longestGrapheme))) {
    prefix += part
    if (prefix.length > room) break
    track(part, open)
    if (prefix.length + open.length <= room) best = prefix
  }
  return best
}

// Longer clusters exist only as pranks; a slice this far behind the limit shows where any honest one ends.
const longestGrapheme = 64

function closing(value: string): string {
  const open: string[] = []
  for (const unit of value) track(unit, open)
  return open.reverse().join('')
}

function track(part: string, open: string[]): void {
  for (const unit of part) {
    const closer = closers.get(unit)
    if (closer !== undefined) open.push(closer)
    if (unit === open.at(-1)) open.pop()
  }
}
