import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One command of the continuous integration: its report, if it wrote one, and how it ended. */
export interface CiResult {
  readonly name: string
  readonly exitCode: number
  readonly report: string
}

/**
 * Adds up the reports. A command that failed without a failed test in its report (it crashed, or wrote none) counts
 * as one failure, so that nothing broken can look green.
 */
export function summarise(results: readonly CiResult[]): {
  readonly passed: number
  readonly failed: number
} {
  let passed = 0
  let failed = 0
  for (const { exitCode, report } of results) {
    const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
    const failures = Number(counts.numFailedTests ?? 0)
    const nothingRan = !existsSync(report)
    passed += Number(counts.numPassedTests ?? 0)
    failed += failures > 0 ? failures : Number(exitCode !== 0 || nothingRan)
  }
  return { passed, failed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = process.argv.slice(2).map((argument): CiResult => {
    const [name = '', exitCode = '1'] = argument.split('=')
    return { name, exitCode: Number(exitCode), report: `.cache/reports/${name}.json` }
  })
  const { passed, failed } = summarise(results)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
