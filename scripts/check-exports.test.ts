import { expect, test } from 'vitest'
import { checkExports } from './check-exports.ts'
import { inThrowawayRepository, manifestWith } from './throwaway-repository.ts'

const sound = {
  'packages/sdk/package.json': manifestWith('@auronx/sdk', 'webhook'),
  'packages/sdk/src/webhook/index.ts': 'export const one = 1',
  'packages/adapters/package.json': manifestWith('@auronx/adapters', 'files'),
  'packages/adapters/src/files/index.ts': 'export const two = 2',
  'README.md': 'Take `@auronx/sdk/webhook` and @auronx/adapters.',
}

test('a repository whose exports, files and documents agree has no problem', () =>
  inThrowawayRepository(sound, (root) => expect(checkExports(root)).toEqual([])))

test('an export without its file is found', () => {
  const { 'packages/adapters/src/files/index.ts': _gone, ...files } = sound
  return inThrowawayRepository(files, (root) =>
    expect(checkExports(root)).toEqual([
      'packages/adapters: exports "./files", but ./src/files/index.ts does not exist',
    ]),
  )
})

test('an export that points elsewhere is found, in what is published too', () =>
  inThrowawayRepository(
    {
      ...sound,
      'packages/sdk/package.json': {
        name: '@auronx/sdk',
        exports: { './webhook': './dist/hook.js' },
        publishConfig: { exports: { './old': {} } },
      },
    },
    (root) => {
      const problems = checkExports(root)
      expect(problems).toHaveLength(3)
      expect(problems[2]).toContain('publishConfig.exports["./old"] is not in exports')
    },
  ))

test('a document that names a subpath nobody exports is found', () =>
  inThrowawayRepository({ ...sound, 'docs/guide.md': '`@auronx/sdk/webhooks`' }, (root) =>
    expect(checkExports(root)).toEqual([
      'docs/guide.md: names @auronx/sdk/webhooks, which is not exported',
    ]),
  ))
