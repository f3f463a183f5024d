import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

// In a process of its own, because here the client is loaded already.
test('the client package is imported with the first call, not before', () => {
  const code = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ resolve(name, context, next) { seen.push(name); return next(name, context) } })
    const { createOpenAiModel } = await import('@auronx/adapters/openai')
    const { createEgress } = await import('@auronx/sdk')
    const model = createOpenAiModel({ apiKey: 'sk-test', model: 'm', egress: createEgress({ hosts: [] }) })
    const before = seen.includes('openai')
    await model.respond(
      { instructions: '', tools: [], input: [], maxOutputTokens: 1, cacheKey: '' },
      { signal: new AbortController().signal },
    )
    console.log(JSON.stringify([before, seen.includes('openai')]))
  `
  const args = ['--conditions=source', '--input-type=module', '--eval', code]
  const printed = execFileSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(JSON.parse(printed)).toEqual([false, true])
})
