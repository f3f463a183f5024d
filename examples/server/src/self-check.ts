import { checkDatabase, defaultNames } from '@auronx/adapters/postgres'
import { AuronxError, isAuronxError } from '@auronx/sdk'
import type { Clock } from '@auronx/sdk'
import type { Database } from './database.ts'
import type { Check } from './routes/health.ts'
import type { Vault } from './vault.ts'
import type { ResidentWorker } from './worker.ts'

/** Farthest that this machine's clock may be from the database's, in milliseconds. */
export const clockToleranceMs = 30_000

/**
 * What must hold before the server takes requests: the database and its roles are fit, and this machine's clock agrees
 * with the database's (tokens, windows and retention rest on it). Throws `storage_role` or `invalid_config` in plain
 * lines. That the root keys open what is stored is proven when the vault opens.
 */
export async function checkBeforeStart(database: Database, clock: Clock): Promise<void> {
  await checkDatabase(database.client, defaultNames)
  const away = await clockDistanceMs(database, clock)
  if (away > clockToleranceMs) {
    throw new AuronxError(
      'invalid_config',
      `The clocks of this machine and of the database differ by ${Math.round(away / 1_000)} seconds; synchronise them`,
    )
  }
}

/** The same questions, and whether the worker runs, for `/readyz`. */
export function readinessChecks(parts: {
  readonly database: Database
  readonly vault: Pick<Vault, 'check'>
  readonly clock: Clock
  readonly worker: ResidentWorker | undefined
}): Readonly<Record<string, Check>> {
  const { database, vault, clock, worker } = parts
  return {
    database: () => checkDatabase(database.client, defaultNames).then(() => 'ok', codeOf),
    keys: () => vault.check(),
    clock: async () =>
      (await clockDistanceMs(database, clock)) > clockToleranceMs ? 'clock_differs' : 'ok',
    ...(worker === undefined ? {} : { worker: worker.check }),
  }
}

function codeOf(error: unknown): string {
  if (!isAuronxError(error)) return 'unavailable'
  return error.code === 'storage_unavailable' ? 'unavailable' : error.code
}

async function clockDistanceMs({ client }: Database, clock: Clock): Promise<number> {
  const before = clock.now().getTime()
  const text = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms'
  const [row] = await client.query({ name: 'clock', text, values: [] })
  const after = clock.now().getTime()
  const there = Number(row?.['ms'])
  // The answer was true at some moment in between.
  return Math.max(0, before - there, there - after)
}
