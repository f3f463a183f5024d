import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { repositoryRoot } from '../repository.ts'
import { scanLogs } from './scan.ts'

declare module 'vitest' {
  /** What a run hands to its tests. */
  export interface ProvidedContext {
    /** Folder in which the run writes down what servers log. */
    serverLogs: string
  }
}

// A recorder that hears nothing must not pass: in the one the server has to complain, in the other it gives secrets out.
const complaining = 'examples/server/test/journeys/graph-away.test.ts'
const givingOut = 'examples/server/test/journeys/attacks.test.ts'

/** Once for each run: makes the folder, and looks at everything in it when the tests have ended. */
export function setup(project: TestProject): () => void {
  const cache = path.join(repositoryRoot, '.cache', 'server-logs')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'run-'))
  project.provide('serverLogs', folder)
  return () => {
    const { state, config } = project.vitest
    const { files, lines, secrets, findings } = scanLogs(folder)
    const ran = state.getPaths().map((file) => path.relative(repositoryRoot, file))
    const isWhole = config.testNamePattern === undefined
    const unheard = [
      ...(isWhole && ran.includes(complaining) && lines === 0 ? [complaining] : []),
      ...(isWhole && ran.includes(givingOut) && Object.keys(secrets).length < 3 ? [givingOut] : []),
    ]
    const problems = [...findings, ...unheard.map((file) => `nothing was heard of ${file}`)]
    const planted = Object.entries(secrets).map(([kind, count]) => `${count} ${kind}`)
    const size = `${lines} log lines of ${files} test files`
    process.stdout.write(
      `server logs: ${size}; given out: ${planted.join(', ') || 'nothing'}; ${findings.length} findings\n`,
    )
    for (const problem of problems) process.stdout.write(`server logs: ${problem}\n`)
    if (problems.length > 0) process.exitCode = 1
    rmSync(folder, { recursive: true })
  }
}
