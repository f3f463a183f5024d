import { describe, expect, test } from 'vitest'
import { ada, openDesk, unanswered } from './assistant.fixture.ts'
import type { ConversationId } from './index.ts'
import type { Desk } from './assistant.fixture.ts'
import { scriptedCalls, scriptedText } from './responder/model.scripted.ts'
import { createRecordedModel } from './responder/recorded.fixture.ts'
import type { ModelScript } from './responder/model.scripted.ts'
import { textsOf } from './responder/index.ts'
import type { ModelReply } from './responder/index.ts'

const en = textsOf('en')
const intro = en.assistantIntro('Corner Coffee')

async function open(script: ModelScript, ...rest: Rest) {
  const model = createRecordedModel(script)
  return { model, ...(await openDesk({ model, wait: async () => undefined }, ...rest)) }
}
type Rest = [answering?: Parameters<typeof openDesk>[1]]

const turnsOf = async (desk: Desk) =>
  desk.auronx.turns.list(desk.system, { conversationId: await desk.conversation(), limit: 100 })

const outcomesOf = async (desk: Desk) =>
  (await turnsOf(desk)).toReversed().map(({ outcome, state }) => outcome ?? state)

describe('quiet', () => {
  test('five messages in two seconds get one reply, which answers all five', async () => {
    const desk = await open((request) => scriptedText(unanswered(request).join(' | ')))
    for (const text of ['one fish', 'two fish', 'red fish', 'blue fish', 'old fish']) {
      await desk.write(text)
      await desk.pass(400)
    }
    expect(desk.messenger.sent).toEqual([])
    await desk.pass(1_100)
    expect(desk.model.requests).toHaveLength(1)
    expect(desk.messenger.sent).toHaveLength(1)
    for (const word of ['one', 'two', 'red', 'blue', 'old']) {
      expect(desk.said()[0]).toContain(`${word} fish`)
    }
    const [turn, ...others] = await turnsOf(desk)
    expect([turn?.outcome, turn?.messageIds.length, others]).toEqual(['answered', 5, []])
  })

  test('ends five seconds after the first unanswered message, however many follow', async () => {
    const desk = await open([scriptedText('Yes.')])
    for (let second = 0; second < 5; second += 1) {
      await desk.write(`and ${second}?`)
      await desk.pass(1_000)
    }
    expect(desk.messenger.sent).toHaveLength(1)
  })

  test('can be switched off by the business', async () => {
    const desk = await open([scriptedText('At nine.')], { quietMs: 0 })
    await desk.write('When do you open?')
    await desk.pass(0)
    expect(desk.said()).toEqual([`${intro}\n\nAt nine.`])
  })

  test('holds up neither a tap nor a keyword, and their answer does not swallow the question', async () => {
    const desk = await open([scriptedText('Oat milk, yes.')])
    await desk.write('Do you have oat milk?')
    await desk.write('menu')
    expect(desk.said()).toEqual([en.welcome('Corner Coffee')])
    await desk.pass(1_500)
    expect(desk.said()[1]).toContain('Oat milk, yes.')
    expect(desk.messenger.sent).toHaveLength(2)
  })
})

describe('who writes', () => {
  test('is said once per conversation', async () => {
    const desk = await open([scriptedText('First.'), scriptedText('Second.')], { quietMs: 0 })
    await desk.write('a question')
    await desk.pass(0)
    await desk.write('another question')
    await desk.pass(0)
    expect(desk.said()).toEqual([`${intro}\n\nFirst.`, 'Second.'])
  })
})

describe('newer input while the model thinks', () => {
  test('stops it, and is answered together with what it was about', async () => {
    const desk: Desk & { model: ReturnType<typeof createRecordedModel> } = await open(
      async (request, index) => {
        if (index > 0) return scriptedText(`${index}: ${unanswered(request).join(' | ')}`)
        await desk.write('and a sixth?')
        return scriptedText('too early')
      },
    )
    await desk.write('a question')
    await desk.pass(1_500)
    expect(desk.messenger.sent).toEqual([])
    await desk.pass(1_500)
    expect(desk.said()).toHaveLength(1)
    expect(desk.said()[0]).toContain('a question')
    expect(desk.said()[0]).toContain('and a sixth?')
    expect(await outcomesOf(desk)).toEqual(['superseded', 'answered'])
    const [answered, superseded] = await turnsOf(desk)
    expect(answered?.messageIds).toHaveLength(2)
    expect(superseded?.record?.steps).toEqual([{ step: 'assistant', outcome: 'superseded' }])
  })

  test('is noticed at the commit when another process accepted it', async () => {
    const desk: Awaited<ReturnType<typeof open>> = await open(async (_request, index) => {
      if (index === 0) await desk.write('and a sixth?')
      return scriptedText(`answer ${index}`)
    })
    await desk.write('a question')
    desk.clock.advance(1_500)
    await desk.second.work({ maxMs: 10_000 })
    expect(desk.messenger.sent).toEqual([])
    await desk.pass(1_500)
    expect(desk.said()).toEqual([`${intro}\n\nanswer 1`])
  })

  test('that is a tap starts it over, so that it knows what was said', async () => {
    const desk: Awaited<ReturnType<typeof open>> = await open(async (_request, index) => {
      if (index === 0) await desk.write('menu')
      return scriptedText(`answer ${index}`)
    })
    await desk.write('a question')
    await desk.pass(1_500)
    await desk.pass(0)
    expect(desk.said()).toEqual([en.welcome('Corner Coffee'), `${intro}\n\nanswer 1`])
    expect(await outcomesOf(desk)).toEqual(['superseded', 'answered'])
  })

  test('that asks for a person ends it', async () => {
    const desk: Awaited<ReturnType<typeof open>> = await open(async () => {
      await desk.write('I want to talk to a person')
      return scriptedText('too late')
    })
    await desk.write('a question')
    await desk.pass(1_500)
    await desk.pass(60_000)
    expect(desk.said()).toEqual([en.handOff])
    expect(await outcomesOf(desk)).toEqual(['handed_off'])
  })
})

test('a colleague who takes over and gives back without a word leaves the question to the assistant', async () => {
  const desk: Awaited<ReturnType<typeof open>> = await open(async (_request, index) => {
    if (index === 0) {
      const id = await desk.conversation()
      await desk.auronx.conversations.takeOver(desk.staff, id)
      await desk.auronx.conversations.giveBack(desk.staff, id)
    }
    return scriptedText(`answer ${'ab'[index]}`)
  })
  await desk.write('a question')
  await desk.pass(1_500)
  await desk.pass(0)
  expect(desk.said()).toEqual([`${intro}\n\nanswer b`])
})

describe('a person who steps in while the model thinks', () => {
  const steps: readonly [string, (desk: Desk, id: ConversationId) => Promise<unknown>][] = [
    ['takes over', ({ auronx, staff }, id) => auronx.conversations.takeOver(staff, id)],
    [
      'answers',
      ({ auronx, staff }, id) =>
        auronx.replies.send(staff, id, { kind: 'text', body: 'Sam here.' }),
    ],
    ['resolves', ({ auronx, staff }, id) => auronx.conversations.resolve(staff, id)],
    ['writes on the phone', (desk) => desk.echo('This is Kim.')],
  ]

  test.each(steps)(
    'and %s stops the call at once, and is the only one to answer',
    async (_how, act) => {
      let stopped = false
      const model = createRecordedModel([{ kind: 'silent' }])
      const desk = await openDesk({
        model: {
          name: model.name,
          respond(request, { signal }) {
            signal.addEventListener('abort', () => {
              stopped = true
            })
            return model.respond(request, { signal })
          },
        },
      })
      await desk.write('a question')
      const thinking = desk.pass(1_500)
      await until(() => model.requests.length === 1)
      await act(desk, await desk.conversation())
      expect(stopped).toBe(true)
      await thinking
      await desk.pass(60_000)
      expect(model.requests).toHaveLength(1)
      expect(desk.said().filter((text) => text !== 'Sam here.')).toEqual([])
      expect((await outcomesOf(desk))[0]).toMatch(/^person_owns|resolved$/)
    },
  )
})

describe('a provider that fails', () => {
  const failed = (reason: 'timeout' | 'unavailable' | 'rate_limited' | 'malformed' | 'rejected') =>
    ({ kind: 'failed', reason }) as const
  const usage = { input: 10, cachedInput: 0, output: 1 }
  const text = (body: string): ModelReply => scriptedText(body)

  test.each<[string, readonly ModelReply[], number]>([
    ['times out', [failed('timeout')], 1],
    ['is down', [failed('unavailable'), failed('unavailable')], 2],
    ['is at its limit', [failed('rate_limited'), failed('rate_limited')], 2],
    ['asks for a long pause', [{ ...failed('rate_limited'), retryAfterMs: 20_000 }], 1],
    ['sends nonsense', [failed('malformed'), failed('malformed')], 2],
    ['rejects the request', [failed('rejected')], 1],
    ['refuses', [{ kind: 'refused', usage }], 1],
    ['is cut off', [{ kind: 'incomplete', usage }], 1],
    ['says nothing', [text('  ')], 1],
  ])('%s: the menus answer, once', async (_name, script, calls) => {
    const desk = await open(script)
    await desk.write('do you have flat white today?')
    await desk.pass(1_500)
    expect(desk.model.requests).toHaveLength(calls)
    expect(desk.messenger.sent).toHaveLength(1)
    expect(JSON.stringify(desk.newest())).toContain('Flat white')
    expect(await outcomesOf(desk)).toEqual(['menus'])
    await desk.pass(600_000)
    expect(desk.messenger.sent).toHaveLength(1)
  })

  test('comes back on the second try', async () => {
    const desk = await open([
      { ...failed('rate_limited'), retryAfterMs: 900 },
      text('Here I am.'),
      text('Still here.'),
    ])
    await desk.write('anybody there?')
    await desk.pass(1_500)
    expect(desk.said()[0]).toContain('Here I am.')
    const [turn] = await turnsOf(desk)
    expect(turn?.outcome).toBe('answered')
    await desk.write('and again?')
    await desk.pass(1_500)
    expect(desk.model.requests).toHaveLength(3)
  })

  test('is silent: the menus answer when the time for thinking is over', async () => {
    const model = createRecordedModel([{ kind: 'silent' }])
    const limits: number[] = []
    const desk = await openDesk({
      model,
      timeout: (ms) => {
        limits.push(ms)
        return AbortSignal.timeout(1)
      },
    })
    await desk.write('do you have flat white today?')
    await desk.pass(1_500)
    expect(limits).toEqual([20_000])
    expect(JSON.stringify(desk.newest())).toContain('Flat white')
    expect(await outcomesOf(desk)).toEqual(['menus'])
  })

  test('is left alone after three failures in a row, and asked again after a pause', async () => {
    const desk = await open(() => failed('timeout'), { quietMs: 0 })
    const ask = async (): Promise<void> => {
      await desk.write('do you have flat white today?')
      await desk.pass(0)
    }
    for (let turn = 0; turn < 5; turn += 1) await ask()
    expect(desk.model.requests).toHaveLength(3)
    expect(desk.messenger.sent).toHaveLength(5)
    desk.clock.advance(30_000)
    await ask()
    expect(desk.model.requests).toHaveLength(4)
  })

  test('asks for tools without end: the menus answer', async () => {
    const endless = {
      kind: 'answered',
      text: '',
      toolCalls: [{ callId: 'c', name: 'nothing', arguments: '{"a":' }],
      continuation: [],
      usage,
    } as const
    const desk = await open(() => endless)
    await desk.write('do you have flat white today?')
    await desk.pass(1_500)
    expect(desk.model.requests).toHaveLength(6)
    expect(await outcomesOf(desk)).toEqual(['menus'])
  })
})

describe('budgets', () => {
  test('of a contact and day, then of a tenant and month, leave the menus to answer', async () => {
    for (const [answering, reason] of [
      [{ turnsPerContactDay: 1 }, 'contact_budget'],
      [{ tokensPerMonth: 100 }, 'tenant_budget'],
    ] as const) {
      const desk = await open(() => scriptedText('Fine.'), { quietMs: 0, ...answering })
      for (const text of ['how are you?', 'do you have flat white today?']) {
        await desk.write(text)
        await desk.pass(0)
      }
      expect(desk.model.requests).toHaveLength(1)
      const [turn] = await turnsOf(desk)
      expect(turn?.outcome).toBe('menus')
      expect(turn?.record?.steps[0]).toEqual({ step: 'assistant', outcome: reason })
    }
  })
})

test('a business that switches its assistant off is answered by the menus, at once', async () => {
  const desk = await open(() => scriptedText('No.'), { enabled: false })
  await desk.write('do you have flat white today?')
  expect(JSON.stringify(desk.newest())).toContain('Flat white')
  expect(desk.model.requests).toEqual([])
})

describe('a process that dies while the model thinks', () => {
  test('leaves the turn to another one, which answers once', async () => {
    const desk: Awaited<ReturnType<typeof open>> = await open((_request, index) =>
      index === 0 ? { kind: 'silent' } : scriptedText(`answer ${index}`),
    )
    await desk.write('a question')
    desk.clock.advance(1_500)
    const dying = desk.second.work({ maxMs: 10_000 })
    await until(() => desk.model.requests.length === 1)
    await desk.pass(7_000)
    expect(desk.messenger.sent).toEqual([])
    await desk.pass(1_000)
    expect(desk.said()).toEqual([`${intro}\n\nanswer 1`])
    void dying
  })

  test('again and again: the menus answer instead', async () => {
    const desk = await open(() => ({ kind: 'silent' }), { answerWithinMs: 600_000 })
    await desk.write('do you have flat white today?')
    desk.clock.advance(1_500)
    for (let death = 1; death <= 2; death += 1) {
      void desk.second.work({ maxMs: 10_000 })
      await until(() => desk.model.requests.length === death)
      desk.clock.advance(8_000)
    }
    await desk.pass(0)
    expect(JSON.stringify(desk.newest())).toContain('Flat white')
    expect(desk.model.requests).toHaveLength(2)
  })

  test('past the promised time: the menus answer at once', async () => {
    const desk = await open([scriptedText('too late')])
    await desk.write('do you have flat white today?')
    await desk.pass(28_000)
    expect(desk.model.requests).toEqual([])
    expect(JSON.stringify(desk.newest())).toContain('Flat white')
  })
})

test('a model whose adapter is broken is given up after two tries, and the menus answer', async () => {
  const desk = await open(() => {
    throw new Error('broken')
  })
  await desk.write('do you have flat white today?')
  for (const wait of [1_500, 1_000, 2_000]) await desk.pass(wait)
  expect(desk.model.requests).toHaveLength(2)
  expect(desk.messenger.sent).toHaveLength(1)
  expect(JSON.stringify(desk.newest())).toContain('Flat white')
})

test('words that must not leave are asked for anew once, then a person is asked', async () => {
  const bad = scriptedText('Your order is confirmed, it costs €3.20.')
  const mended = await open([bad, scriptedText('Please look at the menu.')])
  await mended.write('did you take my money')
  await mended.pass(1_500)
  expect(mended.said()).toEqual([`${intro}\n\nPlease look at the menu.`])
  expect(mended.model.requests[1]?.input.at(-1)?.kind).toBe('facts')

  const stubborn = await open([bad, bad])
  await stubborn.write('did you take my money')
  await stubborn.pass(1_500)
  expect(stubborn.said()).toEqual([en.handOff])
  expect(await outcomesOf(stubborn)).toEqual(['handed_off'])
  const conversation = await stubborn.auronx.conversations.get(
    stubborn.system,
    await stubborn.conversation(),
  )
  expect(conversation?.owner).toBe('queue')
})

test('who is handed over hears how long it takes, and free text is left to the person then', async () => {
  const desk = await open([scriptedCalls([{ name: 'handoff_to_human', args: handOffArgs }])], {
    quietMs: 0,
    personWithinMinutes: 15,
  })
  await desk.write('my grandmother is very angry with you')
  await desk.pass(0)
  expect(desk.said()).toEqual([`${en.handOff} ${en.personWithin(15)}`])
  await desk.write('are you listening')
  await desk.pass(60_000)
  expect(desk.model.requests).toHaveLength(1)
  await desk.auronx.conversations.giveBack(desk.staff, await desk.conversation())
  expect(desk.messenger.sent).toHaveLength(1)
})

const handOffArgs = { reason: 'upset', summary: 'Angry.' }

test('a language that the model set for a customer is on record, as done by it for them', async () => {
  const args = { language: 'es' }
  const desk = await open([
    scriptedCalls([{ name: 'set_preference', args }]),
    scriptedText('Claro.'),
  ])
  await desk.write('en español por favor, si puede ser')
  await desk.pass(1_500)
  const [conversation] = (await desk.auronx.conversations.list(desk.system, { limit: 1 })).items
  const contactId = conversation?.contactId
  if (contactId === undefined) throw new Error('There is no contact')
  const [contact, events] = await desk.storage.work.run(desk.system.tenantId, async (stores) => [
    await stores.contacts.get(contactId),
    await stores.events.ofAggregate('contact', contactId),
  ])
  expect(contact?.locale).toBe('es')
  expect(events.at(-1)).toMatchObject({
    type: 'contact.locale_set',
    data: { locale: 'es' },
    actor: { kind: 'ai', onBehalfOf: contactId },
  })
})

test('a host that stops gives the turn back when its grace is over', async () => {
  const desk: Awaited<ReturnType<typeof open>> = await open((_request, index) =>
    index === 0 ? { kind: 'silent' } : scriptedText('Here.'),
  )
  await desk.write('a question')
  desk.clock.advance(1_500)
  const stopping = new AbortController()
  const drained = desk.auronx.work({ maxMs: 10_000, signal: stopping.signal })
  await until(() => desk.model.requests.length === 1)
  stopping.abort()
  await drained
  expect(await outcomesOf(desk)).toEqual(['waiting'])
  await desk.pass(0)
  expect(desk.said()).toEqual([`${intro}\n\nHere.`])
})

test('two lanes of one person never have two voices', async () => {
  const desk = await open((request) => scriptedText(unanswered(request).join(' | ')))
  await desk.write('hello from my phone', { phone: ada.phone })
  await desk.write('and from my name', ada)
  await desk.write('and once more', { userId: ada.userId })
  await desk.pass(1_500)
  expect(desk.model.requests).toHaveLength(1)
  expect(desk.messenger.sent).toHaveLength(1)
  const [turn, ...others] = await turnsOf(desk)
  expect([turn?.outcome, turn?.messageIds.length, others]).toEqual(['answered', 3, []])
})

test('two strangers who turn out to be one person while they wait get one answer to everything', async () => {
  const desk = await open((request) => scriptedText(unanswered(request).join(' ')))
  await desk.write('hello from my phone', { phone: ada.phone })
  await desk.write('hello from my name', { userId: ada.userId })
  expect((await desk.auronx.conversations.list(desk.system, { limit: 5 })).items).toHaveLength(2)
  await desk.write('it is me twice', ada)
  for (let round = 0; round < 3; round += 1) await desk.pass(1_500)
  const answers = desk.said().join()
  for (const text of ['from my phone', 'from my name', 'me twice'])
    expect(answers.split(text)).toHaveLength(2)
})

test('a question moves along when its conversation ends because two contacts are one person', async () => {
  const desk = await open((request) => scriptedText(unanswered(request).join(' ')), {
    quietMs: 10_000,
    quietCapMs: 10_000,
  })
  await desk.write('is it open on sundays', { phone: ada.phone })
  desk.clock.advance(2_000)
  await desk.write('menu', { userId: ada.userId })
  await desk.write('menu', ada)
  for (let round = 0; round < 3; round += 1) await desk.pass(10_000)
  expect(desk.said().filter((text) => text.includes('open on sundays'))).toHaveLength(1)
  const { items } = await desk.auronx.conversations.list(desk.system, { limit: 5 })
  expect(items.map(({ status }) => status).toSorted()).toEqual(['open', 'resolved'])
})

test('a blocked contact and one whose window closed get nothing', async () => {
  const desk = await open(() => scriptedText('No.'))
  await desk.write('a question')
  await desk.pass(86_400_000)
  expect(desk.messenger.sent).toEqual([])
  expect(await outcomesOf(desk)).toEqual(['window_closed'])
})

test('a record and a trace say why, and carry nothing of what was said', async () => {
  const desk = await open([scriptedText('We open at nine.')])
  await desk.write('when do you open, it is Ada')
  await desk.pass(1_500)
  const [turn] = await turnsOf(desk)
  if (turn?.eventId === undefined) throw new Error('The turn has no event')
  const steps = (await desk.auronx.traces.ofEvents(desk.system, [turn.eventId])).get(turn.eventId)
  expect(steps?.map(({ step, outcome }) => `${step}:${outcome}`)).toEqual(
    expect.arrayContaining(['assistant:wanted', 'assistant:scheduled', 'assistant:answered']),
  )
  expect(turn.record).toMatchObject({
    model: 'scripted',
    modelCalls: 1,
    tokens: { input: 100, cachedInput: 0, output: 20 },
    promptVersion: expect.any(String),
    promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    latencyMs: 1_500,
    replies: [expect.any(String)],
  })
  expect(JSON.stringify([turn, steps])).not.toMatch(/open|nine|Ada|1555/)
})

/** Waits for something that another task of this process brings about. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
