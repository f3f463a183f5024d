import * as z from 'zod'
import { permissions, roles } from '../../kernel/index.ts'
import { route } from '../route.ts'
import { idParams, idSchema, instantSchema, nothingSchema, versionSchema } from '../wire.ts'

const role = z.enum(roles)
const permission = z.enum(permissions)

const memberSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role,
    status: z.enum(['active', 'suspended', 'removed']),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    version: versionSchema,
  })
  .meta({ id: 'Member' })

const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    role,
    invitedBy: idSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' })

const keyId = z.string().regex(/^[A-Za-z0-9]{12}$/)
const keySchema = z
  .object({
    id: keyId,
    name: z.string(),
    scopes: z.array(permission),
    createdBy: idSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema,
    lastUsedAt: instantSchema.optional(),
    revokedAt: instantSchema.optional(),
    previousUntil: instantSchema.optional(),
  })
  .meta({ id: 'ApiKey' })
const madeKeySchema = z
  .object({ key: keySchema, text: z.string().nullable().meta({ description: 'Shown this once' }) })
  .meta({ id: 'NewApiKey' })

const sessionSchema = z
  .object({
    id: idSchema,
    device: z.string().optional(),
    methods: z.array(z.string()),
    authenticatedAt: instantSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema,
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' })

const team = { tag: 'Team', query: nothingSchema } as const
const read = { ...team, method: 'GET', body: nothingSchema, params: nothingSchema } as const
const remove = { access: 'member:remove', params: idParams, match: 'required' } as const
const memberAct = {
  ...team,
  ...remove,
  method: 'POST',
  body: nothingSchema,
  response: memberSchema,
  problems: ['stronger', 'last_owner', 'illegal_transition'],
} as const
const keys = { ...team, tag: 'API keys', access: 'apikey:manage' } as const
const own = {
  ...team,
  tag: 'Account',
  access: 'member',
  body: nothingSchema,
} as const

/** People, keys and sessions. */
export const teamRoutes = {
  getMe: route({
    ...read,
    operation: 'getMe',
    tag: 'Account',
    access: 'signed_in',
    path: '/me',
    summary: 'Who this credential stands for and what it may do',
    response: z
      .object({
        kind: z.enum(['member', 'api_key']),
        id: z.string(),
        tenantId: idSchema,
        permissions: z.array(permission),
        mayGrant: z.object({ roles: z.array(role), scopes: z.array(permission) }).meta({
          description:
            'Roles this person may give others, and scopes a key of this person may have',
        }),
        authenticatedAt: instantSchema.optional(),
      })
      .meta({ id: 'Me' }),
  }),
  listMembers: route({
    ...read,
    operation: 'listMembers',
    access: 'member:read',
    path: '/members',
    summary: 'Everybody who works here',
    response: z.object({ data: z.array(memberSchema) }),
    isPersonal: true,
  }),
  changeRole: route({
    ...memberAct,
    operation: 'changeRole',
    method: 'PATCH',
    access: 'member:change_role',
    path: '/members/{id}',
    summary: 'Gives a member another role',
    body: z.strictObject({ role }),
  }),
  suspendMember: route({
    ...memberAct,
    operation: 'suspendMember',
    path: '/members/{id}/suspend',
    summary: 'Locks a member out, at once',
  }),
  reactivateMember: route({
    ...memberAct,
    operation: 'reactivateMember',
    path: '/members/{id}/reactivate',
    summary: 'Lets a member in again',
  }),
  removeMember: route({
    ...memberAct,
    operation: 'removeMember',
    method: 'DELETE',
    path: '/members/{id}',
    summary: 'Ends a membership, at once',
  }),
  leave: route({
    ...memberAct,
    operation: 'leave',
    access: 'member',
    path: '/members/{id}/leave',
    summary: 'Ends one’s own membership',
  }),
  listInvitations: route({
    ...read,
    operation: 'listInvitations',
    access: 'member:read',
    path: '/invitations',
    summary: 'Open invitations',
    response: z.object({ data: z.array(invitationSchema) }),
  }),
  invite: route({
    ...team,
    operation: 'invite',
    method: 'POST',
    access: 'member:invite',
    path: '/invitations',
    summary: 'Invites an address by mail',
    params: nothingSchema,
    body: z.strictObject({ email: z.email().max(254), role }),
    response: invitationSchema,
    status: 201,
    problems: ['stronger', 'already_member', 'too_many', 'too_soon'],
  }),
  revokeInvitation: route({
    ...team,
    operation: 'revokeInvitation',
    method: 'DELETE',
    access: 'member:invite',
    path: '/invitations/{id}',
    summary: 'Takes an open invitation back',
    params: idParams,
    body: nothingSchema,
    response: nothingSchema,
    status: 204,
  }),
  listApiKeys: route({
    ...read,
    ...keys,
    operation: 'listApiKeys',
    path: '/api-keys',
    summary: 'All keys, newest first',
    response: z.object({ data: z.array(keySchema) }),
  }),
  createApiKey: route({
    ...keys,
    operation: 'createApiKey',
    method: 'POST',
    path: '/api-keys',
    summary: 'Makes a key; its text is shown once',
    params: nothingSchema,
    body: z.strictObject({
      name: z.string().trim().min(1).max(120),
      scopes: z.array(permission).min(1).max(50),
      expiresAt: instantSchema.optional(),
    }),
    response: madeKeySchema,
    status: 201,
    shownOnce: ['text'],
    problems: ['no_scopes', 'never_for_keys', 'stronger', 'too_many'],
  }),
  rotateApiKey: route({
    ...keys,
    operation: 'rotateApiKey',
    method: 'POST',
    path: '/api-keys/{id}/rotate',
    summary: 'Gives a key a new secret; the old one holds on for a while',
    params: z.strictObject({ id: keyId }),
    body: z.strictObject({
      overlapMs: z
        .int()
        .min(0)
        .max(7 * 86_400_000)
        .optional(),
    }),
    response: madeKeySchema,
    shownOnce: ['text'],
    problems: ['never_for_keys', 'stronger'],
  }),
  revokeApiKey: route({
    ...keys,
    operation: 'revokeApiKey',
    method: 'DELETE',
    path: '/api-keys/{id}',
    summary: 'Ends a key, at once',
    params: z.strictObject({ id: keyId }),
    body: nothingSchema,
    response: nothingSchema,
    status: 204,
  }),
  listSessions: route({
    ...own,
    operation: 'listSessions',
    method: 'GET',
    path: '/sessions',
    summary: 'Where this person is signed in',
    params: nothingSchema,
    response: z.object({ data: z.array(sessionSchema) }),
  }),
  revokeSession: route({
    ...own,
    operation: 'revokeSession',
    method: 'DELETE',
    path: '/sessions/{id}',
    summary: 'Signs out somewhere, at once',
    params: idParams,
    response: nothingSchema,
    status: 204,
  }),
} as const
