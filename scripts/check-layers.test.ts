import { expect, test } from 'vitest'
import { checkLayers } from './check-layers.ts'
import { inThrowawayRepository, manifestWith } from './throwaway-repository.ts'

const manifests = {
  'packages/sdk/package.json': manifestWith('@auronx/sdk', 'webhook'),
  'packages/adapters/package.json': manifestWith('@auronx/adapters', 'files'),
}

const cases: readonly { title: string; file: string; code: string; problem: string | undefined }[] =
  [
    {
      title: 'an allowed folder through its index',
      file: 'packages/sdk/src/webhook/parse.ts',
      code: "import { x } from '../kernel/index.ts'",
      problem: undefined,
    },
    {
      title: 'a folder that may not be known',
      file: 'packages/sdk/src/kernel/money.ts',
      code: "import type { Order } from '../orders/index.ts'",
      problem: 'kernel/ may not know orders/',
    },
    {
      title: 'a folder entered past its index',
      file: 'packages/sdk/src/inbox/accept.ts',
      code: "export { parse } from '../webhook/parse.ts'",
      problem: 'enter webhook/ through its index.ts',
    },
    {
      title: 'a folder that nobody has placed yet',
      file: 'packages/sdk/src/surprise/index.ts',
      code: "const kernel = await import('../kernel/index.ts')",
      problem: 'surprise/ has no line in allowedImports',
    },
    {
      title: 'a Node module in the SDK',
      file: 'packages/sdk/src/outbox/send.ts',
      code: "import { readFileSync } from 'node:fs'",
      problem: 'node: modules are allowed only in',
    },
    {
      title: 'a Node module where it is allowed',
      file: 'packages/sdk/src/simulator/server.ts',
      code: "import { createServer } from 'node:http'",
      problem: undefined,
    },
    {
      title: 'a private part of the SDK in an adapter',
      file: 'packages/adapters/src/files/index.ts',
      code: "import { x } from '@auronx/sdk/kernel'",
      problem: 'only public subpaths may be imported',
    },
    {
      title: 'sources of the SDK by relative path in an adapter',
      file: 'packages/adapters/src/files/index.ts',
      code: "import { x } from '../../../sdk/src/index.ts'",
      problem: 'use the package name to leave a package',
    },
    {
      title: 'the inside of a folder in a test',
      file: 'packages/sdk/src/inbox/accept.test.ts',
      code: "import { x } from '../lanes/store.memory.ts'",
      problem: undefined,
    },
  ]

test.each(cases)('importing $title', ({ file, code, problem }) =>
  inThrowawayRepository({ ...manifests, [file]: code }, (root) => {
    const problems = checkLayers(root)
    expect(problems).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)])
  }),
)

test('a cycle is found, unless only types go round', () =>
  inThrowawayRepository(
    {
      ...manifests,
      'packages/sdk/src/lanes/a.ts': "import { b } from './b.ts'",
      'packages/sdk/src/lanes/b.ts': "import { a } from './a.ts'",
      'packages/sdk/src/lanes/c.ts': "import type { D } from './d.ts'",
      'packages/sdk/src/lanes/d.ts': "import { c } from './c.ts'",
    },
    (root) =>
      expect(checkLayers(root)).toEqual([
        'cycle: packages/sdk/src/lanes/a.ts → packages/sdk/src/lanes/b.ts → packages/sdk/src/lanes/a.ts',
      ]),
  ))
