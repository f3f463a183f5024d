import { asId } from '@auronx/sdk'
import type { AttemptStore, CodeCounts, Locale, SignInAttempt } from '@auronx/sdk'
import { instant, integer, optionalInstant, optionalText, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'
import { asTaken } from './team.ts'

const columns =
  'id, browser_hash, purpose, audience, email, user_id, locale, secret_hash, tries, created_at, expires_at, verified_at, used_at, network, device'

/** Attempts to sign in on PostgreSQL. */
export function createPostgresAttemptStore(sql: Sql): AttemptStore {
  return {
    insert: (attempt) => insert(sql, attempt),
    async lock(browserHash) {
      const [row] = await sql.query({
        name: 'attempt_lock',
        text: `select ${columns} from sign_in_attempts where browser_hash = $1 for update`,
        values: [browserHash],
      })
      return row === undefined ? undefined : toAttempt(row)
    },
    async update(attempt) {
      await sql.query({
        name: 'attempt_update',
        text: `update sign_in_attempts set email = $2, user_id = $3, tries = $4, verified_at = $5, used_at = $6
          where id = $1`,
        values: [
          attempt.id,
          attempt.email ?? null,
          attempt.userId ?? null,
          attempt.tries,
          attempt.verifiedAt ?? null,
          attempt.usedAt ?? null,
        ],
      })
    },
    async countCodes(since, { email, network, device }) {
      // Whoever counts before adding waits here, so that many at once cannot pass a budget together.
      await sql.query({
        name: 'attempt_count_lock',
        text: `select pg_advisory_xact_lock(hashtext('sign_in_attempts'))`,
        values: [],
      })
      const rows = await sql.query({
        name: 'attempt_count',
        text: `select count(*) filter (where device is null and email = $2) as to_address,
            count(*) filter (where device is null and email = $2 and network = $3) as to_address_from_network,
            count(*) filter (where device is null and network = $3) as from_network,
            count(*) filter (where device is null) as to_strangers,
            count(*) filter (where device = $4) as from_device,
            count(device) as to_devices
          from sign_in_attempts where purpose = 'code' and created_at >= $1`,
        values: [since, email ?? null, network ?? null, device ?? null],
      })
      return toCounts(rows)
    },
    async prune(before, limit) {
      const rows = await sql.query({
        name: 'attempt_prune',
        text: `delete from sign_in_attempts where id in (
            select id from sign_in_attempts where expires_at < $1 order by expires_at limit $2 for update skip locked)
          returning id`,
        values: [before, limit],
      })
      return rows.length
    },
  }
}

async function insert(sql: Sql, attempt: SignInAttempt): Promise<void> {
  try {
    await sql.query({
      name: 'attempt_insert',
      text: `insert into sign_in_attempts (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      values: [
        attempt.id,
        attempt.browserHash,
        attempt.purpose,
        attempt.audience,
        attempt.email ?? null,
        attempt.userId ?? null,
        attempt.locale,
        attempt.secretHash,
        attempt.tries,
        attempt.createdAt,
        attempt.expiresAt,
        attempt.verifiedAt ?? null,
        attempt.usedAt ?? null,
        attempt.network ?? null,
        attempt.device ?? null,
      ],
    })
  } catch (error) {
    throw asTaken(error, 'sign_in_attempts_browser_hash_key', 'The browser has an attempt already')
  }
}

function toCounts([row = {}]: readonly SqlRow[]): CodeCounts {
  return {
    toAddress: integer(row, 'to_address'),
    toAddressFromNetwork: integer(row, 'to_address_from_network'),
    fromNetwork: integer(row, 'from_network'),
    toStrangers: integer(row, 'to_strangers'),
    fromDevice: integer(row, 'from_device'),
    toDevices: integer(row, 'to_devices'),
  }
}

function toAttempt(row: SqlRow): SignInAttempt {
  const userId = optionalText(row, 'user_id')
  return {
    id: text(row, 'id'),
    browserHash: text(row, 'browser_hash'),
    purpose: stored<SignInAttempt['purpose']>(text(row, 'purpose')),
    audience: stored<SignInAttempt['audience']>(text(row, 'audience')),
    locale: stored<Locale>(text(row, 'locale')),
    secretHash: text(row, 'secret_hash'),
    tries: integer(row, 'tries'),
    createdAt: instant(row, 'created_at'),
    expiresAt: instant(row, 'expires_at'),
    ...present({
      email: optionalText(row, 'email'),
      userId: userId === undefined ? undefined : asId('UserId', userId),
      verifiedAt: optionalInstant(row, 'verified_at'),
      usedAt: optionalInstant(row, 'used_at'),
      network: optionalText(row, 'network'),
      device: optionalText(row, 'device'),
    }),
  }
}
