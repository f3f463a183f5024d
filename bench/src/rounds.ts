/** Something measured in turns with others. */
export interface Candidate<Sample> {
  readonly name: string
  run(): Promise<Sample>
}

/**
 * Runs all candidates once per round, in alternating order, after one round that is thrown away. Returns the samples by
 * name.
 */
export async function interleave<Sample>(
  candidates: readonly Candidate<Sample>[],
  rounds: number,
): Promise<(name: string) => readonly Sample[]> {
  const samples = new Map<string, Sample[]>()
  for (let round = -1; round < rounds; round += 1) {
    const order = round % 2 === 0 ? candidates : candidates.toReversed()
    for (const candidate of order) {
      const sample = await candidate.run()
      if (round < 0) continue
      samples.set(candidate.name, [...(samples.get(candidate.name) ?? []), sample])
    }
  }
  return (name) => {
    const found = samples.get(name)
    if (found === undefined) throw new Error(`No candidate is called ${name}`)
    return found
  }
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** The median over rounds of one candidate's value divided by another's in the same round. */
export function ratio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, index) => value / (under[index] ?? Number.NaN)))
}
