import { AuronxError, asId } from '@auronx/sdk'
import type { Passkey, PasskeyStore } from '@auronx/sdk'
import { bytes, instant, integer, json, optionalInstant, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'

const columns = 'id, user_id, public_key, counter, transports, name, created_at, last_used_at'

/** Passkeys on PostgreSQL. */
export function createPostgresPasskeyStore(sql: Sql): PasskeyStore {
  return {
    async get(id) {
      const [row] = await sql.query({
        name: 'passkey_lock',
        text: `select ${columns} from passkeys where id = $1 for update`,
        values: [id],
      })
      return row === undefined ? undefined : toPasskey(row)
    },
    async list(userId) {
      const rows = await sql.query({
        name: 'passkey_list',
        text: `select ${columns} from passkeys where user_id = $1 order by created_at, id`,
        values: [userId],
      })
      return rows.map(toPasskey)
    },
    async save(passkey) {
      const rows = await sql.query({
        name: 'passkey_save',
        text: `insert into passkeys as p (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8)
          on conflict (id) do update set counter = excluded.counter, name = excluded.name,
            last_used_at = excluded.last_used_at where p.user_id = excluded.user_id
          returning id`,
        values: [
          passkey.id,
          passkey.userId,
          passkey.publicKey,
          passkey.counter,
          passkey.transports,
          passkey.name,
          passkey.createdAt,
          passkey.lastUsedAt ?? null,
        ],
      })
      if (rows.length === 0) throw new AuronxError('conflict', 'Another user has this passkey')
    },
    async delete(userId, id) {
      const rows = await sql.query({
        name: 'passkey_delete',
        text: 'delete from passkeys where user_id = $1 and ($2::text is null or id = $2) returning id',
        values: [userId, id ?? null],
      })
      return rows.length
    },
  }
}

function toPasskey(row: SqlRow): Passkey {
  return {
    id: text(row, 'id'),
    userId: asId('UserId', text(row, 'user_id')),
    publicKey: bytes(row, 'public_key'),
    counter: integer(row, 'counter'),
    transports: stored<readonly string[]>(json(row, 'transports')),
    name: text(row, 'name'),
    createdAt: instant(row, 'created_at'),
    ...present({ lastUsedAt: optionalInstant(row, 'last_used_at') }),
  }
}
