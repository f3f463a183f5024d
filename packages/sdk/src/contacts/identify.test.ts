import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import {
  decideIdentity,
  identitiesOf,
  normalizeUsername,
  phoneVariants,
  searchedIdentities,
} from './identify.ts'
import type { Identity, KnownContact } from './store.ts'

const phone = (value: string): Identity => ({ kind: 'wa_phone', scope: '', value })
const userId = (value: string, scope = 'p'): Identity => ({ kind: 'wa_bsuid', scope, value })

function known(id: string, day: number, ...identities: Identity[]): KnownContact {
  const at = new Date(Date.UTC(2026, 0, day))
  return { id: asId('ContactId', id), createdAt: at, updatedAt: at, version: 1, identities }
}

describe('phoneVariants', () => {
  test.each([
    ['a Brazilian mobile with its ninth digit', '5511988887777', ['5511988887777', '551188887777']],
    ['a Brazilian mobile without it', '551188887777', ['551188887777', '5511988887777']],
    ['a Brazilian landline, which has none', '551133334444', ['551133334444']],
    ['a Brazilian number whose ninth digit hides a landline', '5511933334444', ['5511933334444']],
    ['a Mexican number with the 1', '5215512345678', ['5215512345678', '525512345678']],
    ['a Mexican number without it', '525512345678', ['525512345678', '5215512345678']],
    ['an Argentine number with the 9', '5491123456789', ['5491123456789', '541123456789']],
    ['an Argentine number without it', '541123456789', ['541123456789', '5491123456789']],
    ['any other number', '15550100001', ['15550100001']],
    ['a number with a plus sign', '+15550100001', ['+15550100001', '15550100001']],
  ])('knows %s', (_title, given, expected) => {
    expect(phoneVariants(given)).toEqual(expected)
  })

  test('lead back to the number from each of its variants', () => {
    const national = fc.tuple(
      fc.constantFrom('55', '52', '54', '1', '999'),
      fc.stringMatching(/^\d{8,11}$/),
    )
    fc.assert(
      fc.property(national, ([country, rest]) => {
        const number = country + rest
        for (const variant of phoneVariants(number))
          expect(phoneVariants(variant)).toContain(number)
      }),
    )
  })

  test('never exceed two and always begin with the number as received', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,15}$/), (number) => {
        const variants = phoneVariants(number)
        expect(variants[0]).toBe(number)
        expect(variants.length).toBeLessThanOrEqual(2)
      }),
    )
  })
})

describe('identitiesOf', () => {
  test('keeps ids as received and a username without @ in lower case', () => {
    const party = {
      phone: '15550100001',
      userId: 'US.AbC',
      parentUserId: 'US.ENT.1',
      username: '@Anna.B',
    }
    expect(identitiesOf(party, 'p')).toEqual([
      userId('US.AbC'),
      { kind: 'wa_parent_bsuid', scope: 'p', value: 'US.ENT.1' },
      phone('15550100001'),
      { kind: 'wa_username', scope: 'p', value: 'anna.b' },
    ])
    expect(normalizeUsername(' @ANNA ')).toBe('anna')
  })

  test.each(['', '  ', 'a\u0000b', '\ud83d', '9'.repeat(300)])(
    'takes nothing from an unusable value (%j)',
    (value) => {
      expect(identitiesOf({ phone: value, userId: value, username: value }, '')).toEqual([])
    },
  )

  test('does not search for usernames', () => {
    expect(
      searchedIdentities(identitiesOf({ username: 'anna', phone: '525512345678' }, '')),
    ).toEqual([phone('525512345678'), phone('5215512345678')])
  })
})

describe('decideIdentity', () => {
  const both = [userId('US.1'), phone('15550100001')]

  test('given a name alone, finds nobody', () => {
    expect(decideIdentity(identitiesOf({ username: 'anna', displayName: 'Anna' }, ''), [])).toEqual(
      { kind: 'nobody' },
    )
  })

  test('given somebody unknown, creates a contact with all identities', () => {
    expect(decideIdentity(both, [])).toEqual({ kind: 'create', link: both })
  })

  test('given a phone number that is known without a user id, links the user id', () => {
    const contact = known('a', 1, phone('15550100001'))
    expect(decideIdentity(both, [contact])).toEqual({
      kind: 'match',
      contact,
      link: [userId('US.1')],
      merge: [],
    })
  })

  test('given a user id alone that was linked before, matches without a phone number', () => {
    const contact = known('a', 1, ...both)
    expect(decideIdentity([userId('US.1')], [contact])).toEqual({
      kind: 'match',
      contact,
      link: [],
      merge: [],
    })
  })

  test('given one event that proves both ids of two contacts, merges into the older one', () => {
    const older = known('a', 1, phone('15550100001'))
    const newer = known('b', 2, userId('US.1'))
    expect(decideIdentity(both, [newer, older])).toEqual({
      kind: 'match',
      contact: older,
      link: [],
      merge: [newer],
    })
  })

  test('given a phone number whose owner has another user id, takes its holder for somebody else', () => {
    const former = known('a', 1, phone('15550100001'), userId('US.OLD'))
    expect(decideIdentity(both, [former])).toEqual({
      kind: 'create',
      link: both,
      displaced: former,
    })
    const holder = known('b', 2, userId('US.1'))
    expect(decideIdentity(both, [former, holder])).toEqual({
      kind: 'match',
      contact: holder,
      link: [phone('15550100001')],
      merge: [],
      displaced: former,
    })
  })

  test('given user ids of two portfolios, takes them for one person', () => {
    const contact = known('a', 1, phone('15550100001'), userId('US.7', 'q'))
    expect(decideIdentity(both, [contact])).toMatchObject({
      kind: 'match',
      contact,
      link: [userId('US.1')],
    })
  })

  test('given a national variant, matches but never merges two contacts', () => {
    const short = known('a', 1, phone('525512345678'))
    const long = known('b', 2, phone('5215512345678'))
    const received = [phone('5215512345678')]
    expect(decideIdentity(received, [short, long])).toEqual({
      kind: 'match',
      contact: long,
      link: [],
      merge: [],
    })
    expect(decideIdentity(received, [short])).toEqual({
      kind: 'match',
      contact: short,
      link: received,
      merge: [],
    })
  })

  test('gives the same answer whatever the order in which contacts are found', () => {
    const values = fc.constantFrom('1', '2')
    const identity = fc.oneof(
      values.map((value) => phone(`1555010000${value}`)),
      values.map((value) => userId(`US.${value}`)),
    )
    const people = fc
      .uniqueArray(identity, { selector: ({ kind, value }) => kind + value, maxLength: 4 })
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.array(fc.nat(2), { minLength: all.length, maxLength: all.length }),
        ),
      )
      .map(([all, owners]) =>
        [0, 1, 2].map((owner) =>
          known(String(owner), owner + 1, ...all.filter((_one, index) => owners[index] === owner)),
        ),
      )
    fc.assert(
      fc.property(
        people,
        fc.uniqueArray(identity, { selector: ({ kind }) => kind, minLength: 1 }),
        (all, event) => {
          const [a, b, c] = all
          if (a === undefined || b === undefined || c === undefined) return
          const decision = decideIdentity(event, all)
          expect(decideIdentity(event, [c, a, b])).toEqual(decision)
          if (decision.kind !== 'match') return
          const mine = event.find(({ kind }) => kind === 'wa_bsuid')
          const others = decision.contact.identities.filter(({ kind }) => kind === 'wa_bsuid')
          if (mine !== undefined && others.length > 0) expect(others).toContainEqual(mine)
        },
      ),
    )
  })
})
