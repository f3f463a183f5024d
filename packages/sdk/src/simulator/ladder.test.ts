import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rehearsal } from './rehearsal.fixture.ts'
import { list, recordOf, startRehearsal } from './rehearsal.fixture.ts'

let stage: Rehearsal
let anaId: string

beforeEach(async () => {
  stage = await startRehearsal()
  anaId = stage.simulator.customers.create({
    name: 'Ana',
    phone: '15550100101',
    username: 'ana',
  }).id
  stage.simulator.customers.sendText(anaId, 'hi')
  await stage.simulator.idle()
})
afterEach(() => stage.stop())

async function say(more: object = {}): Promise<string> {
  const reply = await stage.text('+15550100101', 'hello', more)
  await stage.simulator.idle()
  return String(recordOf(list(reply.body['messages'])[0])['id'])
}

function statusObjects(): readonly Readonly<Record<string, unknown>>[] {
  return stage
    .values()
    .flatMap((value) => list(value['statuses']))
    .map(recordOf)
}

describe('the status ladder', () => {
  it('climbs to delivered, and to read when the person opens the chat', async () => {
    const id = await say({ biz_opaque_callback_data: 'intent-1' })
    expect(stage.statuses()).toEqual([`${id}: sent`, `${id}: delivered`])
    stage.simulator.customers.openChat(anaId)
    await stage.simulator.idle()
    expect(stage.statuses()).toEqual([`${id}: sent`, `${id}: delivered`, `${id}: read`])
    expect(statusObjects().every((each) => each['biz_opaque_callback_data'] === 'intent-1')).toBe(
      true,
    )
  })

  it('names the recipient by number and user id, and the contact with the username only after sent', async () => {
    await say()
    const { userId } = stage.simulator.customers.get(anaId)
    expect(statusObjects()[0]).toMatchObject({
      recipient_id: '15550100101',
      recipient_user_id: userId,
    })
    const contacts = stage
      .values()
      .filter((value) => 'statuses' in value)
      .map((value) => value['contacts'])
    expect(contacts).toEqual([
      [{ profile: { name: 'Ana' }, wa_id: '15550100101', user_id: userId }],
      [{ profile: { name: 'Ana', username: 'ana' }, wa_id: '15550100101', user_id: userId }],
    ])
  })

  it('carries the price on sent and on the next status, then not again', async () => {
    stage.simulator.customers.openChat(anaId)
    await say()
    const free = {
      billable: false,
      pricing_model: 'PMP',
      type: 'free_customer_service',
      category: 'service',
    }
    expect(statusObjects().map((each) => each['pricing'])).toEqual([free, free, undefined])
  })

  it('charges service messages after the first thousand of a month', async () => {
    await say()
    const month = stage.simulator.snapshot().replace('"serviceCount":1,', '"serviceCount":1000,')
    stage.simulator.restore(month)
    await say()
    expect(statusObjects().at(-2)?.['pricing']).toMatchObject({ billable: true, type: 'regular' })
    stage.time.advance(31 * 24 * 3_600_000)
    stage.simulator.customers.sendText(anaId, 'next month')
    await say()
    expect(statusObjects().at(-2)?.['pricing']).toMatchObject({ billable: false })
  })

  it('stays at sent while the phone is off, and at delivered without read receipts', async () => {
    stage.simulator.customers.setReachable(anaId, false)
    const id = await say()
    expect(stage.statuses()).toEqual([`${id}: sent`])
    stage.simulator.customers.setReachable(anaId, true)
    await stage.simulator.idle()
    expect(stage.statuses()).toEqual([`${id}: sent`, `${id}: delivered`])

    const shy = stage.simulator.customers.create({
      name: 'Shy',
      phone: '15550100103',
      sendsReadReceipts: false,
    })
    stage.simulator.customers.sendText(shy.id, 'hi')
    stage.simulator.customers.openChat(shy.id)
    await stage.text('+15550100103', 'hello')
    await stage.simulator.idle()
    expect(stage.statuses().at(-1)).toMatch(/delivered$/)
  })

  it('fails 24 hours after the person’s last message', async () => {
    stage.time.advance(24 * 3_600_000)
    const id = await say()
    expect(stage.statuses()).toEqual([`${id}: failed`])
    expect(statusObjects()[0]).toMatchObject({
      recipient_id: '15550100101',
      errors: [{ code: 131047 }],
    })
    expect(statusObjects()[0]).not.toHaveProperty('recipient_user_id')
    expect(stage.values().at(-1)).not.toHaveProperty('contacts')
  })

  it('fails for a number that nobody has', async () => {
    await stage.text('+15550100177', 'anyone?')
    await stage.simulator.idle()
    expect(statusObjects()).toMatchObject([
      { status: 'failed', recipient_id: '15550100177', errors: [{ code: 131026 }] },
    ])
  })

  it('does not open the window by a reaction', async () => {
    const id = await say()
    stage.time.advance(24 * 3_600_000 - 1)
    stage.simulator.customers.react(anaId, id, '👍')
    stage.time.advance(1)
    const late = await say()
    expect(stage.statuses()).toContain(`${late}: failed`)
  })

  it('reports a voice note as played', async () => {
    const form = new FormData()
    form.append('messaging_product', 'whatsapp')
    form.append('file', new Blob([Uint8Array.of(1, 2)], { type: 'audio/ogg' }), 'note.ogg')
    const upload = await fetch(`${stage.address.graphUrl}/106540352242922/media`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-token' },
      body: form,
    })
    const { id: mediaId } = recordOf(await upload.json())
    const id = await say({ type: 'audio', text: undefined, audio: { id: mediaId, voice: true } })
    stage.simulator.customers.play(id)
    await stage.simulator.idle()
    expect(stage.statuses().at(-1)).toBe(`${id}: played`)
  })
})
