import { expect, test } from 'vitest'
import { asId, hostActor } from '@auronx/sdk'
import { withTrail } from '../src/audit-trail.ts'
import type { Desk, DeskOutcome } from '../src/live/desk.ts'

type Commands = Pick<Desk, 'act' | 'reply' | 'actOnSend' | 'replay' | 'actOnDeadJob' | 'resume'>

function deskThat(outcome: DeskOutcome): Desk {
  const answer = async (): Promise<DeskOutcome> => outcome
  const commands: Commands = {
    act: answer,
    reply: answer,
    actOnSend: answer,
    replay: answer,
    actOnDeadJob: answer,
    resume: answer,
  }
  return {
    ...commands,
    summary: () => Promise.reject(new Error('not asked')),
    conversations: async () => ({ items: [] }),
    thread: async () => undefined,
    orders: async () => ({ items: [] }),
    sends: async () => [],
    dead: async () => [],
    stopped: async () => [],
    subscribe: () => () => undefined,
  }
}

const commands: Readonly<Record<string, (desk: Desk) => Promise<DeskOutcome>>> = {
  'conversation.taken-over': (desk) => desk.act('1', 'take-over'),
  'conversation.given-back': (desk) => desk.act('1', 'give-back'),
  'conversation.resolved': (desk) => desk.act('1', 'resolve'),
  'conversation.replied': (desk) => desk.reply('1', 'hello'),
  'send.resent': (desk) => desk.actOnSend('1', 'resend'),
  'send.discarded': (desk) => desk.actOnSend('1', 'discard'),
  'event.replayed': (desk) => desk.replay('1'),
  'job.replayed': (desk) => desk.actOnDeadJob('1', 'replay'),
  'job.discarded': (desk) => desk.actOnDeadJob('1', 'discard'),
  'number.resumed': (desk) => desk.resume('1'),
}

test.each(Object.entries(commands))('%s is written down when it was done', async (action, run) => {
  const actor = hostActor(asId('TenantId', '019aae60-0000-7000-8000-000000000001'), 'host')
  const written: string[] = []
  const trail = async (_actor: unknown, event: { readonly action: string }): Promise<void> => {
    written.push(event.action)
  }
  const trails = { trail, noteRead: trail }
  await run(withTrail(deskThat({ kind: 'refused', reason: 'not_found' }), actor, trails))
  expect(written).toEqual([])
  await run(withTrail(deskThat({ kind: 'done' }), actor, trails))
  expect(written).toEqual([action])
})
