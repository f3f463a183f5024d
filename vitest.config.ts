import { defineConfig } from 'vitest/config'

const shared = { conditions: ['source'] }
const resolved = { resolve: shared, ssr: { resolve: shared } }
const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  setupFiles: ['scripts/model-requests/record.ts', 'scripts/server-logs/record.ts'],
}
const never = ['**/node_modules/**', '**/dist/**', '**/*.deep.test.ts']

// Test files share processes: loading everything anew for each of them takes longer than most of them do. Those that keep a
// processor busy for long are not behind the many small ones.
const pure = ['packages/sdk/src/**/*.test.ts']
const apart = ['packages/sdk/src/hostile*.test.ts', 'packages/sdk/src/**/*.browser.test.ts']

export default defineConfig({
  test: {
    // Most tests wait for a database or a browser: one process a core leaves the machine idle.
    maxWorkers: 4,
    globalSetup: ['scripts/model-requests/run.ts', 'scripts/server-logs/run.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/reports/test.json' },
    projects: [
      {
        ...resolved,
        test: {
          ...common,
          name: 'sdk',
          include: pure,
          exclude: [...never, ...apart],
          isolate: false,
        },
      },
      {
        ...resolved,
        test: {
          ...common,
          name: 'everything else',
          include: [
            ...apart,
            'packages/adapters/src/**/*.test.ts',
            'examples/*/test/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: never,
          isolate: false,
        },
      },
    ],
  },
})
