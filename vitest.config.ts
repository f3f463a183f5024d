import { defineConfig } from 'vitest/config'

const shared = { conditions: ['source'] }

export default defineConfig({
  resolve: shared,
  ssr: { resolve: shared },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.deep.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/reports/test.json' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
})
