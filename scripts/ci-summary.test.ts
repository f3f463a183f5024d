import path from 'node:path'
import { expect, test } from 'vitest'
import { summarise } from './ci-summary.ts'
import { inThrowawayRepository } from './throwaway-repository.ts'

const reports = {
  'test.json': { numPassedTests: 40, numFailedTests: 0 },
  'check.json': { numPassedTests: 9, numFailedTests: 2 },
}

test('the counts of all reports are added', () =>
  inThrowawayRepository(reports, (root) => {
    const results = [
      { name: 'test', exitCode: 0, report: path.join(root, 'test.json') },
      { name: 'check', exitCode: 1, report: path.join(root, 'check.json') },
    ]
    expect(summarise(results)).toEqual({ passed: 49, failed: 2 })
  }))

test('a command that failed without a failed test counts as one failure', () =>
  inThrowawayRepository(reports, (root) => {
    const result = { name: 'test', exitCode: 1, report: path.join(root, 'test.json') }
    expect(summarise([result])).toEqual({ passed: 40, failed: 1 })
  }))

test('a command that wrote no report counts as one failure, whatever its exit code', () => {
  const result = { name: 'deep', exitCode: 0, report: '/nowhere/deep.json' }
  expect(summarise([result])).toEqual({ passed: 0, failed: 1 })
})
