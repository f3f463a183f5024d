import { expect, test } from 'vitest'
import { goals } from './hostile-goals.fixture.ts'
import { openKernel } from './hostile-kernel.fixture.ts'
import { openStage } from './hostile.fixture.ts'

test.each([
  { name: 'the kernel', open: () => openKernel(), first: 1_000_001, count: 60_000, every: 80 },
  { name: 'the whole system', open: () => openStage(), first: 2_000_001, count: 10_000, every: 25 },
])('a model that is the attacker reaches nothing in $count turns of $name', async (stand) => {
  const found = new Map<string, readonly number[]>()
  let stage = await stand.open()
  for (let seed = stand.first; seed < stand.first + stand.count; seed += 1) {
    if (seed % stand.every === 0) stage = await stand.open()
    for (const goal of await stage.play(seed)) found.set(goal, [...(found.get(goal) ?? []), seed])
  }
  const successes = goals.map((goal) => `${goal} ${found.get(goal)?.length ?? 0}`)
  console.log(`hostile model, ${stand.name}: ${stand.count} sequences. ${successes.join(', ')}`)
  expect(found).toEqual(new Map())
})
