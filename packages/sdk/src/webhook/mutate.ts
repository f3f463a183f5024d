import { isFields, isList } from './narrow.ts'

/** A stream of numbers in [0, 1) that is the same for the same seed. For tests. */
export type SeededRandom = () => number

/** Mulberry32: small and good enough to choose mutations with. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000
  }
}

/** The value with one to four random places of it deleted, retyped, nested, blown up, poisoned or repeated. */
export function mutate(value: unknown, random: SeededRandom): unknown {
  let mutated = value
  const times = 1 + Math.floor(random() * 4)
  for (let i = 0; i < times; i += 1) mutated = mutateOnce(mutated, random, 0)
  return mutated
}

/** Whether a deleted member or item leaves a gap here. */
const gap = Symbol('gap')

function mutateOnce(value: unknown, random: SeededRandom, depth: number): unknown {
  const changed = descend(value, random, depth)
  return changed === gap ? null : changed
}

function descend(value: unknown, random: SeededRandom, depth: number): unknown {
  const isBranch = isList(value)
    ? value.length > 0
    : isFields(value) && Object.keys(value).length > 0
  const stop = !isBranch || (depth > 1 && random() < 0.15)
  if (stop) return spoil(value, random)
  if (isList(value)) {
    const index = pickMember(value, random)
    return value.flatMap((item, at) => {
      if (at !== index) return [item]
      const changed = descend(item, random, depth + 1)
      return changed === gap ? [] : [changed]
    })
  }
  const entries = Object.entries(Object(value))
  const index = pickMember(
    entries.map(([, member]) => member),
    random,
  )
  return Object.fromEntries(
    entries.flatMap(([name, member], at) => {
      if (at !== index) return [[name, member]]
      const changed = descend(member, random, depth + 1)
      return changed === gap ? [] : [[random() < 0.03 ? '__proto__' : name, changed]]
    }),
  )
}

type Spoil = (value: unknown, random: SeededRandom) => unknown

const spoils: readonly Spoil[] = [
  () => gap,
  () => null,
  () => true,
  (_value, random) => Math.floor(random() * 1e17),
  () => -1.5,
  () => '',
  () => [],
  () => ({}),
  (value) => JSON.stringify(value),
  (value) => [value],
  (value) => ({ value }),
  (value) => [value, value],
  (value) => nest(value, 150),
  () => 'x'.repeat(20_000),
  () => 'a\u0000b',
  () => '\ud83d',
  () => '\udc00\ud800',
  () => '__proto__',
  () => 'constructor',
  () => JSON.parse('{"__proto__":{"id":"polluted","type":"text"}}'),
  () => ({ constructor: { prototype: { id: 'polluted' } }, toString: null, length: -1 }),
  () => 1e308,
  (value) => (typeof value === 'string' ? Number(value) || 0 : value),
]

function spoil(value: unknown, random: SeededRandom): unknown {
  return spoils[pickIndex(spoils.length, random)]?.(value, random)
}

/** Mostly a member that has members itself, so that mutations also reach the leaves of a body. */
function pickMember(members: readonly unknown[], random: SeededRandom): number {
  const branches = members.flatMap((one, at) => (isList(one) || isFields(one) ? [at] : []))
  const preferred = random() < 0.85 ? branches[pickIndex(branches.length, random)] : undefined
  return preferred ?? pickIndex(members.length, random)
}

function pickIndex(length: number, random: SeededRandom): number {
  return Math.floor(random() * length)
}

function nest(value: unknown, levels: number): unknown {
  let nested = value
  for (let i = 0; i < levels; i += 1) nested = i % 2 === 0 ? [nested] : { nested }
  return nested
}
