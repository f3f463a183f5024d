const kept = new Map<string, Intl.NumberFormat>()
const most = 200

/**
 * The format of numbers of a locale (BCP 47), kept for the next time: making one costs more than a hundred uses of it.
 * Throws `RangeError` for a locale or options that are none.
 */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options])
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, options)
  if (kept.size >= most) kept.clear()
  kept.set(key, made)
  return made
}
