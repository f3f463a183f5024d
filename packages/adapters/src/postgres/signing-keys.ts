import type { SigningKey, SigningKeyStore } from '@auronx/sdk'
import { bytes, instant, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { stored } from './stored.ts'
import { asTaken } from './team.ts'

/** Keys that sign access tokens, on PostgreSQL. */
export function createPostgresSigningKeyStore(sql: Sql): SigningKeyStore {
  return {
    async list({ lock = false } = {}) {
      // A table lock: there is nothing to lock by row while the first key is made.
      const [, rows] = await Promise.all([
        lock
          ? sql.query({
              name: '',
              text: 'lock table signing_keys in share row exclusive mode',
              values: [],
            })
          : [],
        sql.query({
          name: 'signing_key_list',
          text: 'select kid, state, public_key, sealed, created_at, since from signing_keys order by kid',
          values: [],
        }),
      ])
      return rows.map(toKey)
    },
    async save(key) {
      try {
        await sql.query({
          name: 'signing_key_save',
          text: `insert into signing_keys (kid, state, public_key, sealed, created_at, since) values ($1, $2, $3, $4, $5, $6)
            on conflict (kid) do update set state = excluded.state, sealed = excluded.sealed, since = excluded.since`,
          values: [key.kid, key.state, key.publicKey, key.sealed, key.createdAt, key.since],
        })
      } catch (error) {
        throw asTaken(error, 'signing_keys_single', `There is a key in state ${key.state} already`)
      }
    },
    async delete(kid) {
      await sql.query({
        name: 'signing_key_delete',
        text: 'delete from signing_keys where kid = $1',
        values: [kid],
      })
    },
  }
}

function toKey(row: SqlRow): SigningKey {
  return {
    kid: text(row, 'kid'),
    state: stored<SigningKey['state']>(text(row, 'state')),
    publicKey: text(row, 'public_key'),
    sealed: bytes(row, 'sealed'),
    createdAt: instant(row, 'created_at'),
    since: instant(row, 'since'),
  }
}
