import { asId, createTeam, mayGrantRole, neverForKeys, roles } from '@auronx/sdk'
import type { Mail, Mailer, Member, MemberOutcome, Team } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { createApiKeys, createOwnSessions } from '@auronx/sdk/auth'
import type { ApiKeyMade, ApiKeys, ApiKeyView } from '@auronx/sdk/auth'
import { bind } from '../../api/call.ts'
import type { Bound, Call } from '../../api/call.ts'
import { refused } from '../../api/problem.ts'
import type { Refused } from '../../api/problem.ts'
import { principalId } from '../../api/run.ts'
import { iso, isoOr } from './views.ts'

interface ById {
  readonly params: { readonly id: string }
}

const memberId = ({ params }: ById) => asId('MemberId', params.id)

/** Who is asking, members, invitations, API keys, sessions. */
export const teamBounds: readonly Bound[] = [
  bind(api.getMe, async ({ principal }) => ({
    kind: principal.kind,
    id: principalId(principal),
    tenantId: principal.tenantId,
    permissions: [...principal.permissions],
    mayGrant: mayGrant(principal),
    authenticatedAt: principal.kind === 'member' ? isoOr(principal.authenticatedAt) : undefined,
  })),
  bind(api.listMembers, async (call) => ({
    data: (await teamOf(call).members(call.actor)).map(memberView),
  })),
  bind(
    api.changeRole,
    async (call, input) =>
      changed(await teamOf(call).changeRole(call.actor, memberId(input), input.body.role)),
    versionOf,
  ),
  bind(api.suspendMember, (call, input) => act(call, input, 'suspend'), versionOf),
  bind(api.reactivateMember, (call, input) => act(call, input, 'reactivate'), versionOf),
  bind(api.removeMember, (call, input) => act(call, input, 'remove'), versionOf),
  bind(api.leave, (call, input) => act(call, input, 'leave'), versionOf),
  bind(api.listInvitations, async (call) => ({
    data: (await teamOf(call).invitations(call.actor)).map(invitationView),
  })),
  bind(api.invite, async (call, { body }) => {
    const outcome = await teamOf(call).invite(call.actor, body)
    return outcome.kind === 'refused' ? refused(outcome.reason) : invitationView(outcome.invitation)
  }),
  bind(api.revokeInvitation, async (call, { params }) =>
    (await teamOf(call).revokeInvitation(call.actor, params.id)) ? {} : refused('not_found'),
  ),
  bind(api.listApiKeys, async (call) => ({
    data: (await keysOf(call).list(call.actor)).map(keyView),
  })),
  bind(api.createApiKey, async (call, { body }) => {
    const { name, scopes, expiresAt } = body
    const until = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }
    return made(await keysOf(call).create(call.actor, { name, scopes, ...until }))
  }),
  bind(api.rotateApiKey, async (call, { params, body }) =>
    made(await keysOf(call).rotate(call.actor, params.id, body.overlapMs)),
  ),
  bind(api.revokeApiKey, async (call, { params }) =>
    (await keysOf(call).revoke(call.actor, params.id)) ? {} : refused('not_found'),
  ),
  bind(api.listSessions, async ({ deps, work, actor, principal }) => {
    const current = principal.kind === 'member' ? principal.session?.sessionId : undefined
    const sessions = await createOwnSessions({ ...deps, work }).list(actor)
    return {
      data: sessions.map(({ id, device, methods, authenticatedAt, createdAt, expiresAt }) => ({
        id,
        device,
        methods: [...methods],
        authenticatedAt: iso(authenticatedAt),
        createdAt: iso(createdAt),
        expiresAt: iso(expiresAt),
        isCurrent: id === current,
      })),
    }
  }),
  bind(api.revokeSession, async ({ deps, work, actor }, { params }) =>
    (await createOwnSessions({ ...deps, work }).revoke(actor, asId('SessionId', params.id)))
      ? {}
      : refused('not_found'),
  ),
]

// A key makes no keys and gives no roles.
function mayGrant({ kind, permissions: held }: Call['principal']) {
  if (kind === 'api_key') return { roles: [], scopes: [] }
  return {
    roles: roles.filter((role) => held.includes('member:invite') && mayGrantRole(held, role)),
    scopes: held.includes('apikey:manage')
      ? held.filter((scope) => !neverForKeys.includes(scope))
      : [],
  }
}

function teamOf({ deps, work, afterCommit }: Call): Team {
  const { invitationLink } = deps
  // A mail leaves when what it tells is committed, never from inside of the transaction.
  const mailer: Mailer = {
    async send(mail) {
      afterCommit(() => void sendLater(deps, mail))
      return { kind: 'accepted' }
    },
  }
  return createTeam({
    ...deps,
    work,
    mailer,
    ...(invitationLink === undefined ? {} : { invitationLink }),
  })
}

async function sendLater({ mailer, logger }: Call['deps'], mail: Mail): Promise<void> {
  const outcome = await mailer.send(mail).catch(() => ({ kind: 'failed' }))
  if (outcome.kind !== 'accepted') logger.warn('api: a mail was not sent', { kind: mail.kind })
}

function keysOf({ deps, work }: Call): ApiKeys {
  return createApiKeys({ ...deps, work, environment: deps.keyEnvironment ?? 'live' })
}

async function versionOf({ work, actor }: Call, input: ById): Promise<number | undefined> {
  const member = await work.run(actor.tenantId, ({ team }) => team.member(memberId(input)))
  return member?.version
}

async function act(
  call: Call,
  input: ById,
  command: 'suspend' | 'reactivate' | 'remove' | 'leave',
): Promise<ReturnType<typeof memberView> | Refused> {
  return changed(await teamOf(call).act(call.actor, memberId(input), command))
}

function changed(outcome: MemberOutcome): ReturnType<typeof memberView> | Refused {
  return outcome.kind === 'refused' ? refused(outcome.reason) : memberView(outcome.member)
}

function memberView({ id, email, name, role, status, createdAt, updatedAt, version }: Member) {
  const times = { createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
  return { id, email, name, role, status, ...times, version }
}

function invitationView(one: Awaited<ReturnType<Team['invitations']>>[number]) {
  const { id, email, role, invitedBy, createdAt, expiresAt } = one
  return { id, email, role, invitedBy, createdAt: iso(createdAt), expiresAt: iso(expiresAt) }
}

function keyView({ id, name, scopes, createdBy, createdAt, expiresAt, ...rest }: ApiKeyView) {
  return {
    id,
    name,
    scopes: [...scopes],
    createdBy,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    lastUsedAt: isoOr(rest.lastUsedAt),
    revokedAt: isoOr(rest.revokedAt),
    previousUntil: isoOr(rest.previousUntil),
  }
}

function made(outcome: ApiKeyMade) {
  if (outcome.kind === 'refused') return refused(outcome.reason)
  return { key: keyView(outcome.key), text: outcome.text }
}
