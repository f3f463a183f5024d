import { expect, test } from 'vitest'
import { checkSizes } from './check-sizes.ts'
import { inThrowawayRepository } from './throwaway-repository.ts'

const files = {
  'package.json': { type: 'module' },
  'small.ts': "import { z } from 'zod'\nexport const small = z",
  'large.ts': `export const large = '${Array.from({ length: 4000 }, (_, at) => (at * 7919) % 10007).join()}'`,
}

test('an entry within its budget passes, and third-party packages do not count', () =>
  inThrowawayRepository(files, async (root) => {
    expect(await checkSizes(root, [{ entries: ['small.ts'], maxKiB: 1 }])).toEqual([])
  }))

test('an entry above its budget is found', () =>
  inThrowawayRepository(files, async (root) => {
    const problems = await checkSizes(root, [{ entries: ['small.ts', 'large.ts'], maxKiB: 1 }])
    expect(problems).toEqual([expect.stringContaining('small.ts + large.ts')])
  }))

test('an entry that does not bundle is found', () =>
  inThrowawayRepository(files, async (root) => {
    expect(await checkSizes(root, [{ entries: ['absent.ts'], maxKiB: 1 }])).toHaveLength(1)
  }))
