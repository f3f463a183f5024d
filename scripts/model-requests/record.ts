import path from 'node:path'
import { afterAll, expect, inject } from 'vitest'
import { repositoryRoot } from '../repository.ts'
import { openRecorder } from './recorder.ts'

// Set-up of every test file: what it sends to models is written into the folder of the run. The guards below `scripts`
// send nothing, except for the test of this recorder, which leaks on purpose.
const folder = inject('modelRequests')
const file = path.relative(repositoryRoot, expect.getState().testPath ?? '')
if (!file.startsWith('scripts/')) {
  const output = path.join(folder, `${file.replaceAll(/[/\\]/g, '~')}.jsonl`)
  const recorder = openRecorder(output, file)
  afterAll(() => recorder.close())
}
