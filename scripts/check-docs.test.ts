import path from 'node:path'
import { expect, test } from 'vitest'
import { checkDocs } from './check-docs.ts'
import { readText, repositoryRoot } from './repository.ts'
import { inThrowawayRepository } from './throwaway-repository.ts'

const facts = { errorCodes: ['not_found'], resolveFrom: '.' }
const nearTypes = path.join(repositoryRoot, '.cache', 'guards')
const sound = {
  'tsconfig.base.json': readText(repositoryRoot, 'tsconfig.base.json'),
  'docs/errors.md': '| `not_found` | Nothing has that id. | Check the id. |',
}

const problemsOf = async (files: Record<string, string>): Promise<string[]> => {
  let problems: string[] = []
  const look = (root: string) => {
    problems = checkDocs(root, facts)
  }
  await inThrowawayRepository({ ...sound, ...files }, look, nearTypes)
  return problems
}

test('sound documents have no problem', async () => {
  const readme =
    '[errors](docs/errors.md#top) [web](https://example.org)\n```ts\nconst n: number = 1\n```\n'
  expect(await problemsOf({ 'README.md': readme })).toEqual([])
})

test('code that does not type-check is found', async () => {
  const problems = await problemsOf({ 'README.md': '```ts\nconst n: number = "one"\n```\n' })
  expect(problems).toEqual(["README-md-1.ts:1: Type 'string' is not assignable to type 'number'."])
})

test('an excerpt that is not what stands in its file, or from no file, is found', async () => {
  const files = { 'src/one.ts': 'export const one = 1\nexport const two = 2\n' }
  const excerpt = (file: string, code: string) => `\`\`\`ts file=${file}\n${code}\n\`\`\`\n`
  const sound = excerpt('src/one.ts', 'export const two = 2')
  expect(await problemsOf({ ...files, 'README.md': sound })).toEqual([])
  const readme = excerpt('src/one.ts', 'export const two = 3') + excerpt('src/gone.ts', 'x')
  expect(await problemsOf({ ...files, 'README.md': readme })).toEqual([
    'README.md: the code from src/one.ts is not what stands there',
    'README.md: the code from src/gone.ts is not what stands there',
  ])
})

test('a link to a file that does not exist is found', async () => {
  const problems = await problemsOf({ 'docs/guide.md': 'See [here](./nowhere.md).' })
  expect(problems).toEqual(['docs/guide.md: links to ./nowhere.md, which does not exist'])
})

test('a missing and an invented error code are found', async () => {
  expect(await problemsOf({ 'docs/errors.md': '| `invented` | – | – |' })).toEqual([
    'docs/errors.md: not_found is missing',
    'docs/errors.md: invented is not a code',
  ])
})
