import { isAuronxError } from '../kernel/index.ts'
import type { BlobId, Ids, Random, TenantId } from '../kernel/index.ts'
import type { ContractCase } from '../testing/contract.ts'
import type { BlobStore } from './store.ts'

/** What the blob contract is run against. */
export interface BlobSubject {
  readonly blobs: BlobStore
  /** Two tenants that exist. */
  readonly tenants: readonly [TenantId, TenantId]
  readonly ids: Ids
  readonly random: Random
}

/** Promises of {@link BlobStore}. */
export const blobContract: readonly ContractCase<BlobSubject>[] = [
  {
    name: 'gives back the bytes it was given, in whatever pieces they came',
    async run({ blobs, tenants: [tenantId], ids, random }, assert) {
      const bytes = random.bytes(700_003)
      const parts = [
        bytes.slice(0, 1),
        bytes.slice(1, 300_000),
        bytes.slice(300_000, 300_000),
        bytes.slice(300_000),
      ]
      const kept = await blobs.put(tenantId, {
        id: ids.next('BlobId'),
        contentType: 'image/jpeg',
        body: parts,
      })
      assert.equal(kept.size, bytes.length)
      assert.equal(kept.sha256.length, 64)
      assert.deepEqual(await blobs.get(tenantId, kept.id), kept)
      assert.ok(equal(await readAll(blobs, tenantId, kept.id), bytes), 'the bytes differ')
    },
  },
  {
    name: 'keeps an empty file, with the digest of nothing',
    async run({ blobs, tenants: [tenantId], ids }, assert) {
      const kept = await blobs.put(tenantId, {
        id: ids.next('BlobId'),
        contentType: 'text/plain',
        body: [],
      })
      assert.equal(kept.size, 0)
      assert.equal(kept.sha256, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
      assert.equal((await readAll(blobs, tenantId, kept.id))?.length, 0)
    },
  },
  {
    name: 'refuses an id that is taken and leaves the first file as it is',
    async run({ blobs, tenants: [tenantId], ids }, assert) {
      const id = ids.next('BlobId')
      const kept = await blobs.put(tenantId, {
        id,
        contentType: 'text/plain',
        body: [new Uint8Array([1])],
      })
      await assert.rejects(
        blobs.put(tenantId, { id, contentType: 'text/plain', body: [new Uint8Array([2, 3])] }),
        (error) => isAuronxError(error, 'conflict'),
      )
      assert.deepEqual(await blobs.get(tenantId, id), kept)
      assert.ok(equal(await readAll(blobs, tenantId, id), new Uint8Array([1])), 'the bytes changed')
    },
  },
  {
    name: 'keeps nothing of a body that is too long or breaks off',
    async run({ blobs, tenants: [tenantId], ids }, assert) {
      const long = ids.next('BlobId')
      await assert.rejects(
        blobs.put(tenantId, {
          id: long,
          contentType: 'text/plain',
          body: [new Uint8Array(600_000)],
          maxBytes: 599_999,
        }),
        (error) => isAuronxError(error, 'payload_too_large'),
      )
      const broken = ids.next('BlobId')
      await assert.rejects(
        blobs.put(tenantId, { id: broken, contentType: 'text/plain', body: breaksOff() }),
        (error) => error instanceof Error && error.message === 'the source broke off',
      )
      assert.equal(await blobs.get(tenantId, long), undefined)
      assert.equal(await blobs.read(tenantId, broken), undefined)
      const kept = await blobs.put(tenantId, {
        id: broken,
        contentType: 'text/plain',
        body: [new Uint8Array([7])],
      })
      assert.equal(kept.size, 1)
    },
  },
  {
    name: 'deletes a file once',
    async run({ blobs, tenants: [tenantId], ids }, assert) {
      const id = ids.next('BlobId')
      await blobs.put(tenantId, { id, contentType: 'text/plain', body: [new Uint8Array(300_000)] })
      assert.equal(await blobs.delete(tenantId, id), true)
      assert.equal(await blobs.delete(tenantId, id), false)
      assert.equal(await blobs.get(tenantId, id), undefined)
      assert.equal(await blobs.read(tenantId, id), undefined)
    },
  },
  {
    name: 'shows, reads and deletes nothing of another tenant',
    async run({ blobs, tenants: [tenantId, other], ids }, assert) {
      const id = ids.next('BlobId')
      await blobs.put(tenantId, { id, contentType: 'text/plain', body: [new Uint8Array([1])] })
      assert.equal(await blobs.get(other, id), undefined)
      assert.equal(await blobs.read(other, id), undefined)
      assert.equal(await blobs.delete(other, id), false)
      assert.equal(
        (await blobs.put(other, { id, contentType: 'text/plain', body: [new Uint8Array([1, 2])] }))
          .size,
        2,
      )
      assert.equal((await blobs.get(tenantId, id))?.size, 1)
    },
  },
]

async function* breaksOff(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(600_000)
  await Promise.reject(new Error('the source broke off'))
}

async function readAll(
  blobs: BlobStore,
  tenantId: TenantId,
  id: BlobId,
): Promise<Uint8Array | undefined> {
  const body = await blobs.read(tenantId, id)
  if (body === undefined) return undefined
  const parts: number[] = []
  for await (const part of body) for (const byte of part) parts.push(byte)
  return new Uint8Array(parts)
}

function equal(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, index) => byte === b[index])
}
