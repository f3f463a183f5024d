import type { Member, Membership } from '../accounts/index.ts'
import type { Storage, Stores } from '../auronx.ts'
import { createIds, rolePermissions } from '../kernel/index.ts'
import type { Actor, Ids, Random, Role, TenantId } from '../kernel/index.ts'
import { createFakeMailer } from '../notifications/index.ts'
import type { FakeMailer } from '../notifications/index.ts'
import { createFakeClock, createMemoryStorage, createSeededRandom } from '../testing/index.ts'
import type { FakeClock } from '../testing/index.ts'
import { createAuth } from './auth.ts'
import type { Auth, AuthOptions } from './auth.ts'
import type { KeySealer } from './key-ring.ts'
import type { SignedIn } from './sessions.ts'

/** A signed-in owner of a new business. */
export interface Business {
  readonly signedIn: SignedIn
  readonly tenantId: TenantId
  readonly owner: Member
  /** The owner, just signed in. */
  readonly actor: Actor
}

/** Authentication with everything around it, for tests. */
export interface AuthFloor {
  readonly auth: Auth<Stores>
  readonly storage: Storage
  readonly clock: FakeClock
  readonly ids: Ids
  readonly random: Random
  readonly mailer: FakeMailer
  /** The code in the newest mail to an address. */
  code(email: string): string
  /** Proves an address to a new browser. */
  prove(email: string): Promise<string>
  signUp(email: string): Promise<Business>
  /** Adds a member by invitation and acceptance. */
  join(business: Business, email: string, role: Role): Promise<SignedIn>
  member(tenantId: TenantId, email: string): Promise<Member>
  actorOf(member: Member, tenantId: TenantId): Actor
  places(signedIn: SignedIn): Promise<readonly Membership[]>
}

/** Names that the tests' tokens carry. */
export const testNames = { issuer: 'https://shop.test', audience: 'auronx' } as const

/** Opens authentication over a storage; in memory by default. */
export function openAuth(
  change: Partial<AuthOptions<Stores>> & { readonly storage?: Storage } = {},
): AuthFloor {
  const clock = createFakeClock()
  const random = createSeededRandom(7)
  const ids = createIds(clock, random)
  const mailer = createFakeMailer()
  const storage = change.storage ?? createMemoryStorage()
  const sealer = createTestSealer()
  const base = {
    clock,
    random,
    ids,
    mailer,
    sealer,
    names: testNames,
    invitationLink: (token: string) => token,
    signInLink: (code: string) => `https://shop.test/sign-in#${code}`,
  }
  const auth = createAuth<Stores>({ ...base, ...change, storage })
  const parts = { auth, storage, clock, ids, random, mailer }
  const code = (email: string): string => {
    const mail = mailer.sent.findLast(({ to, kind }) => to === email && kind === 'sign_in_code')
    return /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? ''
  }
  const prove = async (email: string): Promise<string> => {
    const asked = await auth.codes.start({ email, locale: 'en' })
    if (asked.kind === 'refused') throw new Error(asked.reason)
    const verified = await auth.codes.verify({ browser: asked.browser, code: code(email) })
    if (verified.kind === 'refused') throw new Error(verified.reason)
    return asked.browser
  }
  return { ...parts, code, prove, ...peopleOf(parts, prove) }
}

type Parts = Pick<AuthFloor, 'auth' | 'storage' | 'clock' | 'mailer'>

function peopleOf(
  { auth, storage, clock, mailer }: Parts,
  prove: AuthFloor['prove'],
): Pick<AuthFloor, 'signUp' | 'join' | 'member' | 'actorOf' | 'places'> {
  const member = async (tenantId: TenantId, email: string): Promise<Member> => {
    const all = await storage.work.run(tenantId, ({ team }) => team.members())
    const found = all.find((one) => one.email === email)
    if (found === undefined) throw new Error('No such member')
    return found
  }
  const actorOf = ({ id, role }: Member, tenantId: TenantId): Actor => ({
    tenantId,
    kind: 'staff',
    id,
    via: 'dashboard',
    permissions: rolePermissions[role],
    authenticatedAt: clock.now(),
  })
  return {
    member,
    actorOf,
    places: ({ session }) => storage.access.membershipsOf(session.userId),
    async signUp(email) {
      const signedIn = await auth.entry.signUp({
        browser: await prove(email),
        name: 'Ann Owner',
        phone: '+1 555 010 0042',
        company: 'Coffee shop',
        locale: 'en',
        timeZone: 'Europe/Madrid',
        currency: 'EUR',
      })
      if (signedIn.kind === 'refused') throw new Error(signedIn.reason)
      const { tenantId } = signedIn
      const owner = await member(tenantId, email)
      return { signedIn, tenantId, owner, actor: actorOf(owner, tenantId) }
    },
    async join({ actor }, email, role) {
      const invited = await auth.team.invite(actor, { email, role })
      if (invited.kind === 'refused') throw new Error(invited.reason)
      const signedIn = await auth.entry.accept({
        browser: await prove(email),
        token: invitationToken(mailer),
        profile: { name: 'Ben', locale: 'en' },
      })
      if (signedIn.kind === 'refused') throw new Error(signedIn.reason)
      return signedIn
    },
  }
}

/** The token of the newest invitation; the tests' link is the token itself. */
export function invitationToken(mailer: FakeMailer): string {
  const mail = mailer.sent.findLast(({ kind }) => kind === 'invitation')
  return /axi_[0-9a-f]{64}/.exec(mail?.text ?? '')?.[0] ?? ''
}

/** Real AES-256-GCM under a key of its own, bound to the place. */
export function createTestSealer(): KeySealer {
  const key = crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const how = (place: object, iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(JSON.stringify(place)),
  })
  return {
    async seal(place, bytes) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt(how(place, iv), await key, Uint8Array.from(bytes))
      return Uint8Array.of(...iv, ...new Uint8Array(sealed))
    },
    async open(place, bytes) {
      const iv = Uint8Array.from(bytes.slice(0, 12))
      const rest = Uint8Array.from(bytes.slice(12))
      return new Uint8Array(await crypto.subtle.decrypt(how(place, iv), await key, rest))
    },
  }
}
