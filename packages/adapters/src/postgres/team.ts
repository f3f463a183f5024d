import { AuronxError, asId, isAuronxError } from '@auronx/sdk'
import type {
  AccessDirectory,
  Invitation,
  Member,
  Membership,
  Role,
  TeamStore,
  TenantId,
} from '@auronx/sdk'
import { instant, integer, optionalText, text } from './row.ts'
import type { Sql, SqlRow } from './sql.ts'
import { stored } from './stored.ts'
import { quoteIdentifier } from './tenant.ts'

const memberColumns = 'id, user_id, email, name, role, status, created_at, updated_at, version'
const invitationColumns = 'id, email, role, token_hash, invited_by, status, created_at, expires_at'

/** Members and invitations of a tenant on PostgreSQL. */
export function createPostgresTeamStore(sql: Sql, tenantId: TenantId): TeamStore {
  return {
    async member(id, { lock = false } = {}) {
      const [row] = await sql.query({
        name: lock ? 'member_lock' : 'member_get',
        text: `select ${memberColumns} from members where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
        values: [tenantId, id],
      })
      return row === undefined ? undefined : toMember(row)
    },
    async memberOf(userId) {
      const [row] = await sql.query({
        name: 'member_of_user',
        text: `select ${memberColumns} from members where tenant_id = $1 and user_id = $2 and status <> 'removed'`,
        values: [tenantId, userId],
      })
      return row === undefined ? undefined : toMember(row)
    },
    async members() {
      const rows = await sql.query({
        name: 'member_list',
        text: `select ${memberColumns} from members where tenant_id = $1 and status <> 'removed' order by id`,
        values: [tenantId],
      })
      return rows.map(toMember)
    },
    lockOwners: () => lockOwners(sql, tenantId),
    saveMember: (member) => saveMember(sql, tenantId, member),
    async invitations(query) {
      const byToken = 'tokenHash' in query
      const rows = await sql.query({
        name: byToken ? 'invitation_by_token' : 'invitation_pending',
        text: byToken
          ? `select ${invitationColumns} from invitations where tenant_id = $1 and token_hash = $2 for update`
          : `select ${invitationColumns} from invitations where tenant_id = $1 and status = 'pending'
              and ($2::text is null or email = $2) order by id for update`,
        values: [tenantId, byToken ? query.tokenHash : (query.email ?? null)],
      })
      return rows.map(toInvitation)
    },
    saveInvitation: (invitation) => saveInvitation(sql, tenantId, invitation),
  }
}

/** Places of a user and tenants of tokens, on PostgreSQL. */
export function createPostgresAccessDirectory(sql: Sql, schema: string): AccessDirectory {
  const tenantOf = async (question: string, value: string): Promise<TenantId | undefined> => {
    const [row] = await sql.query({
      name: question,
      text: `select ${quoteIdentifier(schema)}.${question}($1) as tenant_id`,
      values: [value],
    })
    const id = row && optionalText(row, 'tenant_id')
    return id === undefined ? undefined : asId('TenantId', id)
  }
  return {
    async membershipsOf(userId) {
      const rows = await sql.query({
        name: 'user_memberships',
        text: `select * from ${quoteIdentifier(schema)}.user_memberships($1)`,
        values: [userId],
      })
      return rows.map((row): Membership => ({
        tenantId: asId('TenantId', text(row, 'tenant_id')),
        memberId: asId('MemberId', text(row, 'member_id')),
        role: stored<Role>(text(row, 'role')),
      }))
    },
    tenantOfInvitation: (hash) => tenantOf('invitation_tenant', hash),
    tenantOfRefreshToken: (hash) => tenantOf('refresh_tenant', hash),
    tenantOfApiKey: (id) => tenantOf('api_key_tenant', id),
  }
}

async function lockOwners(sql: Sql, tenantId: TenantId): Promise<readonly Member[]> {
  // Two statements: the lock may wait, and what it selects beside the locked rows would be as it was before.
  const [, rows] = await Promise.all([
    sql.query({
      name: 'member_lock_owners',
      text: `select id from members where tenant_id = $1 and role = 'owner' and status = 'active' order by id for update`,
      values: [tenantId],
    }),
    sql.query({
      name: 'member_owners',
      text: `select ${memberColumns} from members where tenant_id = $1 and role = 'owner' and status = 'active' order by id`,
      values: [tenantId],
    }),
  ])
  return rows.map(toMember)
}

async function saveMember(sql: Sql, tenantId: TenantId, member: Member): Promise<void> {
  try {
    const rows = await sql.query({
      name: 'member_save',
      text: `insert into members as m (tenant_id, ${memberColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (tenant_id, id) do update set email = excluded.email, name = excluded.name, role = excluded.role,
          status = excluded.status, updated_at = excluded.updated_at, version = excluded.version
          where m.version = excluded.version - 1
        returning version`,
      values: [
        tenantId,
        member.id,
        member.userId,
        member.email,
        member.name,
        member.role,
        member.status,
        member.createdAt,
        member.updatedAt,
        member.version,
      ],
    })
    if (rows.length === 0)
      throw new AuronxError('version_conflict', 'The member was changed meanwhile')
  } catch (error) {
    throw asTaken(error, 'members_user', 'The user is a member already')
  }
}

async function saveInvitation(sql: Sql, tenantId: TenantId, invitation: Invitation): Promise<void> {
  try {
    await sql.query({
      name: 'invitation_save',
      text: `insert into invitations (tenant_id, ${invitationColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (tenant_id, id) do update set status = excluded.status`,
      values: [
        tenantId,
        invitation.id,
        invitation.email,
        invitation.role,
        invitation.tokenHash,
        invitation.invitedBy,
        invitation.status,
        invitation.createdAt,
        invitation.expiresAt,
      ],
    })
  } catch (error) {
    throw asTaken(error, 'invitations_pending', 'The address was invited at the same moment')
  }
}

/** A refusal by one unique index as `conflict`; everything else as it is. */
export function asTaken(error: unknown, index: string, message: string): unknown {
  return isAuronxError(error, 'storage_constraint') && error.details['constraint'] === index
    ? new AuronxError('conflict', message, { cause: error })
    : error
}

function toMember(row: SqlRow): Member {
  return {
    id: asId('MemberId', text(row, 'id')),
    userId: asId('UserId', text(row, 'user_id')),
    email: text(row, 'email'),
    name: text(row, 'name'),
    role: stored<Role>(text(row, 'role')),
    status: stored<Member['status']>(text(row, 'status')),
    createdAt: instant(row, 'created_at'),
    updatedAt: instant(row, 'updated_at'),
    version: integer(row, 'version'),
  }
}

function toInvitation(row: SqlRow): Invitation {
  return {
    id: text(row, 'id'),
    email: text(row, 'email'),
    role: stored<Role>(text(row, 'role')),
    tokenHash: text(row, 'token_hash'),
    invitedBy: asId('MemberId', text(row, 'invited_by')),
    status: stored<Invitation['status']>(text(row, 'status')),
    createdAt: instant(row, 'created_at'),
    expiresAt: instant(row, 'expires_at'),
  }
}
