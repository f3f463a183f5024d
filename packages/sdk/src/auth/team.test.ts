import { describe, expect, test } from 'vitest'
import { rolePermissions } from '../kernel/index.ts'
import { invitationMs, maxOpenInvitations, reinviteAfterMs } from '../accounts/index.ts'
import { invitationToken, openAuth } from './auth.fixture.ts'
import { codeBudget } from './decide-attempt.ts'
import type { AuthFloor } from './auth.fixture.ts'
import { maxOwnedTenants } from './entry.ts'

const accept = async (floor: AuthFloor, email: string, token: string) =>
  floor.auth.entry.accept({
    browser: await floor.prove(email),
    token,
    profile: { name: 'Ben', locale: 'es' },
  })

describe('signing up', () => {
  test('makes a business with its owner, who is in at once', async () => {
    const floor = openAuth()
    const { tenantId, owner, signedIn } = await floor.signUp('ann@example.test')
    expect(owner).toMatchObject({ role: 'owner', status: 'active', name: 'Ann Owner', version: 1 })
    const stored = await floor.storage.work.run(tenantId, ({ accounts }) => accounts.tenant())
    expect(stored.settings).toMatchObject({ businessName: 'Coffee shop', currency: 'EUR' })
    const user = await floor.storage.identity.run(({ users }) => users.get(owner.userId))
    expect(user).toMatchObject({ email: 'ann@example.test', phone: '+15550100042' })
    expect(signedIn.session.methods).toEqual(['otp'])
  })

  test.each([
    [{ company: ' ' }, 'invalid_input'],
    [{ name: '' }, 'invalid_input'],
    [{ phone: 'call me' }, 'invalid_input'],
    [{ timeZone: '+02:00' }, 'unknown_time_zone'],
    [{ currency: 'EURO' }, 'unknown_currency'],
  ])('refuses %j and keeps the proof for another try', async (change, code) => {
    const floor = openAuth()
    const browser = await floor.prove('ann@example.test')
    const whole = {
      browser,
      name: 'Ann',
      company: 'Shop',
      locale: 'en',
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
    } as const
    await expect(floor.auth.entry.signUp({ ...whole, ...change })).rejects.toMatchObject({ code })
    expect(await floor.auth.entry.signUp(whole)).toMatchObject({ kind: 'signed_in' })
  })

  test('gives one person ten businesses at most', async () => {
    const floor = openAuth({ budget: { ...codeBudget, perAddress: 100, inAll: 100 } })
    for (let count = 0; count < maxOwnedTenants; count += 1) await floor.signUp('ann@example.test')
    await expect(floor.signUp('ann@example.test')).rejects.toThrow('too_many')
  })
})

describe('an invitation', () => {
  test('brings its address in with its role, once', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const signedIn = await floor.join(business, 'ben@example.test', 'agent')
    expect(signedIn.tenantId).toBe(business.tenantId)
    const ben = await floor.member(business.tenantId, 'ben@example.test')
    expect(ben.role).toBe('agent')
    expect(await accept(floor, 'ben@example.test', invitationToken(floor.mailer))).toMatchObject({
      reason: 'void',
    })
    expect(await floor.auth.team.invitations(business.actor)).toEqual([])
  })

  test('is for its address only, until it expires, and is named in the mail but not stored', async () => {
    const floor = openAuth()
    const { actor } = await floor.signUp('ann@example.test')
    await floor.auth.team.invite(actor, { email: 'Ben@Example.test', role: 'agent' })
    const token = invitationToken(floor.mailer)
    expect(JSON.stringify(await floor.auth.team.invitations(actor))).not.toContain(token.slice(4))
    expect(await accept(floor, 'eve@example.test', token)).toMatchObject({
      reason: 'other_address',
    })
    expect(await accept(floor, 'ben@example.test', `${token}0`)).toMatchObject({
      reason: 'unknown',
    })
    floor.clock.advance(invitationMs)
    expect(await accept(floor, 'ben@example.test', token)).toMatchObject({ reason: 'expired' })
  })

  test('that was refused leaves the proof for another one', async () => {
    const floor = openAuth()
    const { actor } = await floor.signUp('ann@example.test')
    const browser = await floor.prove('ben@example.test')
    const profile = { name: 'Ben', locale: 'en' } as const
    expect(await floor.auth.entry.accept({ browser, token: 'axi_none', profile })).toMatchObject({
      reason: 'unknown',
    })
    await floor.auth.team.invite(actor, { email: 'ben@example.test', role: 'agent' })
    const token = invitationToken(floor.mailer)
    expect(await floor.auth.entry.accept({ browser, token, profile })).toMatchObject({
      kind: 'signed_in',
    })
  })

  test('of the same address replaces the one before', async () => {
    const floor = openAuth()
    const { actor } = await floor.signUp('ann@example.test')
    await floor.auth.team.invite(actor, { email: 'ben@example.test', role: 'viewer' })
    const first = invitationToken(floor.mailer)
    expect(
      await floor.auth.team.invite(actor, { email: 'ben@example.test', role: 'agent' }),
    ).toMatchObject({ reason: 'too_soon' })
    floor.clock.advance(reinviteAfterMs)
    await floor.auth.team.invite(actor, { email: 'ben@example.test', role: 'agent' })
    const second = invitationToken(floor.mailer)
    expect(await floor.auth.team.invitations(actor)).toHaveLength(1)
    expect(await accept(floor, 'ben@example.test', first)).toMatchObject({ reason: 'void' })
    expect(await accept(floor, 'ben@example.test', second)).toMatchObject({ kind: 'signed_in' })
  })

  test('is worth what its inviter may still give', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const { tenantId } = business
    await floor.join(business, 'ben@example.test', 'admin')
    const ben = await floor.member(tenantId, 'ben@example.test')
    await floor.auth.team.invite(floor.actorOf(ben, tenantId), {
      email: 'cat@example.test',
      role: 'admin',
    })
    const token = invitationToken(floor.mailer)
    await floor.auth.team.changeRole(business.actor, ben.id, 'agent')
    expect(await accept(floor, 'cat@example.test', token)).toMatchObject({ reason: 'void' })
  })

  test('comes from people with the right, for roles they could have', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const { actor, tenantId } = business
    await floor.join(business, 'ben@example.test', 'admin')
    const admin = floor.actorOf(await floor.member(tenantId, 'ben@example.test'), tenantId)
    const invite = (as: typeof actor, role: 'owner' | 'agent', email = 'new@example.test') =>
      floor.auth.team.invite(as, { email, role })
    expect(await invite(admin, 'owner')).toMatchObject({ reason: 'stronger' })
    expect(await invite(admin, 'agent')).toMatchObject({ kind: 'invited', isSent: true })
    expect(await invite(actor, 'owner', 'cat@example.test')).toMatchObject({ kind: 'invited' })
    floor.clock.advance(reinviteAfterMs)
    expect(await invite(admin, 'agent', 'cat@example.test')).toMatchObject({ reason: 'stronger' })
    const weak = { ...actor, permissions: rolePermissions.agent }
    expect(await invite(weak, 'agent')).toMatchObject({ reason: 'not_permitted' })
    const key = { ...actor, kind: 'integration' } as const
    expect(await invite(key, 'agent')).toMatchObject({ reason: 'not_permitted' })
    expect(await invite(actor, 'agent', 'ben@example.test')).toMatchObject({
      reason: 'already_member',
    })
    await expect(invite(actor, 'agent', 'nobody')).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('is one of fifty open ones at most', async () => {
    const floor = openAuth()
    const { actor } = await floor.signUp('ann@example.test')
    for (let count = 0; count < maxOpenInvitations; count += 1)
      await floor.auth.team.invite(actor, { email: `p${count}@example.test`, role: 'viewer' })
    expect(
      await floor.auth.team.invite(actor, { email: 'one@example.test', role: 'viewer' }),
    ).toMatchObject({ reason: 'too_many' })
    floor.clock.advance(reinviteAfterMs)
    expect(
      await floor.auth.team.invite(actor, { email: 'p1@example.test', role: 'agent' }),
    ).toMatchObject({ kind: 'invited' })
  })

  test('taken back brings nobody in and touches no member', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const invited = await floor.auth.team.invite(business.actor, {
      email: 'ben@example.test',
      role: 'agent',
    })
    const id = invited.kind === 'invited' ? invited.invitation.id : ''
    expect(await floor.auth.team.revokeInvitation(business.actor, id)).toBe(true)
    expect(await floor.auth.team.revokeInvitation(business.actor, id)).toBe(false)
    expect(await accept(floor, 'ben@example.test', invitationToken(floor.mailer))).toMatchObject({
      reason: 'void',
    })
    expect(await floor.auth.team.members(business.actor)).toHaveLength(1)
  })
})

describe('the last owner', () => {
  test('can neither leave, nor be removed, suspended or made less', async () => {
    const floor = openAuth()
    const { actor, owner } = await floor.signUp('ann@example.test')
    const { team } = floor.auth
    const refusal = { kind: 'refused', reason: 'last_owner' }
    expect(await team.act(actor, owner.id, 'leave')).toEqual(refusal)
    expect(await team.act(actor, owner.id, 'remove')).toEqual(refusal)
    expect(await team.act(actor, owner.id, 'suspend')).toEqual(refusal)
    expect(await team.changeRole(actor, owner.id, 'admin')).toEqual(refusal)
  })

  test('may go once there is another, and a member returns with a new invitation', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const { tenantId, actor, owner } = business
    await floor.join(business, 'ben@example.test', 'owner')
    const ben = floor.actorOf(await floor.member(tenantId, 'ben@example.test'), tenantId)
    expect(await floor.auth.team.act(actor, owner.id, 'leave')).toMatchObject({ kind: 'changed' })
    expect(await floor.auth.team.act(actor, owner.id, 'leave')).toMatchObject({
      reason: 'not_found',
    })
    await floor.auth.team.invite(ben, { email: 'ann@example.test', role: 'viewer' })
    const back = await accept(floor, 'ann@example.test', invitationToken(floor.mailer))
    expect(back).toMatchObject({ kind: 'signed_in' })
    expect((await floor.member(tenantId, 'ann@example.test')).id).not.toBe(owner.id)
  })

  test('a change of roles wants a recent sign-in and leaves an event without names', async () => {
    const floor = openAuth()
    const business = await floor.signUp('ann@example.test')
    const { tenantId, actor } = business
    await floor.join(business, 'ben@example.test', 'agent')
    const ben = await floor.member(tenantId, 'ben@example.test')
    await floor.auth.team.changeRole(actor, ben.id, 'admin')
    const events = await floor.storage.work.run(tenantId, (stores) =>
      stores.events.ofAggregate('member', ben.id),
    )
    expect(events.map(({ type, data }) => [type, data['role']])).toEqual([
      ['member.joined', 'agent'],
      ['member.role_changed', 'admin'],
    ])
    expect(JSON.stringify(events)).not.toMatch(/ben@|permissions|authenticatedAt/)
    floor.clock.advance(5 * 60_000 + 1)
    expect(await floor.auth.team.changeRole(actor, ben.id, 'viewer')).toMatchObject({
      reason: 'reauthentication_required',
    })
  })
})
