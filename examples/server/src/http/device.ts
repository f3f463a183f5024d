const browsers = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const systems = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

/** Browser and system of a `User-Agent`, as coarse as a person needs to recognise a device: `Firefox, Linux`. */
export function deviceOf(userAgent: string): string {
  const find = (known: readonly (readonly [RegExp, string])[]): string =>
    known.find(([shape]) => shape.test(userAgent))?.[1] ?? '?'
  return `${find(browsers)}, ${find(systems)}`
}
