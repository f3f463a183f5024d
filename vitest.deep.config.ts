import { defineConfig } from 'vitest/config'

const shared = { conditions: ['source'] }

export default defineConfig({
  resolve: shared,
  ssr: { resolve: shared },
  test: {
    include: ['packages/*/src/**/*.deep.test.ts', 'examples/*/test/**/*.deep.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/reports/test-deep.json' },
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    pool: 'forks',
    globalSetup: ['scripts/model-requests/run.ts', 'scripts/server-logs/run.ts'],
    setupFiles: ['scripts/model-requests/record.ts', 'scripts/server-logs/record.ts'],
    fileParallelism: false,
  },
})
