import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asId, rolePermissions, roles } from '@auronx/sdk'
import type { Permission } from '@auronx/sdk'
import { routes } from '@auronx/sdk/api'
import type { Route } from '@auronx/sdk/api'
import { parseKey } from '@auronx/sdk/auth'
import { bodyOf } from './bodies.ts'
import { createCheckedClient } from './checked.ts'
import type { CheckedClient } from './checked.ts'
import { openApiFloor, seedBusiness } from './floor.ts'
import type { ApiBusiness, ApiFloor, SeededBusiness } from './floor.ts'

interface Caller {
  readonly name: string
  readonly token?: string
  /** Nothing: the door is shut whatever it asks. */
  readonly permissions?: readonly Permission[]
  readonly isKey?: boolean
}

let floor: ApiFloor
let client: CheckedClient
let shop: ApiBusiness
let foreign: ApiBusiness
let own: SeededBusiness
let callers: readonly Caller[]
let others: Readonly<Record<string, string>>

beforeAll(async () => {
  floor = await openApiFloor({ streams: 1_000 })
  client = createCheckedClient(floor.url)
  shop = await floor.signUp('owner@shop.test')
  foreign = await floor.signUp('owner@other.test')
  own = await seedBusiness(floor, shop.tenantId)
  await seedBusiness(floor, foreign.tenantId)
  const joined = await Promise.all(
    roles
      .filter((role) => role !== 'owner')
      .map(async (role) => ({
        name: role,
        permissions: rolePermissions[role],
        token: (await floor.join(shop, `${role}@shop.test`, role)).token,
      })),
  )
  const gone = await floor.join(shop, 'gone@shop.test', 'admin')
  await floor.auth.sessions.revokeAll(gone.actor)
  const scopes: readonly Permission[] = ['order:read', 'catalog:read', 'catalog:write']
  const invited = await floor.auth.team.invite(shop.owner, {
    email: 'new@shop.test',
    role: 'viewer',
  })
  const [session] = await floor.auth.sessions.list(shop.owner)
  const conversationId = asId('ConversationId', own.conversationId)
  const reply = { kind: 'text', body: 'Hello' } as const
  const sent = await floor.auronx.replies.send(shop.owner, conversationId, reply)
  const text = await floor.key(shop, ['order:read'])
  others = {
    invitations: invited.kind === 'invited' ? invited.invitation.id : '',
    sessions: session?.id ?? '',
    sends: sent.kind === 'stored' ? sent.entry.id : '',
    'api-keys': parseKey(text)?.id ?? '',
    'dead-events': randomUUID(),
    'dead-jobs': randomUUID(),
  }
  callers = [
    { name: 'owner', permissions: rolePermissions.owner, token: shop.token },
    ...joined,
    { name: 'foreign tenant', permissions: rolePermissions.owner, token: foreign.token },
    { name: 'nobody' },
    { name: 'scoped key', permissions: scopes, isKey: true, token: await floor.key(shop, scopes) },
    { name: 'revoked session', token: gone.token },
  ]
})

afterAll(() => floor.close())

function isLetIn(route: Route, { permissions = [], isKey = false }: Caller): boolean {
  if (route.access === 'signed_in') return true
  return route.access === 'member' ? !isKey : permissions.includes(route.access)
}

test('every route gives each of eight principals what the matrix says', async () => {
  const wrong: string[] = []
  let count = 0
  for (const route of routes) {
    for (const caller of callers) {
      const { status, code } = await client.send(route, caller)
      count += 1
      const isIn = caller.permissions !== undefined && isLetIn(route, caller)
      const isShut = code === 'unauthenticated' || code === 'not_permitted'
      const shut = caller.permissions === undefined ? 'unauthenticated' : 'not_permitted'
      if (isIn ? isShut : code !== shut)
        wrong.push(`${caller.name} ${route.operation}: ${status} ${code}`)
      if (status >= 500) wrong.push(`${caller.name} ${route.operation}: ${status}`)
    }
  }
  console.info(`${count} of ${routes.length} routes × ${callers.length} principals`)
  expect(wrong).toEqual([])
  expect(count).toBe(routes.length * 8)
}, 60_000)

test('every route with an id answers 404 for what belongs to another business', async () => {
  const wrong: string[] = []
  const named = routes.filter(({ path }) => path.includes('{id}'))
  for (const route of named) {
    const { status, code } = await client.send(route, { token: foreign.token, id: idFor(route) })
    if (status !== 404) wrong.push(`${route.operation}: ${status} ${code}`)
  }
  console.info(`${named.length} routes with a foreign id`)
  expect(named.length).toBeGreaterThan(30)
  expect(wrong).toEqual([])
})

test('every command refuses an unknown field and every route an unknown parameter', async () => {
  const wrong: string[] = []
  const writes = routes.filter(({ method }) => method !== 'GET')
  for (const route of writes) {
    const body = { ...bodyOf(route), isAdmin: true }
    const answer = await client.send(route, { token: shop.token, id: idFor(route), body })
    if (answer.status !== 422 || !JSON.stringify(answer.body).includes('"/isAdmin"'))
      wrong.push(`${route.operation}: ${answer.status} ${answer.code}`)
  }
  for (const route of routes) {
    const { status } = await client.send(route, {
      token: shop.token,
      id: idFor(route),
      query: '?tenantId=1',
    })
    if (status !== 400) wrong.push(`${route.operation}?: ${status}`)
  }
  console.info(
    `${writes.length} commands with an unknown field, ${routes.length} routes with an unknown parameter`,
  )
  expect(wrong).toEqual([])
})

test('every read of what is there answers as the document says', async () => {
  const wrong: string[] = []
  const reads = routes.filter(({ method }) => method === 'GET')
  let seen = 0
  for (const route of reads) {
    const { status, code } = await client.send(route, { token: shop.token, id: idFor(route) })
    if (status === 200) seen += 1
    if (status !== 200 && route.operation !== 'getChannelHealth')
      wrong.push(`${route.operation}: ${status} ${code}`)
  }
  console.info(`${seen} of ${reads.length} reads, ${client.checked()} answers against the document`)
  expect(wrong).toEqual([])
})

function idFor({ path }: Route): string {
  const [, resource = ''] = path.split('/')
  const known: Readonly<Record<string, string>> = {
    orders: own.orderId,
    products: own.productId,
    variants: own.variantId,
    conversations: own.conversationId,
    contacts: own.contactId,
    channels: own.channelId,
    members: shop.owner.id,
  }
  const found = known[resource] ?? others[resource]
  return found ?? (path.includes('{id}') ? never(path) : '')
}

function never(path: string): never {
  throw new Error(`No id for ${path}`)
}
