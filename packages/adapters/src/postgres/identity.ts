import { AuronxError, asId } from '@auronx/sdk'
import type {
  IdentityStores,
  IdentityWork,
  Locale,
  OperatorRole,
  User,
  UserStore,
} from '@auronx/sdk'
import { createPostgresAttemptStore } from './attempts.ts'
import { createPostgresOperatorSessionStore } from './operator-sessions.ts'
import { createPostgresPasskeyStore } from './passkey-rows.ts'
import { instant, integer, optionalInstant, optionalText, text } from './row.ts'
import { createPostgresSigningKeyStore } from './signing-keys.ts'
import type { Sql, SqlClient, SqlRow } from './sql.ts'
import { present, stored } from './stored.ts'
import { asTaken } from './team.ts'
import type { DatabaseNames } from './tenant.ts'
import { identityPrologue } from './tenant.ts'
import { runAgain } from './work.ts'

/** People and their proofs on PostgreSQL: transactions of a role that sees nothing of any tenant. */
export function createPostgresIdentityWork(client: SqlClient, names: DatabaseNames): IdentityWork {
  return {
    run: (body) =>
      runAgain(() => client.transaction([identityPrologue(names)], (sql) => body(open(sql)))),
  }
}

function open(sql: Sql): IdentityStores {
  return {
    users: createPostgresUserStore(sql),
    attempts: createPostgresAttemptStore(sql),
    passkeys: createPostgresPasskeyStore(sql),
    operatorSessions: createPostgresOperatorSessionStore(sql),
    signingKeys: createPostgresSigningKeyStore(sql),
  }
}

const columns =
  'id, email, name, phone, locale, status, email_verified_at, operator_role, created_at, updated_at, version'

function createPostgresUserStore(sql: Sql): UserStore {
  return {
    async get(id) {
      const [row] = await sql.query({
        name: 'user_get',
        text: `select ${columns} from users where id = $1`,
        values: [id],
      })
      return row === undefined ? undefined : toUser(row)
    },
    async byEmail(email) {
      const [row] = await sql.query({
        name: 'user_by_email',
        text: `select ${columns} from users where email = $1`,
        values: [email],
      })
      return row === undefined ? undefined : toUser(row)
    },
    save: (user) => saveUser(sql, user),
  }
}

async function saveUser(sql: Sql, user: User): Promise<void> {
  try {
    const rows = await sql.query({
      name: 'user_save',
      text: `insert into users as u (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (id) do update set email = excluded.email, name = excluded.name, phone = excluded.phone,
          locale = excluded.locale, status = excluded.status, email_verified_at = excluded.email_verified_at,
          operator_role = excluded.operator_role, updated_at = excluded.updated_at, version = excluded.version
          where u.version = excluded.version - 1
        returning version`,
      values: [
        user.id,
        user.email,
        user.name,
        user.phone ?? null,
        user.locale,
        user.status,
        user.emailVerifiedAt ?? null,
        user.operatorRole ?? null,
        user.createdAt,
        user.updatedAt,
        user.version,
      ],
    })
    if (rows.length === 0)
      throw new AuronxError('version_conflict', 'The user was changed meanwhile')
  } catch (error) {
    throw asTaken(error, 'users_email_key', 'Another user has this e-mail address')
  }
}

function toUser(row: SqlRow): User {
  return {
    id: asId('UserId', text(row, 'id')),
    email: text(row, 'email'),
    name: text(row, 'name'),
    locale: stored<Locale>(text(row, 'locale')),
    status: stored<User['status']>(text(row, 'status')),
    createdAt: instant(row, 'created_at'),
    updatedAt: instant(row, 'updated_at'),
    version: integer(row, 'version'),
    ...present({
      phone: optionalText(row, 'phone'),
      emailVerifiedAt: optionalInstant(row, 'email_verified_at'),
      operatorRole: operatorRoleOf(row),
    }),
  }
}

function operatorRoleOf(row: SqlRow): OperatorRole | undefined {
  const role = optionalText(row, 'operator_role')
  return role === undefined ? undefined : stored<OperatorRole>(role)
}
