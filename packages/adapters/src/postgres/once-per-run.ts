import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

// Test files run in processes of their own; the one that started them lives as long as the run.
const run = process.ppid

/**
 * Builds something that all test files of one run share, in a folder that is deleted when the run ends. The first to ask
 * builds it, the others wait. Returns what `build` returned. Another `version` is built anew.
 */
export async function oncePerRun(
  name: string,
  version: string,
  build: (folder: string) => Promise<string>,
): Promise<string> {
  const hash = createHash('sha256').update(version).digest('hex').slice(0, 8)
  const folder = join(tmpdir(), `auronx-test-${name}-${run}-${hash}`)
  const result = join(folder, 'result')
  try {
    mkdirSync(folder)
  } catch {
    return waitFor(result)
  }
  deleteAfterRun(folder)
  try {
    const built = await build(folder)
    writeFileSync(`${result}.new`, built)
    renameSync(`${result}.new`, result)
    return built
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** The process whose end is the end of the test run. */
export const testRunPid = run

async function waitFor(result: string): Promise<string> {
  for (let waited = 0; waited < 60_000; waited += 25) {
    if (existsSync(result)) return readFileSync(result, 'utf8')
    await after(25)
  }
  throw new Error(`Another test file did not finish ${result}`)
}

/** Deletes a folder, which no later run uses, when this run has ended. */
export function deleteAfterRun(folder: string): void {
  const script = `while kill -0 ${run} 2>/dev/null; do sleep 1; done; sleep 2; rm -rf "$1"`
  spawn('sh', ['-c', script, 'sh', folder], { detached: true, stdio: 'ignore' }).unref()
}
