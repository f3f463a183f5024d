import { beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from './kernel/index.ts'
import type { ModelItem, ModelRequest } from './responder/index.ts'
import { playResolvedConversation } from './resolved.fixture.ts'

// Providers cache what is the same at the beginning of requests, tools and instructions together, from 1,024 tokens on.
// Tokens are counted by the benchmark; English has fewer than five characters a token there.
describe('what a conversation asks of a model until the order is confirmed', () => {
  let requests: readonly ModelRequest[]
  beforeAll(async () => {
    ;({ requests } = await playResolvedConversation())
  })

  test('begins with the same bytes on every call', async () => {
    const hashes = await Promise.all(requests.map((request) => sha256Hex(prefixOf(request))))
    expect(hashes).toHaveLength(9)
    expect(new Set(hashes).size).toBe(1)
    expect(new Set(requests.map(({ cacheKey }) => cacheKey)).size).toBe(1)
  })

  test('begins with enough to be cached, with the settings as they are', () => {
    for (const request of requests)
      expect(prefixOf(request).length).toBeGreaterThanOrEqual(5 * 1_024)
  })

  test('has tools that stay small', () => {
    for (const { tools } of requests) expect(JSON.stringify(tools).length).toBeLessThan(2_400)
  })

  test('goes on with what was said before, and what changes comes after it', () => {
    for (const [index, { input }] of requests.entries()) {
      const before = requests[index - 1]?.input ?? []
      const said = isOfSameTurn(before, input) ? before : before.filter(isSaid)
      expect(input.slice(0, said.length)).toEqual(said)
      expect(input.filter(({ kind }) => kind === 'facts')).toHaveLength(1)
    }
  })
})

function prefixOf({ tools, instructions }: ModelRequest): string {
  return JSON.stringify(tools) + instructions
}

function isSaid({ kind }: ModelItem): boolean {
  return kind === 'customer' || kind === 'business'
}

/** Within a turn only calls and their results are added. */
function isOfSameTurn(before: readonly ModelItem[], input: readonly ModelItem[]): boolean {
  return before.filter(isSaid).length === input.filter(isSaid).length
}
