import { expect, test } from 'vitest'
import { goals } from './hostile-goals.fixture.ts'
import { openKernel } from './hostile-kernel.fixture.ts'
import { playAll } from './hostile-play.fixture.ts'
import type { Found } from './hostile-play.fixture.ts'
import { openStage } from './hostile.fixture.ts'

function report(name: string, sequences: number, found: Found): void {
  const successes = goals.map((goal) => `${goal} ${found[goal]?.count ?? 0}`)
  console.log(`${name}: ${sequences} sequences, seeds from 1. Successes: ${successes.join(', ')}`)
}

test(
  // The deep tier plays seventy thousand.
  'a model that is the attacker reaches none of its goals',
  { timeout: 240_000 },
  async () => {
    const found = await playAll(() => openKernel(), { count: 2_500, every: 80 })
    report('hostile model, kernel', 2_500, found)
    expect(found).toEqual({})
  },
)

test(
  'nor in the whole system, with takeovers, blocks and newer messages in between',
  { timeout: 120_000 },
  async () => {
    const found = await playAll(() => openStage(), { count: 250, every: 25 })
    report('hostile model, whole system', 250, found)
    expect(found).toEqual({})
  },
)
