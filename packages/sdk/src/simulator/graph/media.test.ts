import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rehearsal } from '../rehearsal.fixture.ts'
import { list, recordOf, startRehearsal } from '../rehearsal.fixture.ts'

const number = '106540352242922'
const auth = { authorization: 'Bearer test-token' }
let stage: Rehearsal

beforeEach(async () => {
  stage = await startRehearsal()
})
afterEach(() => stage.stop())

async function upload(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Response> {
  const form = new FormData()
  form.append('messaging_product', 'whatsapp')
  form.append('type', type)
  form.append('file', new Blob([bytes], { type }), 'file')
  return fetch(`${stage.address.graphUrl}/${number}/media`, {
    method: 'POST',
    headers: auth,
    body: form,
  })
}

describe('media', () => {
  it('goes up in one hop and comes down in two', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_byte, index) => index % 251)
    const { id } = recordOf(await (await upload(bytes, 'image/png')).json())
    const described = (await stage.graph('GET', `${String(id)}?phone_number_id=${number}`)).body
    expect(described).toMatchObject({
      id,
      mime_type: 'image/png',
      file_size: 5000,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      messaging_product: 'whatsapp',
    })
    const url = String(described['url'])
    expect((await fetch(url)).status).toBe(401)
    const file = await fetch(url, { headers: auth })
    expect(file.headers.get('content-type')).toBe('image/png')
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
    stage.time.advance(5 * 60_000)
    expect((await fetch(url, { headers: auth })).status).toBe(404)
    expect((await fetch(url.replace(/hash=.*/, 'hash=forged'), { headers: auth })).status).toBe(404)
  })

  it('belongs to its number', async () => {
    const { id } = recordOf(await (await upload(Uint8Array.of(1), 'image/png')).json())
    expect((await stage.graph('GET', `${String(id)}?phone_number_id=42`)).status).toBe(400)
  })

  it('is gone after it is deleted, and 30 days after it was uploaded', async () => {
    const { id } = recordOf(await (await upload(Uint8Array.of(1), 'image/png')).json())
    expect((await stage.graph('DELETE', String(id))).body).toEqual({ success: true })
    expect((await stage.graph('GET', String(id))).status).toBe(400)
    const second = recordOf(await (await upload(Uint8Array.of(1), 'image/png')).json())
    stage.time.advance(30 * 24 * 3_600_000)
    expect((await stage.graph('GET', String(second['id']))).status).toBe(400)
  })

  it('is refused when it is of another type, empty or too large', async () => {
    expect((await upload(Uint8Array.of(1), 'image/tiff')).status).toBe(400)
    expect((await upload(new Uint8Array(), 'image/png')).status).toBe(400)
    expect((await upload(new Uint8Array(5 * 1024 * 1024 + 1), 'image/png')).status).toBe(400)
  })

  it('of a customer comes with the hash in base64 and an address that works', async () => {
    const ana = stage.simulator.customers.create({ name: 'Ana', phone: '15550100101' })
    stage.simulator.customers.sendImage(ana.id, { caption: 'My order' })
    stage.simulator.customers.sendVoice(ana.id)
    await stage.simulator.idle()
    const messages = stage
      .values()
      .flatMap((value) => list(value['messages']))
      .map(recordOf)
    const image = recordOf(messages[0]?.['image'])
    expect(image).toMatchObject({ mime_type: 'image/png', caption: 'My order' })
    const bytes = new Uint8Array(
      await (await fetch(String(image['url']), { headers: auth })).arrayBuffer(),
    )
    expect(createHash('sha256').update(bytes).digest('base64')).toBe(image['sha256'])
    expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    const voice = recordOf(messages[1]?.['audio'])
    const sound = await (await fetch(String(voice['url']), { headers: auth })).text()
    expect(sound.startsWith('OggS')).toBe(true)
  })
})
