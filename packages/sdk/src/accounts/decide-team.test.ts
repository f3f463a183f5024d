import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asId, permissions, rolePermissions, roles } from '../kernel/index.ts'
import type { Permission } from '../kernel/index.ts'
import { decideMember, mayInvite } from './decide-team.ts'
import type { Member } from './member.ts'

const at = new Date('2026-03-02T09:00:00Z')

function memberOf(id: string, change: Partial<Member>): Member {
  return {
    id: asId('MemberId', id),
    userId: asId('UserId', id),
    email: 'a@example.test',
    name: 'A',
    role: 'owner',
    status: 'active',
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...change,
  }
}

const someMember = fc.record({
  role: fc.constantFrom(...roles),
  status: fc.constantFrom('active', 'suspended', 'removed'),
} as const)
const command = fc.oneof(
  fc.record({ kind: fc.constant('change_role' as const), role: fc.constantFrom(...roles) }),
  fc.record({ kind: fc.constantFrom('suspend', 'reactivate', 'remove', 'leave') } as const),
)

test('nobody makes somebody more than they are themselves, or touches somebody who is more', () => {
  fc.assert(
    fc.property(someMember, command, fc.subarray([...permissions]), (change, wanted, held) => {
      const member = memberOf('m', change)
      const owners = [{ id: asId('MemberId', 'other') }]
      const decision = decideMember(member, wanted, { held, isSelf: false, owners })
      if (decision.kind === 'refused') return
      const has = (all: readonly Permission[]): boolean => all.every((one) => held.includes(one))
      expect(has(rolePermissions[member.role])).toBe(true)
      expect(has(rolePermissions[decision.change.role])).toBe(true)
    }),
  )
})

test('whatever a team does one after the other, it keeps an active owner', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...roles), { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.nat(5), fc.nat(5), command), { maxLength: 40 }),
      (others, steps) => {
        const team = ['owner' as const, ...others].map((role, index) =>
          memberOf(`m${index}`, { role }),
        )
        for (const [by, of, wanted] of steps) {
          const actor = team[by % team.length]
          const member = team[of % team.length]
          if (actor === undefined || member === undefined || actor.status !== 'active') continue
          const owners = team.filter(({ role, status }) => role === 'owner' && status === 'active')
          const held = rolePermissions[actor.role]
          const isSelf = actor.id === member.id
          const decision = decideMember(member, wanted, { held, isSelf, owners })
          if (decision.kind === 'allowed')
            team[team.indexOf(member)] = { ...member, ...decision.change }
          expect(team.some(({ role, status }) => role === 'owner' && status === 'active')).toBe(
            true,
          )
        }
      },
    ),
  )
})

test('inviting is for those who may, to roles within their own', () => {
  const pairs = roles.flatMap((by) =>
    roles.filter((role) => mayInvite(rolePermissions[by], role)).map((role) => `${by} ${role}`),
  )
  expect(pairs).toEqual([
    'owner owner',
    'owner admin',
    'owner agent',
    'owner viewer',
    'admin admin',
    'admin agent',
    'admin viewer',
  ])
})
