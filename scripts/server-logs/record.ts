import path from 'node:path'
import { afterAll, expect, inject } from 'vitest'
import { repositoryRoot } from '../repository.ts'
import { openLogRecorder } from './recorder.ts'

// Set-up of every test file: what servers log in it is written into the folder of the run.
const file = path.relative(repositoryRoot, expect.getState().testPath ?? '')
if (file.startsWith('examples/')) {
  const name = `${file.replaceAll(/[/\\]/g, '~')}.jsonl`
  const recorder = openLogRecorder(path.join(inject('serverLogs'), name))
  afterAll(() => recorder.close())
}
