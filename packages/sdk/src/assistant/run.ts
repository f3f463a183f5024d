import type { Message } from '../conversations/index.ts'
import { AuronxError, isAuronxError, sha256Hex } from '../kernel/index.ts'
import type { JobGrant, JobRunner } from '../lanes/index.ts'
import { factsOf, instructionsOf, think, transcriptOf } from '../responder/index.ts'
import type { Instructions, Shop, Thought } from '../responder/index.ts'
import { beginTurn } from './begin.ts'
import type { Start } from './begin.ts'
import { commitTurn, leave, noteSuperseded, shopContext } from './commit.ts'
import type { Closing } from './commit.ts'
import type { TurnDeps, TurnStores } from './deps.ts'
import { holdTurn } from './lease.ts'
import { conversationOf } from './schedule.ts'

/**
 * Runs turns of the assistant: takes one up in a transaction, lets the model think outside of any, and commits the answer
 * in another. Each tool call is a short transaction of its own. Whoever commits must still hold the job: newer input moves
 * it, and a process that dies leaves it to its lease, so a turn may think twice and answers once. Effects of tools before
 * the commit must therefore be harmless when they are repeated.
 */
export function createTurnRunner<Stores extends TurnStores>(deps: TurnDeps<Stores>): JobRunner {
  return async (grant, job, { signal }) => {
    const conversationId = conversationOf(job)
    const open = deps.interrupts.open(conversationId)
    try {
      const start = await deps.work.run(grant.tenantId, (stores) =>
        beginTurn(stores, deps, grant, conversationId),
      )
      if (start === undefined) return
      const prompt = await instructionsOf(start.tenant.settings)
      const stop = AbortSignal.any([signal, open.signal])
      const thought = await thinkWhileHeld(deps, start, grant, { prompt, signal: stop })
      await conclude(deps, grant, { start, prompt, ...(thought === undefined ? {} : { thought }) })
    } finally {
      open.close()
    }
  }
}

interface Thinking {
  readonly prompt: Instructions
  readonly signal: AbortSignal
}

async function thinkWhileHeld<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
  start: Start,
  grant: JobGrant,
  { prompt, signal }: Thinking,
): Promise<Thought | undefined> {
  const held = holdTurn(deps, start, grant)
  try {
    const either = AbortSignal.any([signal, held.lost])
    return await ponder(deps, start, grant, { prompt, signal: either })
  } finally {
    await held.release()
  }
}

async function ponder<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
  start: Start,
  grant: JobGrant,
  { prompt, signal }: Thinking,
): Promise<Thought | undefined> {
  const { brain, clock } = deps
  const { tenant, contact, recent, thinkMs } = start
  if (typeof thinkMs === 'string') return undefined
  const { settings } = tenant
  const now = clock.now()
  const { actsAs: _actsAs, ...context } = shopContext(start, 'ai')
  const session = brain.toolbox.open({
    ...context,
    settings,
    now,
    recent,
    withShop: (body) => inShop(deps, start, grant, body),
  })
  const transcript = transcriptOf(pendingFirst(start), { conversationId: start.conversation.id })
  const facts = factsOf({ settings, locale: context.locale, now })
  const timeout = brain.timeout ?? ((ms: number) => AbortSignal.timeout(ms))
  const thought = await think(
    {
      instructions: prompt.text,
      tools: brain.toolbox.tools,
      input: [...transcript.items, facts],
      cacheKey: (await sha256Hex(`${tenant.id} ${prompt.hash}`)).slice(0, 32),
      safetyId: await sha256Hex(`${tenant.id} ${contact.id}`),
    },
    {
      model: brain.model,
      session,
      limits: brain.limits,
      signal,
      timeLimit: timeout(thinkMs),
    },
  )
  if (thought.conclusion.kind !== 'answered') return thought
  const text = transcript.restore(thought.conclusion.text)
  return { ...thought, conclusion: { kind: 'answered', text } }
}

/** One tool call's transaction, refused when the turn has lost its job or the conversation another owner. */
function inShop<Stores extends TurnStores, Result>(
  deps: TurnDeps<Stores>,
  start: Start,
  grant: JobGrant,
  body: (shop: Shop) => Promise<Result>,
): Promise<Result> {
  return deps.work.run(grant.tenantId, async (stores) => {
    const conversation = await stores.conversations.lock(start.conversation.id)
    await stores.jobs.take(grant)
    const contact = await stores.contacts.get(start.contact.id)
    const lost =
      conversation?.ownerEpoch !== start.conversation.ownerEpoch ||
      conversation.status === 'resolved' ||
      contact?.blockedAt !== undefined
    if (lost) throw new AuronxError('lease_lost', 'The turn has lost its conversation')
    return body(await deps.shop(stores, shopContext(start, 'ai')))
  })
}

async function conclude<Stores extends TurnStores>(
  deps: TurnDeps<Stores>,
  grant: JobGrant,
  rest: Pick<Closing<Stores>, 'start' | 'prompt' | 'thought'>,
): Promise<void> {
  const run = <Result>(body: (closing: Closing<Stores>) => Promise<Result>): Promise<Result> =>
    deps.work.run(grant.tenantId, (stores) => body({ ...rest, stores, deps }))
  try {
    leave(deps, rest.start, await run((closing) => commitTurn(closing, grant)))
  } catch (error) {
    if (isAuronxError(error, 'lease_lost')) await run(noteSuperseded)
    throw error
  }
}

/**
 * The thread, newest first, with what this turn answers as its newest part: a message that crossed with ours on the way
 * would else look answered.
 */
function pendingFirst({ turn, recent }: Start): readonly Message[] {
  const pending = new Set(turn.messageIds)
  const asked = recent.filter(({ id }) => pending.has(id))
  return [...asked, ...recent.filter(({ id }) => !pending.has(id))]
}
