import type { Goal } from './hostile-goals.fixture.ts'
import type { Stage } from './hostile.fixture.ts'

/** Goals that were reached: how often, and by which seed first. */
export type Found = Partial<Record<Goal, { count: number; readonly seed: number }>>

/**
 * Plays seeds, with a new world for each that `every` divides, and says what was reached and by which seed first. A world
 * remembers, so the same comes out only from the same beginnings.
 */
export async function playAll(
  open: () => Promise<Stage>,
  {
    from = 1,
    count,
    every,
  }: { readonly from?: number; readonly count: number; readonly every: number },
  enough: (found: Found) => boolean = () => false,
): Promise<Found> {
  const found: Found = {}
  let stage = await open()
  for (let seed = from; seed < from + count && !enough(found); seed += 1) {
    if (seed % every === 0) stage = await open()
    for (const goal of await stage.play(seed)) {
      const known = found[goal]
      if (known === undefined) found[goal] = { count: 1, seed }
      else known.count += 1
    }
  }
  return found
}
