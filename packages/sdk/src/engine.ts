import type { Channel, ChannelDirectory } from './accounts/index.ts'
import type { Changes } from './changes.ts'
import { createInbox } from './inbox/index.ts'
import type { Inbox, InboxStore } from './inbox/index.ts'
import { joinWork, systemActor } from './kernel/index.ts'
import type { Actor, Clock, Ids, Logger, Random, UnitOfWork } from './kernel/index.ts'
import {
  createJobSource,
  createLaneSource,
  createPeriodicSource,
  createWorker,
} from './lanes/index.ts'
import type {
  JobHandler,
  JobQueue,
  JobRule,
  JobRunner,
  JobStore,
  LaneQueue,
  PeriodicTask,
  Worker,
} from './lanes/index.ts'
import { createDispatcher } from './outbox/index.ts'
import type {
  Messenger,
  OutboxEntry,
  OutboxQueue,
  SendPacing,
  SuppressingRefusal,
} from './outbox/index.ts'
import type { PipelineStores } from './pipeline-events.ts'
import { createPipeline } from './pipeline.ts'
import type { PipelineDeps } from './pipeline.ts'
import { suppressRefused } from './suppression.ts'

/** The stores the engine needs in a transaction. */
export interface EngineStores extends PipelineStores {
  readonly jobs: JobStore
}

/** Storage as the engine asks for it: transactions of one tenant, and the few things that work across tenants. */
export interface EngineStorage<Stores> {
  readonly work: UnitOfWork<Stores>
  readonly inbox: InboxStore
  readonly lanes: LaneQueue
  readonly jobs: JobQueue
  readonly outbox: OutboxQueue
  readonly directory: ChannelDirectory
}

/** A kind of job that reaches outside of the stores. */
export interface OutsideJob<Stores> extends JobRule<Stores> {
  readonly run: JobRunner
}

/** What {@link createEngine} needs. */
export interface EngineDeps<Stores extends EngineStores> extends Pick<
  PipelineDeps<Stores>,
  'services' | 'respond'
> {
  readonly storage: EngineStorage<Stores>
  readonly messenger: Messenger
  readonly pacing: SendPacing
  readonly jobs: ReadonlyMap<string, JobHandler<Stores>>
  /** What every worker does again and again, beside what the engine needs. Default nothing. */
  readonly tasks?: readonly PeriodicTask[]
  /** Makes the runners of jobs that reach outside; they answer through the same way out. */
  readonly runners?: (
    out: Pick<Engine, 'send'> & Pick<PipelineDeps<Stores>, 'changed'>,
  ) => ReadonlyMap<string, OutsideJob<Stores>>
  /** Lease of a job in milliseconds. Default 60,000. */
  readonly jobLeaseMs?: number
  readonly changes: Changes
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
  readonly parkAfterMs: number
  readonly slots?: number
  readonly acceptFlights?: number
  readonly pollMs?: number
  readonly graceMs?: number
}

/** What moves: acceptance, the worker with everything it works on, and the way out. */
export interface Engine {
  readonly inbox: Inbox
  readonly worker: Worker
  /** Sends an intent that was committed as `sending`. */
  readonly send: (entry: OutboxEntry, channel: Channel, actor: Actor) => void
}

// Keys are kept a day longer than an event may take to arrive.
const keepHandledMs = 9 * 24 * 3_600_000
// Each deletes a thousand events; together more than a minute brings.
const mostPrunings = 100

/** Connects acceptance, lanes, jobs and outbox through one worker. Starts no I/O. */
export function createEngine<Stores extends EngineStores>(deps: EngineDeps<Stores>): Engine {
  const { storage, clock, logger, changes } = deps
  const { work } = storage
  const holder: { worker?: Worker } = {}
  const wake = (source?: string) => (): void => holder.worker?.wake(source)
  const onSuppress = ({ tenantId, ...refusal }: SuppressingRefusal): Promise<void> =>
    work.run(tenantId, async (stores) => {
      const { contacts } = deps.services(joinWork(tenantId, stores))
      const actor = systemActor(tenantId, 'whatsapp')
      await suppressRefused(stores, contacts, actor, refusal, clock.now())
    })
  const dispatcher = createDispatcher({
    ...deps,
    work,
    queue: storage.outbox,
    wake: wake('outbox'),
    onSuppress,
  })
  const send: Engine['send'] = (entry, channel, { tenantId }) => {
    const task = dispatcher.task(tenantId, entry, channel)
    const publish = (): void => changes.publish({ tenantId, kind: 'outbox', id: entry.id })
    holder.worker?.submit((signal) => task(signal).finally(publish))
  }
  const changed: PipelineDeps<Stores>['changed'] = ({ kind, actor, id }) => {
    changes.publish({ tenantId: actor.tenantId, kind, ...(id === undefined ? {} : { id }) })
  }
  const queued = wake('outbox')
  const handle = createPipeline<Stores>({ ...deps, work, send, changed, queued })
  const lanes = createLaneSource({
    ...deps,
    work,
    queue: storage.lanes,
    handle,
    wake: wake('lanes'),
  })
  const tasks = [dispatcher.recovery, createInboxPruning(deps), ...(deps.tasks ?? [])]
  const jobs = createJobSource<Stores>({
    ...deps,
    ...jobsOf(deps.runners?.({ send, changed })),
    work,
    queue: storage.jobs,
    handlers: deps.jobs,
    wake: wake(),
    ...(deps.jobLeaseMs === undefined ? {} : { leaseMs: deps.jobLeaseMs }),
  })
  const worker = createWorker({
    sources: [lanes, dispatcher, jobs, createPeriodicSource(tasks, clock)],
    clock,
    logger,
    ...(deps.slots === undefined ? {} : { slots: deps.slots }),
    ...(deps.pollMs === undefined ? {} : { pollMs: deps.pollMs }),
    ...(deps.graceMs === undefined ? {} : { graceMs: deps.graceMs }),
  })
  holder.worker = worker
  const inbox = createInbox({
    ...deps,
    store: storage.inbox,
    directory: storage.directory,
    wake: wake('lanes'),
    offer: {
      wants: () => worker.wants(),
      take(offers) {
        for (const { grant, events } of offers) worker.submit(lanes.task(grant, events))
      },
    },
    ...(deps.acceptFlights === undefined ? {} : { flights: deps.acceptFlights }),
  })
  return { inbox, worker, send }
}

function jobsOf<Stores>(outside: ReadonlyMap<string, OutsideJob<Stores>> = new Map()): {
  readonly runners: ReadonlyMap<string, JobRunner>
  readonly rules: ReadonlyMap<string, JobRule<Stores>>
} {
  const runners = new Map([...outside].map(([kind, { run }]) => [kind, run]))
  return { runners, rules: outside }
}

function createInboxPruning<Stores extends EngineStores>({
  storage,
  clock,
}: Pick<EngineDeps<Stores>, 'storage' | 'clock'>): PeriodicTask {
  return {
    name: 'inbox pruning',
    everyMs: 60_000,
    async run() {
      const before = new Date(clock.now().getTime() - keepHandledMs)
      for (let round = 0; round < mostPrunings; round += 1)
        if ((await storage.inbox.prune(before, 1_000)) < 1_000) return
    },
  }
}
