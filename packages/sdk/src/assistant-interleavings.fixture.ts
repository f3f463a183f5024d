import { expect } from 'vitest'
import { z } from 'zod'
import { openDesk, unanswered } from './assistant.fixture.ts'
import type { Desk } from './assistant.fixture.ts'
import { scriptedCalls, scriptedText } from './responder/model.scripted.ts'
import { createRecordedModel } from './responder/recorded.fixture.ts'
import { defineTool } from './responder/index.ts'

/** Where in the life of a turn somebody else may act. */
const points = [
  'while it waits',
  'in the first call of the model',
  'in a tool',
  'in the second call of the model',
  'while its answer is sent',
  'afterwards',
] as const
type Point = (typeof points)[number]

/** What the customer and two colleagues may do. */
const actions = ['customer', 'dashboard', 'phone', 'give back'] as const
type Action = (typeof actions)[number]

/** Somebody acts at a step of the turn. */
export interface Move {
  readonly point: Point
  readonly action: Action
}

/** Every course of at most `most` moves, in the order of the turn's steps. */
export function coursesOf(most: number): readonly (readonly Move[])[] {
  const all: (readonly Move[])[] = [[]]
  let last: readonly (readonly Move[])[] = [[]]
  for (let length = 1; length <= most; length += 1) {
    last = last.flatMap((course) => {
      const from = points.indexOf(course.at(-1)?.point ?? points[0])
      return points
        .slice(from)
        .flatMap((point) => actions.map((action) => [...course, { point, action }]))
    })
    all.push(...last)
  }
  return all
}

interface Played {
  readonly desk: Desk
  /** Texts of the customer in order, and whether an owner changed after each. */
  readonly asked: readonly string[]
  readonly askedSinceChange: readonly string[]
}

async function play(course: readonly Move[]): Promise<Played> {
  const waiting = [...course]
  const asked: string[] = []
  let askedSinceChange: string[] = []
  const ask = async (): Promise<void> => {
    const text = `question number ${'abcdefgh'[asked.length]}`
    asked.push(text)
    askedSinceChange.push(text)
    await desk.write(text)
  }
  const act = async (action: Action): Promise<void> => {
    if (action === 'customer') return ask()
    askedSinceChange = []
    if (action === 'phone') return desk.echo('This is Kim.')
    const id = await desk.conversation()
    const acted = await (action === 'dashboard'
      ? desk.auronx.replies.send(desk.staff, id, { kind: 'text', body: 'This is Sam.' })
      : desk.auronx.conversations.giveBack(desk.staff, id))
    // A move that is not permitted would make the whole course prove nothing.
    if (acted.kind === 'refused') expect(acted.reason, action).not.toBe('not_permitted')
    return undefined
  }
  const reach = async (point: Point): Promise<void> => {
    while (waiting[0]?.point === point) {
      const move = waiting.shift()
      if (move !== undefined) await act(move.action)
    }
  }
  const look = defineTool({
    name: 'look',
    description: 'Looks.',
    input: z.strictObject({}),
    authority: 'inform',
    async run(_input, { turn }) {
      await turn.withShop((shop) => shop.browse())
      await reach('in a tool')
      return { outcome: 'ok', data: {} }
    },
  })
  const model = createRecordedModel(async (request) => {
    const second = request.input.some(({ kind }) => kind === 'tool_result')
    await reach(second ? 'in the second call of the model' : 'in the first call of the model')
    return second
      ? scriptedText(`Seen: ${unanswered(request).join(' ').replaceAll('|', '')}`)
      : scriptedCalls([{ name: 'look', args: {} }])
  })
  const desk = await openDesk({ model, tools: [look] }, {}, () => reach('while its answer is sent'))
  await ask()
  await reach('while it waits')
  await desk.pass(1_500)
  await desk.pass(1_500)
  // A point that the turn never came to is made up for, so that every move happens.
  for (const point of points) await reach(point)
  for (let round = 0; round < 4; round += 1) await desk.pass(1_500)
  return { desk, asked, askedSinceChange }
}

/** Who owned the conversation and who spoke, in the order in which it was committed. */
async function logOf({ storage, system, auronx, conversation }: Desk): Promise<readonly string[]> {
  const id = await conversation()
  const current = await auronx.conversations.get(system, id)
  if (current === undefined) throw new Error('There is no conversation')
  const { contactId, channelId } = current
  const thread = await auronx.conversations.thread(system, { contactId, channelId, limit: 100 })
  const events = await storage.work.run(system.tenantId, (stores) =>
    stores.events.ofAggregate('conversation', id),
  )
  const spoken = thread.items
    .filter(({ direction }) => direction === 'out')
    .map((message) => [message.id, message.author] as const)
  const owned = events.map((event) => [event.id, event.type] as const)
  return [...spoken, ...owned].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, what]) => what)
}

/** Messages of ours that were committed while a person had the conversation. */
export function violations(log: readonly string[]): readonly string[] {
  let human = false
  const wrong: string[] = []
  for (const entry of log) {
    if (entry === 'conversation.taken_over') human = true
    if (entry === 'conversation.given_back') human = false
    if (human && (entry === 'ai' || entry === 'menu')) wrong.push(entry)
  }
  return wrong
}

/** Plays a course and checks that one voice answered, nothing got lost and nothing was answered twice. */
export async function checkCourse(course: readonly Move[]): Promise<void> {
  const { desk, asked, askedSinceChange } = await play(course)
  const what = JSON.stringify(course)
  expect(violations(await logOf(desk)), what).toEqual([])

  const answers = desk.said().filter((text) => text.includes('Seen: '))
  const times = (text: string): number => answers.filter((one) => one.includes(text)).length
  for (const text of asked) expect(times(text), `${what} ${text}`).toBeLessThanOrEqual(1)
  const conversationId = await desk.conversation()
  const conversation = await desk.auronx.conversations.get(desk.system, conversationId)
  if (conversation?.owner === 'ai')
    for (const text of askedSinceChange) expect(times(text), `${what} ${text}`).toBe(1)

  const turns = await desk.auronx.turns.list(desk.system, { conversationId, limit: 100 })
  expect(
    turns.filter(({ state }) => state !== 'done'),
    what,
  ).toEqual([])
  const left = await desk.auronx.outbox.list(desk.system, { limit: 100 })
  expect(
    left.filter(({ state }) => state !== 'accepted'),
    what,
  ).toEqual([])
}
