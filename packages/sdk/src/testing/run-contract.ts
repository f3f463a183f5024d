import { AuronxError } from '../kernel/index.ts'
import type { ContractCase, ContractRun } from './contract.ts'

/**
 * Registers every case of a contract as one test, each with a subject of its own. A skipped case is registered under a
 * name that says why. Throws `invalid_input` for a skip that names no case.
 */
export function runContract<Subject>(
  run: ContractRun<Subject>,
  cases: readonly ContractCase<Subject>[],
): void {
  const skips = new Map((run.skip ?? []).map((skip) => [skip.name, skip.reason]))
  for (const name of skips.keys()) {
    if (!cases.some((known) => known.name === name)) {
      throw new AuronxError('invalid_input', `The contract has no case named "${name}"`)
    }
  }
  for (const known of cases) {
    const reason = skips.get(known.name)
    if (reason !== undefined) {
      run.test(`${known.name} (does not apply: ${reason})`, () => Promise.resolve())
      continue
    }
    run.test(known.name, async () => {
      const subject = await run.open()
      try {
        await known.run(subject, run.assert)
      } finally {
        await run.close?.(subject)
      }
    })
  }
}
