import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createRandom } from '../kernel/index.ts'
import type { TenantId } from '../kernel/index.ts'
import { decryptAes, encryptAes, importAesKey } from './aes-gcm.ts'
import { openBench, rootKey } from './bench.fixture.ts'
import { closeEnvelope, openEnvelope } from './envelope.ts'
import { createRootKeys, createSealer, createSecret, readRootKeys } from './index.ts'
import type { SealContext } from './index.ts'

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

let attacks = 0
afterAll(() => console.log(`T-CRY: ${attacks} changed envelopes, places and keys, 0 opened`))

const refused = async (attempt: Promise<unknown>): Promise<void> => {
  attacks += 1
  await expect(attempt).rejects.toMatchObject({ code: 'seal_broken' })
}

/** Test cases 13 to 16 of the GCM specification. https://csrc.nist.rip/groups/ST/toolkit/BCM/documents/proposedmodes/gcm/gcm-revised-spec.pdf */
const key16 = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'
const plain15 =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255'
const cipher15 =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad'
const vectors = [
  {
    name: 'case 13',
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    aad: '',
    plain: '',
    sealed: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: 'case 14',
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    aad: '',
    plain: '00'.repeat(16),
    sealed: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    name: 'case 15',
    key: key16,
    nonce: 'cafebabefacedbaddecaf888',
    aad: '',
    plain: plain15,
    sealed: `${cipher15}b094dac5d93471bdec1a502270e3cc6c`,
  },
  {
    name: 'case 16',
    key: key16,
    nonce: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plain: plain15.slice(0, 120),
    sealed: `${cipher15.slice(0, 120)}76fc6ece0f4e1768cddf8853bb2d551b`,
  },
] as const

describe('AES-256-GCM', () => {
  test.each(vectors)('$name of the specification', async (vector) => {
    const key = await importAesKey(hex(vector.key))
    const nonce = hex(vector.nonce)
    const sealed = await encryptAes(key, nonce, hex(vector.aad), hex(vector.plain))
    expect(Buffer.from(sealed).toString('hex')).toBe(vector.sealed)
    const opened = await decryptAes(key, nonce, hex(vector.aad), hex(vector.sealed))
    expect(Buffer.from(opened ?? []).toString('hex')).toBe(vector.plain)
  })
})

const place = ['value', 'tenant', 'table', 'column', 'row']
const plain = utf8('EAAG-planted')

const sealedOnce = async () => {
  const aes = await importAesKey(randomBytes(32))
  const envelope = await closeEnvelope({ version: 258, aes }, place, plain, createRandom())
  return { aes, envelope }
}

describe('an envelope', () => {
  test('opens to what was put in, whatever it was', async () => {
    const aes = await importAesKey(randomBytes(32))
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 0x7fff_ffff }),
        async (bytes, where, version) => {
          const envelope = await closeEnvelope({ version, aes }, where, bytes, createRandom())
          expect(envelope.length).toBe(bytes.length + 34)
          expect([...(await openEnvelope(aes, where, envelope))]).toEqual([...bytes])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('begins with format 1, algorithm 1 and the version of its key', async () => {
    const { envelope } = await sealedOnce()
    expect([...envelope.subarray(0, 6)]).toEqual([1, 1, 0, 0, 1, 2])
  })

  test('does not open with any single bit of header, nonce, ciphertext or tag turned', async () => {
    const { aes, envelope } = await sealedOnce()
    for (let bit = 0; bit < envelope.length * 8; bit += 1) {
      const changed = envelope.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await refused(openEnvelope(aes, place, changed))
    }
  })

  test('does not open in a place with any single bit turned', async () => {
    const { aes, envelope } = await sealedOnce()
    for (const [at, text] of place.entries()) {
      for (let bit = 0; bit < text.length * 7; bit += 1) {
        const units = Array.from(text).map((character) => character.charCodeAt(0))
        units[Math.floor(bit / 7)] = (units[Math.floor(bit / 7)] ?? 0) ^ (1 << (bit % 7))
        await refused(openEnvelope(aes, place.with(at, String.fromCharCode(...units)), envelope))
      }
    }
  })

  test('does not open at any shorter length, nor with bytes behind it', async () => {
    const { aes, envelope } = await sealedOnce()
    for (let length = 0; length < envelope.length; length += 1)
      await refused(openEnvelope(aes, place, envelope.slice(0, length)))
    await refused(openEnvelope(aes, place, new Uint8Array([...envelope, 0])))
  })

  test.each([
    ['parts joined', ['valuetenant', 'table', 'column', 'row']],
    ['a border moved', ['value', 'tenantt', 'able', 'column', 'row']],
    ['a part added', [...place, '']],
    ['a part left out', place.slice(0, -1)],
    ['two parts swapped', ['value', 'table', 'tenant', 'column', 'row']],
    ['another case', ['value', 'tenant', 'table', 'column', 'ROW']],
  ])('does not open with %s', async (_name, where) => {
    const { aes, envelope } = await sealedOnce()
    await refused(openEnvelope(aes, where, envelope))
  })

  test.each([0, 2, 255])('of format or algorithm %i is refused', async (byte) => {
    const { aes, envelope } = await sealedOnce()
    await refused(openEnvelope(aes, place, new Uint8Array(envelope.with(0, byte))))
    await refused(openEnvelope(aes, place, new Uint8Array(envelope.with(1, byte))))
  })

  test('does not open with another key', async () => {
    const { envelope } = await sealedOnce()
    await refused(openEnvelope(await importAesKey(randomBytes(32)), place, envelope))
  })

  test.each([0, -1, 1.5, 2 ** 31, Number.NaN])('cannot name key version %d', async (version) => {
    const aes = await importAesKey(randomBytes(32))
    await expect(
      closeEnvelope({ version, aes }, place, plain, createRandom()),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('never has the nonce of another, over 20,000', async () => {
    const aes = await importAesKey(randomBytes(32))
    const nonces = new Set<string>()
    for (let count = 0; count < 20_000; count += 1) {
      const envelope = await closeEnvelope({ version: 1, aes }, [], plain, createRandom())
      nonces.add(Buffer.from(envelope.subarray(6, 18)).toString('base64'))
    }
    expect(nonces.size).toBe(20_000)
  })
})

describe('a sealer', () => {
  const contextOf = (tenantId: TenantId | 'platform'): SealContext => ({
    tenantId,
    table: 'channel_credentials',
    column: 'sealed',
    rowId: 'channel/pin',
  })
  const opened = () => {
    const bench = openBench()
    return { ...bench, sealer: createSealer({ ...bench, secrets: bench.secrets(1) }) }
  }

  test('opens what it sealed, for a tenant and for the platform', async () => {
    const { sealer, tenantId } = opened()
    for (const scope of [tenantId, 'platform'] as const) {
      const sealed = await sealer.seal(contextOf(scope), plain)
      expect(await sealer.open(contextOf(scope), sealed)).toEqual(plain)
      expect(Buffer.from(sealed).includes(Buffer.from(plain))).toBe(false)
    }
  })

  test('seals the same value differently each time', async () => {
    const { sealer, tenantId } = opened()
    const seal = () => sealer.seal(contextOf(tenantId), plain)
    expect(await seal()).not.toEqual(await seal())
  })

  test('refuses a value that was moved', async () => {
    const { sealer, tenantId, other } = opened()
    const context = contextOf(tenantId)
    const sealed = await sealer.seal(context, plain)
    for (const scope of [other, 'platform'] as const) await sealer.seal(contextOf(scope), plain)
    await refused(sealer.open({ ...context, rowId: 'channel/app_secret' }, sealed))
    await refused(sealer.open({ ...context, column: 'sealed2' }, sealed))
    await refused(sealer.open({ ...context, table: 'meta_apps' }, sealed))
    await refused(sealer.open({ ...context, tenantId: other }, sealed))
    await refused(sealer.open({ ...context, tenantId: 'platform' }, sealed))
  })

  test('refuses a value under a key that is not there', async () => {
    const { sealer, tenantId } = opened()
    const sealed = await sealer.seal(contextOf(tenantId), plain)
    sealed[5] = 9
    await refused(sealer.open(contextOf(tenantId), sealed))
  })

  test('refuses the keys of a database without their root key, and of another one', async () => {
    const bench = opened()
    const sealed = await bench.sealer.seal(contextOf(bench.tenantId), plain)
    const stranger = createSealer({ ...bench, secrets: bench.secrets(2) })
    await refused(stranger.open(contextOf(bench.tenantId), sealed))
    const impostor = { version: 1, bytes: rootKey(2).bytes }
    const guess = createSealer({ ...bench, secrets: createRootKeys([impostor], bench.random) })
    await refused(guess.open(contextOf(bench.tenantId), sealed))
  })

  test('refuses a wrapped key that was moved to another tenant', async () => {
    const bench = opened()
    await bench.sealer.seal(contextOf(bench.tenantId), plain)
    const [key] = await bench.work.run(bench.tenantId, (stores) => stores.sealingKeys.list())
    if (key === undefined) throw new Error('There must be a key')
    await bench.work.run(bench.other, (stores) => stores.sealingKeys.add(key))
    await refused(bench.sealer.seal(contextOf(bench.other), plain))
  })

  test('makes one first key when two begin at once', async () => {
    const { sealer, tenantId, work } = opened()
    const context = contextOf(tenantId)
    const all = await Promise.all([1, 2, 3, 4].map(() => sealer.seal(context, plain)))
    for (const sealed of all) expect(await sealer.open(context, sealed)).toEqual(plain)
    expect(await work.run(tenantId, (stores) => stores.sealingKeys.list())).toHaveLength(1)
  })

  test('keeps no key longer than a minute', async () => {
    const bench = opened()
    const sealed = await bench.sealer.seal(contextOf(bench.tenantId), plain)
    await bench.sealer.open(contextOf(bench.tenantId), sealed)
    await bench.work.run(bench.tenantId, async (stores) => {
      const [key] = await stores.sealingKeys.list()
      const wrapped = { rootVersion: 1, bytes: new Uint8Array(82) }
      await stores.sealingKeys.rewrap(1, key?.wrapped.bytes ?? new Uint8Array(), wrapped)
    })
    bench.clock.advance(59_999)
    expect(await bench.sealer.open(contextOf(bench.tenantId), sealed)).toEqual(plain)
    bench.clock.advance(1)
    await refused(bench.sealer.open(contextOf(bench.tenantId), sealed))
  })
})

describe('a root key in the environment', () => {
  const good = Buffer.from(rootKey(1).bytes.reveal()).toString('base64')
  const problemsOf = (text: string): readonly string[] => {
    const outcome = readRootKeys(text)
    return outcome.kind === 'refused' ? outcome.problems : []
  }
  const encoded = (bytes: Iterable<number>): string => Buffer.from([...bytes]).toString('base64')

  test('is 32 random bytes in base64, with a version when there are several', () => {
    const other = randomBytes(32).toString('base64')
    expect(readRootKeys(good)).toMatchObject({ kind: 'ready', keys: [{ version: 1 }] })
    expect(readRootKeys(` 2:${other},\n 1:${good}\n`)).toMatchObject({
      kind: 'ready',
      keys: [{ version: 2 }, { version: 1 }],
    })
  })

  test('is accepted whatever the bytes are, as long as they are random', () => {
    for (let count = 0; count < 5_000; count += 1)
      expect(readRootKeys(randomBytes(32).toString('base64')).kind).toBe('ready')
  })

  test.each([
    ['nothing', ' '],
    ['31 bytes', encoded(rootKey(1).bytes.reveal().slice(1))],
    ['33 bytes', encoded([...rootKey(1).bytes.reveal(), 1])],
    ['16 bytes', encoded(rootKey(1).bytes.reveal().slice(16))],
    ['hex', Buffer.from(rootKey(1).bytes.reveal()).toString('hex')],
    ['base64url', `${good.slice(0, 20)}-_${good.slice(22)}`],
    ['a stray character', `${good.slice(0, 20)}!${good.slice(21)}`],
    ['a doubled version', `1:${good},1:${good}`],
    ['version 0', `0:${good}`],
    ['two keys without versions', `${good},${good}`],
    ['zeros', encoded(new Uint8Array(32))],
    ['one byte repeated', encoded(new Uint8Array(32).fill(0xa5))],
    ['counting up', encoded(Array.from({ length: 32 }, (_, index) => index))],
    ['counting down by three', encoded(Array.from({ length: 32 }, (_, index) => 255 - 3 * index))],
    [
      'two halves alike',
      encoded(Array.from('0123456789abcdef0123456789abcdef').map((c) => c.charCodeAt(0))),
    ],
    ['a pass phrase', encoded(utf8('correct horse battery staple 123'))],
    ['few different bytes', encoded(Array.from({ length: 32 }, (_, index) => (index * 37) % 11))],
  ])('is refused in one line without repeating it: %s', (_name, text) => {
    const problems = problemsOf(text)
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) {
      expect(problem).not.toContain('\n')
      for (const part of text.split(/[\s,:]+/).filter((one) => one.length > 3))
        expect(problem).not.toContain(part)
    }
  })
})

describe('a secret', () => {
  const secret = createSecret('EAAG-planted')
  test.each([
    // oxlint-disable-next-line typescript/restrict-template-expressions
    ['text', `${secret}`],
    ['concatenation', String(secret)],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect(secret)],
    [
      'inspect, nested and with everything shown',
      inspect({ a: [secret] }, { showHidden: true, depth: 9 }),
    ],
    [
      'keys and values',
      JSON.stringify(Object.entries(secret).map(([key, value]) => [key, String(value)])),
    ],
    // oxlint-disable-next-line typescript/restrict-template-expressions
    ['an error', String(new Error(`failed with ${secret}`).stack)],
    ['structured inspection', inspect(Object.getOwnPropertyDescriptors(secret))],
  ])('does not show itself in %s', (_name, shown) => {
    expect(shown).not.toContain('planted')
  })

  test('is itself only when revealed', () => {
    expect(secret.reveal()).toBe('EAAG-planted')
    expect(inspect(secret)).toBe('[secret]')
  })
})
