/** One measured comparison beside its target. */
export interface Measured {
  /** The row of the target list, for example `T1`. */
  readonly id: string
  readonly what: string
  readonly value: number
  /** What the value should be; with `exact` and `none` there is no tolerance. */
  readonly target: number
  readonly better: 'higher' | 'lower' | 'exact' | 'none'
  readonly unit: string
  /** Absolute figures the ratio comes from, for reading. */
  readonly figures: string
  /** Why the value falls short, where that is known. */
  readonly why?: string
}

/** How a value stands to its target: 1 or more when it is met. */
export function fulfilment({ value, target, better }: Measured): number {
  switch (better) {
    case 'higher':
      return value / target
    case 'lower':
      return value <= 0 ? 1 : target / value
    case 'exact':
      return value === target ? 1 : 0
    case 'none':
      return 1
  }
}

/** Whether a value is too far from its target: below 0.85 of it, or different where it must be exact. */
export function fails(measured: Measured): boolean {
  return fulfilment(measured) < 0.85
}

/** One line a comparison, with its shortfall below it. */
export function toLines(measured: Measured): readonly string[] {
  const { id, what, value, target, better, unit, figures, why } = measured
  const sign = { higher: '>=', lower: '<=', exact: '=', none: '' }[better]
  const goal = better === 'none' ? 'measured only' : `target ${sign} ${target}${unit}`
  const met = fulfilment(measured)
  const line = `${id.padEnd(4)} ${what.padEnd(58)} ${format(value)}${unit} (${goal}) ${verdict(measured, met)}  ${figures}`
  if (met >= 1) return [line]
  return [
    line,
    `       short of the target by ${Math.round((1 - met) * 100)} %${why === undefined ? '' : `: ${why}`}`,
  ]
}

function verdict(measured: Measured, met: number): string {
  if (measured.better === 'none') return '    '
  if (met >= 1) return 'met '
  return fails(measured) ? 'FAIL' : 'near'
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2)
}
