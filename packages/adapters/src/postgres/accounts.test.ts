import {
  asId,
  createIds,
  createTeam,
  isAuronxError,
  newTenantSettings,
  rolePermissions,
} from '@auronx/sdk'
import type { Actor, Member, Stores, TenantId } from '@auronx/sdk'
import { createAuth } from '@auronx/sdk/auth'
import type { Auth, KeySealer, SignedIn } from '@auronx/sdk/auth'
import {
  createFakeClock,
  createFakeMailer,
  createSeededRandom,
  memberOf,
} from '@auronx/sdk/testing'
import type { FakeClock, FakeMailer } from '@auronx/sdk/testing'
import { assert, describe, test } from 'vitest'
import { createPostgresStorage, openPostgresStores } from './storage.ts'
import { defaultNames, identityPrologue } from './tenant.ts'
import { eachEngine, openSubject } from './testing.ts'
import type { TestEngine } from './testing.ts'
import { createPostgresWork } from './work.ts'

const names = { issuer: 'https://shop.test', audience: 'auronx' }
const tenantsOfTwo = 100

// The bytes backwards under a mark: enough to show whether a sealed or a bare value is stored.
const sealer: KeySealer = {
  seal: async (_place, bytes) => Uint8Array.of(1, ...bytes.toReversed()),
  open: async (_place, bytes) => bytes.slice(1).toReversed(),
}

interface Floor {
  readonly auth: Auth<Stores>
  readonly clock: FakeClock
  readonly mailer: FakeMailer
  readonly secrets: string[]
  signUp(email: string): Promise<SignedIn>
}

async function openFloor(engine: TestEngine): Promise<Floor> {
  await openSubject(engine, openPostgresStores)
  const clock = createFakeClock()
  const mailer = createFakeMailer()
  const random = createSeededRandom(23)
  const auth = createAuth<Stores>({
    storage: createPostgresStorage(engine.client, defaultNames),
    mailer,
    sealer,
    names,
    clock,
    random,
    ids: createIds(clock, random),
    invitationLink: (token) => token,
  })
  const secrets: string[] = []
  return {
    auth,
    clock,
    mailer,
    secrets,
    async signUp(email) {
      const asked = await auth.codes.start({ email, locale: 'en' })
      if (asked.kind === 'refused') throw new Error(asked.reason)
      const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(mailer.sent.at(-1)?.text ?? '')?.[0] ?? ''
      secrets.push(code.replace('-', ''), asked.browser)
      await auth.codes.verify({ browser: asked.browser, code })
      const signedIn = await auth.entry.signUp({
        browser: asked.browser,
        name: 'Ann',
        company: 'Shop',
        locale: 'en',
        timeZone: 'Europe/Madrid',
        currency: 'EUR',
      })
      if (signedIn.kind === 'refused') throw new Error(signedIn.reason)
      secrets.push(signedIn.refreshToken, signedIn.accessToken)
      return signedIn
    },
  }
}

function actorOf(floor: Floor, tenantId: TenantId, { id }: Pick<Member, 'id'>): Actor {
  const authenticatedAt = floor.clock.now()
  const permissions = rolePermissions.owner
  return { tenantId, kind: 'staff', id, via: 'dashboard', permissions, authenticatedAt }
}

eachEngine((engine) => {
  test('a person signs up, is let in, refreshes, and is out after signing out', async () => {
    const floor = await openFloor(engine())
    const { auth } = floor
    const signedIn = await floor.signUp('ann@example.test')
    const request = { sessionToken: signedIn.accessToken }
    const principal = await auth.provider.authenticate(request)
    if (principal?.kind !== 'member') throw new Error('nobody')
    const { tenantId } = principal
    const work = auth.workOf(principal)
    const tenant = await work.run(tenantId, ({ accounts }) => accounts.tenant())
    assert.equal(tenant.settings.businessName, 'Shop')
    const refreshed = await auth.sessions.refresh(signedIn.refreshToken)
    assert.equal(refreshed.kind, 'signed_in')
    const actor = actorOf(floor, tenantId, { id: asId('MemberId', principal.memberId) })
    assert.isTrue(await auth.sessions.revoke(actor, signedIn.session.id))
    await assertUnauthenticated(work.run(tenantId, ({ accounts }) => accounts.tenant()))
    await assertUnauthenticated(auth.provider.authenticate(request))
  })

  describe('the session assertion', () => {
    const endings: Readonly<Record<string, string>> = {
      'a higher version of the session': 'update auronx.sessions set version = version + 1',
      'a revoked session': 'update auronx.sessions set revoked_at = created_at',
      'an idle session': 'update auronx.sessions set idle_expires_at = created_at',
      'a session past its end': 'update auronx.sessions set expires_at = created_at',
      'a changed membership': 'update auronx.members set version = version + 1',
      'a suspended membership': `update auronx.members set status = 'suspended'`,
      'a suspended tenant': `update auronx.tenants set status = 'suspended'`,
      'a closed tenant': `update auronx.tenants set status = 'closed'`,
      'a signing key that is gone': 'delete from auronx.signing_keys',
    }
    test.each(Object.entries(endings))(
      'refuses %s, before anything is written',
      async (_name, sql) => {
        const floor = await openFloor(engine())
        const { accessToken } = await floor.signUp('ann@example.test')
        const principal = await floor.auth.provider.authenticate({ sessionToken: accessToken })
        if (principal?.kind !== 'member') throw new Error('nobody')
        const work = floor.auth.workOf(principal)
        const rename = () =>
          work.run(principal.tenantId, async ({ accounts }) => {
            const tenant = await accounts.tenant()
            const settings = { ...tenant.settings, businessName: 'Renamed' }
            await accounts.saveTenant({ ...tenant, settings, version: tenant.version + 1 })
          })
        await rename()
        await engine().admin(sql)
        await assertUnauthenticated(rename())
        const [row] = await engine().admin(
          'select version from auronx.tenants order by version desc',
        )
        assert.equal(row?.['version'], 2)
      },
    )

    test('of one tenant does not hold in another', async () => {
      const floor = await openFloor(engine())
      const ann = await floor.signUp('ann@example.test')
      const ben = await floor.signUp('ben@example.test')
      const principal = await floor.auth.provider.authenticate({ sessionToken: ann.accessToken })
      if (principal === undefined) throw new Error('nobody')
      const work = floor.auth.workOf(principal)
      await assertUnauthenticated(work.run(ben.tenantId, ({ accounts }) => accounts.tenant()))
    })
  })

  test('a dump of the database shows none of the secrets that were handed out', async () => {
    const floor = await openFloor(engine())
    const { auth, secrets } = floor
    const { tenantId, refreshToken, session } = await floor.signUp('ann@example.test')
    const refreshed = await auth.sessions.refresh(refreshToken)
    if (refreshed.kind === 'signed_in') secrets.push(refreshed.refreshToken)
    const actor = actorOf(floor, tenantId, { id: session.memberId })
    const made = await auth.apiKeys.create(actor, { name: 'Till', scopes: ['order:read'] })
    if (made.kind === 'refused') throw new Error(made.reason)
    secrets.push(made.text, made.text.slice(-52, -9))
    await auth.team.invite(actor, { email: 'ben@example.test', role: 'agent' })
    secrets.push(/axi_[0-9a-f]{64}/.exec(floor.mailer.sent.at(-1)?.text ?? '')?.[0] ?? '')
    const whole = secrets.filter((secret) => secret.length >= 8)
    assert.equal(whole.length, 8)
    const tables = await engine().admin(`select relname as name from pg_class
      where relnamespace = 'auronx'::regnamespace and relkind = 'r'`)
    const dump: string[] = []
    for (const { name } of tables) {
      const rows = await engine().admin(`select t::text as row from auronx.${String(name)} t`)
      dump.push(...rows.map(({ row }) => String(row)))
    }
    assert.isTrue(dump.some((row) => row.includes('ann@example.test')))
    const found = whole.filter((secret) =>
      dump.some((row) => row.includes(secret) || row.includes(secret.slice(4))),
    )
    assert.deepEqual(found, [])
    console.log(`${engine().name}: ${dump.length} rows, 0 of ${whole.length} secrets found`)
  })

  test(
    'two owners who leave at the same moment: each tenant keeps one',
    { timeout: 60_000 },
    async () => {
      const subject = await openSubject(engine(), openPostgresStores)
      const team = createTeam({ ...subject, mailer: createFakeMailer() })
      const settings = newTenantSettings({
        company: 'Shop',
        locale: 'en',
        timeZone: 'Europe/Madrid',
        currency: 'EUR',
      })
      const pairs = await Promise.all(
        Array.from({ length: engine().name === 'PGlite' ? 10 : tenantsOfTwo }, async () => {
          const tenantId = subject.ids.next('TenantId')
          const owners = [memberOf(subject), memberOf(subject)]
          await subject.work.run(tenantId, async (stores) => {
            await stores.accounts.saveTenant({ id: tenantId, settings, version: 1 })
            for (const owner of owners) await stores.team.saveMember(owner)
          })
          return { tenantId, owners }
        }),
      )
      const outcomes = await Promise.all(
        pairs.flatMap(({ tenantId, owners }) =>
          owners.map(async ({ id }) => {
            const actor: Actor = { tenantId, kind: 'staff', id, via: 'dashboard' }
            const left = await team.act(actor, id, 'leave')
            return left.kind === 'changed' ? 'left' : left.reason
          }),
        ),
      )
      const left = outcomes.filter((outcome) => outcome === 'left').length
      const without = await engine().admin(`select tenant_id from auronx.members group by tenant_id
      having count(*) filter (where role = 'owner' and status = 'active') = 0`)
      console.log(
        `${engine().name}: ${pairs.length} tenants of two leaving owners, ${left} left, ${without.length} tenants without one`,
      )
      assert.deepEqual([left, without.length], [pairs.length, 0])
      assert.equal(outcomes.filter((outcome) => outcome === 'last_owner').length, pairs.length)
    },
  )

  test('fifty tabs that refresh at once share one successor, on many connections', async () => {
    const floor = await openFloor(engine())
    const { refreshToken } = await floor.signUp('ann@example.test')
    const all = await Promise.all(
      Array.from({ length: 50 }, () => floor.auth.sessions.refresh(refreshToken)),
    )
    const successors = new Set(
      all.map((one) => (one.kind === 'signed_in' ? one.refreshToken : one.reason)),
    )
    const families = await engine().admin('select distinct session_id from auronx.refresh_tokens')
    console.log(
      `${engine().name}: 50 tabs, ${successors.size} successor, ${families.length} family`,
    )
    assert.deepEqual([successors.size, families.length], [1, 1])
    const [tokens] = await engine().admin(
      'select count(*)::integer as count from auronx.refresh_tokens',
    )
    assert.equal(tokens?.['count'], 2)
  })

  test('thirty requests for a code at once pass no budget', async () => {
    const floor = await openFloor(engine())
    const asked = await Promise.all(
      Array.from({ length: 30 }, () =>
        floor.auth.codes.start({ email: 'ann@example.test', locale: 'en' }),
      ),
    )
    assert.equal(asked.filter(({ kind }) => kind === 'sent').length, 5)
    assert.equal(floor.mailer.sent.length, 5)
  })

  test('one code given twenty times at once proves once; twenty wrong ones count five', async () => {
    const floor = await openFloor(engine())
    const asked = await floor.auth.codes.start({ email: 'ann@example.test', locale: 'en' })
    if (asked.kind === 'refused') throw new Error(asked.reason)
    const { browser } = asked
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(floor.mailer.sent.at(-1)?.text ?? '')?.[0] ?? ''
    const twenty = (given: string, of: string) =>
      Promise.all(
        Array.from({ length: 20 }, () => floor.auth.codes.verify({ browser: of, code: given })),
      )
    const right = await twenty(code, browser)
    assert.equal(right.filter(({ kind }) => kind === 'verified').length, 1)
    const second = await floor.auth.codes.start({ email: 'ben@example.test', locale: 'en' })
    if (second.kind === 'refused') throw new Error(second.reason)
    const wrong = await twenty('AAAAAAAA', second.browser)
    const counted = wrong.filter((one) => one.kind === 'refused' && one.reason === 'wrong_code')
    assert.equal(counted.length, 5)
  })

  test('a person sees no tenant and a tenant sees no person, whatever the statement asks', async () => {
    const floor = await openFloor(engine())
    const { tenantId } = await floor.signUp('ann@example.test')
    const work = createPostgresWork(engine().client, defaultNames, (sql) => sql)
    for (const table of ['users', 'sign_in_attempts', 'passkeys']) {
      const statement = { name: '', text: `select * from ${table}`, values: [] }
      const outcome = await work
        .run(tenantId, (sql) => sql.query(statement))
        .then(
          () => 'visible',
          (error: unknown) => isAuronxError(error, 'storage_role'),
        )
      assert.strictEqual(outcome, true, table)
    }
    const prologue = identityPrologue(defaultNames)
    for (const table of ['members', 'sessions', 'tenants', 'api_keys', 'contacts']) {
      const statement = { name: '', text: `select * from ${table}`, values: [] }
      const outcome = await engine()
        .client.transaction([prologue], (sql) => sql.query(statement))
        .then(
          () => 'visible',
          (error: unknown) => isAuronxError(error, 'storage_role'),
        )
      assert.strictEqual(outcome, true, table)
    }
  })
})

async function assertUnauthenticated(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'resolved',
    (error: unknown) => (isAuronxError(error, 'unauthenticated') ? 'unauthenticated' : error),
  )
  assert.equal(outcome, 'unauthenticated')
}
