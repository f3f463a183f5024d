import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** One webhook body kept as a file. */
export interface WebhookFixture {
  /** File name without `.json`. */
  readonly name: string
  readonly text: string
}

const ownFolder = fileURLToPath(new URL('../testing/fixtures/webhooks/', import.meta.url))
const sharedFolder = fileURLToPath(
  new URL('../../../../../shared/fixtures/whatsapp/', import.meta.url),
)

/** Our own webhook bodies, one per kind. */
export function readOwnFixtures(): readonly WebhookFixture[] {
  return readFolder(ownFolder).filter(({ name }) => name !== 'expected-kinds')
}

/** What each of our own webhook bodies holds, by its name: `kind` or `kind:variant` of every event. */
export function readExpectedKinds(): unknown {
  return JSON.parse(readFileSync(path.join(ownFolder, 'expected-kinds.json'), 'utf8'))
}

/** Webhook bodies collected from public repositories; undefined where that collection is not beside this repository. */
export function readSharedFixtures(): readonly WebhookFixture[] | undefined {
  if (!existsSync(sharedFolder)) return undefined
  const folders = readdirSync(sharedFolder, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )
  return folders.flatMap(({ name }) => readFolder(path.join(sharedFolder, name)))
}

function readFolder(folder: string): readonly WebhookFixture[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.map((file) => ({
    name: file.slice(0, -'.json'.length),
    text: readFileSync(path.join(folder, file), 'utf8'),
  }))
}
