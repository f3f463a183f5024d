import { AuronxError, asId } from '@auronx/sdk'
import type {
  HandledEvent,
  LaneAfterTurn,
  LaneGrant,
  LaneQueue,
  LaneStore,
  TenantId,
  TraceStep,
  WaitingEvent,
} from '@auronx/sdk'
import { boolean, bytes, instant, integer, json, optionalInstant, text, texts } from './row.ts'
import { quoteIdentifier } from './tenant.ts'
import { rowRanks } from './sql.ts'
import type { Sql, SqlRow, SqlStatement, Transaction } from './sql.ts'

/** The lane queue on PostgreSQL; `schema` is where the migrations ran. */
export function createPostgresLaneQueue(sql: Sql, schema: string): LaneQueue {
  const at = quoteIdentifier(schema)
  return {
    async claim({ limit, leaseMs, now }) {
      const rows = await sql.query({
        name: 'claim_lanes',
        text: `select lane_tenant, lane, lane_epoch from ${at}.claim_lanes($1, $2, $3)`,
        values: [now, limit, leaseMs],
      })
      const leaseUntil = new Date(now.getTime() + leaseMs)
      return rows.map((row) => ({
        tenantId: asId('TenantId', text(row, 'lane_tenant')),
        laneKey: text(row, 'lane'),
        epoch: integer(row, 'lane_epoch'),
        leaseUntil,
      }))
    },
    async release(grants, now) {
      await sql.query({
        name: 'release_lanes',
        text: `select ${at}.release_lanes($1, $2, $3, $4)`,
        values: [
          grants.map((grant) => grant.tenantId),
          grants.map((grant) => grant.laneKey),
          grants.map((grant) => grant.epoch),
          now,
        ],
      })
    },
    async extend(grant, leaseMs, now) {
      const leaseUntil = new Date(now.getTime() + leaseMs)
      const [row] = await sql.query({
        name: 'extend_lane',
        text: `select ${at}.extend_lane($1, $2, $3, $4) as extended`,
        values: [grant.tenantId, grant.laneKey, grant.epoch, leaseUntil],
      })
      return row !== undefined && boolean(row, 'extended') ? { ...grant, leaseUntil } : undefined
    },
    async complete(turns, when) {
      const events = turns.flatMap(({ handled }, turn) =>
        handled.map(({ id, trace }) => ({ id, trace, turn: turn + 1 })),
      )
      const [row = {}] = await sql.query({
        name: 'complete_turns',
        text: `select ${at}.complete_turns($1, $2, $3, $4, $5, $6, $7, $8, $9) as after`,
        values: [
          turns.map(({ grant }) => grant.tenantId),
          turns.map(({ grant }) => grant.laneKey),
          turns.map(({ grant }) => grant.epoch),
          turns.map(({ handled }) => handled.length),
          turns.map(({ keep }) => keep),
          events.map(({ id }) => id),
          events.map(({ turn }) => turn),
          events.map(({ trace }) => JSON.stringify(trace)),
          when,
        ],
      })
      return texts(row, 'after').map(toAfter)
    },
    async nextDue() {
      const [row] = await sql.query({
        name: 'next_lane_due',
        text: `select ${at}.next_lane_due() as due`,
        values: [],
      })
      return row === undefined ? undefined : optionalInstant(row, 'due')
    },
  }
}

/** A lane's events on PostgreSQL, inside one tenant's transaction. */
export function createPostgresLaneStore(sql: Transaction, tenantId: TenantId): LaneStore {
  const complete = sql.rows<Completion>({
    rank: rowRanks.completions,
    statements: (lanes) => [completeLanes(lanes)],
    answered(lanes, answer) {
      answer.then(
        (rows) => {
          for (const [index, { resolve }] of lanes.entries())
            resolve(boolean(rows[index] ?? {}, 'released'))
        },
        (error: unknown) => {
          for (const { reject } of lanes) reject(error)
        },
      )
    },
  })
  return {
    async waiting(lanes) {
      const rows = await sql.query({
        name: 'lane_waiting',
        text: `select g.place, e.id, e.ordinal, e.payload, e.received_at, e.attempts
          from unnest($2::text[], $3::bigint[], $4::integer[]) with ordinality as g (lane_key, epoch, most, place)
          join lanes l on l.tenant_id = $1 and l.lane_key = g.lane_key
          left join lateral (
            select * from inbox w
            where w.tenant_id = $1 and w.lane_key = g.lane_key and w.ordinal >= l.head and w.state = 'waiting'
            order by w.ordinal limit g.most
          ) e on true
          where l.epoch = g.epoch and l.lease_until is not null and g.lane_key is not null
          order by g.place, e.ordinal`,
        values: [
          tenantId,
          lanes.map(({ grant }) => (grant.tenantId === tenantId ? grant.laneKey : null)),
          lanes.map(({ grant }) => grant.epoch),
          lanes.map(({ limit }) => limit),
        ],
      })
      const byPlace = Map.groupBy(rows, (row) => integer(row, 'place') - 1)
      return lanes.map((_, place) =>
        byPlace
          .get(place)
          ?.filter((row) => row['id'] !== null)
          .map(toWaiting),
      )
    },
    complete: (grant, handled, at) =>
      new Promise((resolve, reject) => complete({ grant, handled, at, resolve, reject })),
    async fail(grant, eventId, { errorCode, at, retryAt }) {
      sql.post({
        name: 'fail_event',
        text: `select settle_event($1, $2, $3, $4, 'dead', null, $5, $6, $7, false)`,
        values: [
          grant.tenantId,
          grant.laneKey,
          grant.epoch,
          eventId,
          errorCode,
          at,
          retryAt ?? null,
        ],
      })
    },
    async dead(limit) {
      const rows = await sql.query({
        name: 'inbox_dead',
        text: `select id, kind, received_at, attempts, error_code from inbox
          where tenant_id = $1 and died_at is not null and state = 'dead' order by id desc limit $2`,
        values: [tenantId, limit],
      })
      return rows.map((row) => ({
        id: asId('InboxEventId', text(row, 'id')),
        kind: text(row, 'kind'),
        receivedAt: instant(row, 'received_at'),
        attempts: integer(row, 'attempts'),
        errorCode: text(row, 'error_code'),
      }))
    },
    async replay(eventId, at) {
      const [row] = await sql.query({
        name: 'replay_event',
        text: 'select replay_event($1, $2, $3) as replayed',
        values: [tenantId, eventId, at],
      })
      return row !== undefined && boolean(row, 'replayed')
    },
    async traces(eventIds) {
      const rows = await sql.query({
        name: 'inbox_traces',
        text: `select id, trace from inbox where tenant_id = $1 and id = any($2::uuid[]) and state = 'done'`,
        values: [tenantId, eventIds],
      })
      return new Map(
        rows.map((row) => [asId('InboxEventId', text(row, 'id')), toTrace(json(row, 'trace'))]),
      )
    },
  }
}

/** Events of one lane that were handled, and who waits to hear whether it was given back. */
interface Completion {
  readonly grant: LaneGrant
  readonly handled: readonly HandledEvent[]
  readonly at: Date
  readonly resolve: (released: boolean) => void
  readonly reject: (error: unknown) => void
}

// Locks lanes in the order of their keys, as acceptance does; answers in the order of `lanes`.
function completeLanes(lanes: readonly Completion[]): SqlStatement {
  const events = lanes.flatMap(({ handled }, index) =>
    handled.map((event) => ({ ...event, place: index + 1 })),
  )
  return {
    name: 'complete_events',
    text: `select done.released from (
        select one.place, complete_events(one.tenant_id, one.lane_key, one.epoch,
          array(select e.id from unnest($5::uuid[], $6::integer[]) with ordinality as e (id, place, position)
            where e.place = one.place order by e.position),
          array(select e.trace from unnest($7::text[], $6::integer[]) with ordinality as e (trace, place, position)
            where e.place = one.place order by e.position),
          one.at) as released
        from (
          select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::timestamptz[])
            with ordinality as t (tenant_id, lane_key, epoch, at, place)
          order by t.tenant_id, t.lane_key
        ) one offset 0
      ) done order by done.place`,
    values: [
      lanes.map(({ grant }) => grant.tenantId),
      lanes.map(({ grant }) => grant.laneKey),
      lanes.map(({ grant }) => grant.epoch),
      lanes.map(({ at }) => at),
      events.map(({ id }) => id),
      events.map(({ place }) => place),
      events.map(({ trace }) => JSON.stringify(trace)),
    ],
  }
}

const laneStates: readonly LaneAfterTurn[] = ['empty', 'waits', 'kept', 'lost']

function toAfter(found: string): LaneAfterTurn {
  const state = laneStates.find((one) => one === found)
  if (state === undefined) throw new AuronxError('internal', 'A lane is in an unknown state')
  return state
}

function toWaiting(row: SqlRow): WaitingEvent {
  return {
    id: asId('InboxEventId', text(row, 'id')),
    ordinal: integer(row, 'ordinal'),
    payload: bytes(row, 'payload'),
    receivedAt: instant(row, 'received_at'),
    attempts: integer(row, 'attempts'),
  }
}

function toTrace(value: unknown): readonly TraceStep[] {
  return Array.isArray(value) ? value.filter(isStep) : []
}

function isStep(value: unknown): value is TraceStep {
  return typeof value === 'object' && value !== null && 'step' in value && 'outcome' in value
}
