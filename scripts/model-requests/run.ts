import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { repositoryRoot } from '../repository.ts'
import { problemsOf, scanRecords } from './scan.ts'
import type { FileCount } from './scan.ts'

declare module 'vitest' {
  /** What a run hands to its tests. */
  export interface ProvidedContext {
    /** Folder in which the run writes down what it sends to models. */
    modelRequests: string
  }
}

/** Test files that ask a model, and how much they send at least: a recorder that hears nothing must not pass. */
const least: Readonly<Record<string, Partial<FileCount>>> = {
  'packages/sdk/src/assistant.test.ts': { requests: 40 },
  'packages/sdk/src/assistant-interleavings.test.ts': { requests: 500 },
  'packages/sdk/src/assistant-faults.test.ts': { requests: 30 },
  'packages/sdk/src/assistant-orders.test.ts': { requests: 5 },
  'packages/sdk/src/resolved.test.ts': { requests: 9 },
  'packages/sdk/src/hostile.test.ts': { requests: 2_500, placeholders: 100 },
  'packages/sdk/src/responder/ai.test.ts': { requests: 15 },
  'packages/adapters/src/openai/contract.test.ts': { requests: 50 },
  'packages/adapters/src/openai/faults.test.ts': { requests: 18 },
  'packages/adapters/src/openai/wire.test.ts': { requests: 20 },
  'packages/adapters/src/postgres/assistant.test.ts': { requests: 20 },
  'examples/server/test/journeys/assistant.test.ts': { requests: 10 },
  'examples/server/test/journeys/model.test.ts': { requests: 2 },
}

/** Once for each run: makes the folder, and looks at everything in it when the tests have ended. */
export function setup(project: TestProject): () => void {
  const cache = path.join(repositoryRoot, '.cache', 'model-requests')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'run-'))
  project.provide('modelRequests', folder)
  return () => {
    const sent = scanRecords(folder)
    const { state, config } = project.vitest
    // Of a file whose tests are picked by name, nobody knows how often it asks.
    const isWhole = config.testNamePattern === undefined
    const ran = isWhole ? state.getPaths().map((file) => path.relative(repositoryRoot, file)) : []
    const problems = problemsOf(sent, ran, least)
    const { requests, bytes, returned, placeholders, findings } = sent
    const size = `${requests} requests, ${Math.ceil(bytes / 1024)} KiB of different texts`
    const seen = `${placeholders} placeholders, ${returned} items of the models' own`
    process.stdout.write(`requests to models: ${size}, ${seen}, ${findings.length} findings\n`)
    for (const problem of problems) process.stdout.write(`requests to models: ${problem}\n`)
    if (problems.length > 0) process.exitCode = 1
    rmSync(folder, { recursive: true })
  }
}
