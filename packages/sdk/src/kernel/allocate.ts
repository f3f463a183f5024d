import { AuronxError } from './errors.ts'

/**
 * `numerator / denominator` as an integer, halves away from zero, so that credits mirror debits. Throws
 * `invalid_input` for a denominator of zero.
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new AuronxError('invalid_input', 'Cannot divide by zero')
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const rounded = (2n * n + d) / (2n * d)
  return negative ? -rounded : rounded
}

/**
 * Splits `total` in proportion to `weights` by largest remainder, ties by position. The parts add up to `total`
 * exactly and each is less than one away from its exact share; splitting `-total` gives the mirrored parts.
 *
 * Throws `invalid_input` when the weights add up to zero and `total` does not.
 */
export function allocate(total: bigint, weights: readonly bigint[]): readonly bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  if (total === 0n) return weights.map(() => 0n)
  if (sum === 0n) {
    throw new AuronxError(
      'invalid_input',
      'An amount cannot be split over weights that add up to zero',
    )
  }
  if (sum < 0n)
    return allocate(
      total,
      weights.map((weight) => -weight),
    )
  if (total < 0n) return allocate(-total, weights).map((part) => -part)

  const shares = weights.map((weight, position) => {
    const floor = floorDivide(total * weight, sum)
    return { position, floor, remainder: total * weight - floor * sum }
  })
  const missing = total - shares.reduce((all, share) => all + share.floor, 0n)
  const first = shares
    .toSorted(
      (a, b) =>
        Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder) ||
        a.position - b.position,
    )
    .slice(0, Number(missing))
  const lucky = new Set(first.map((share) => share.position))
  return shares.map((share) => (lucky.has(share.position) ? share.floor + 1n : share.floor))
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient
}
