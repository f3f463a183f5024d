import type { ContractCase, StoreSubject } from '../testing/contract.ts'
import { systemActor } from './actor.ts'
import type { TenantId } from './brand.ts'
import { isAuronxError } from './errors.ts'
import type { DomainEvent, EventStore } from './events.ts'

/** What the event contract is run against. */
export type EventSubject = StoreSubject<{ readonly events: EventStore }>

/** Promises of {@link EventStore}. */
export const eventContract: readonly ContractCase<EventSubject>[] = [
  {
    name: 'returns the events of an aggregate as they were appended, in the order of versions',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const id = subject.ids.next('OrderId')
      const [one, two, three] = [
        event(subject, tenantId, id, 1),
        event(subject, tenantId, id, 2),
        event(subject, tenantId, id, 3),
      ]
      const elsewhere = event(subject, tenantId, subject.ids.next('OrderId'), 1)
      await subject.work.run(tenantId, ({ events }) => events.append([two, one, elsewhere]))
      await subject.work.run(tenantId, ({ events }) => events.append([three]))
      const found = await subject.work.run(tenantId, ({ events }) =>
        events.ofAggregate('order', id),
      )
      assert.deepEqual(found, [one, two, three])
      await subject.work.run(tenantId, ({ events }) => events.append([]))
    },
  },
  {
    name: 'refuses a version that is taken, and then nothing of the append is kept',
    async run(subject, assert) {
      const [tenantId] = subject.tenants
      const id = subject.ids.next('OrderId')
      const first = event(subject, tenantId, id, 1)
      await subject.work.run(tenantId, ({ events }) => events.append([first]))
      await assert.rejects(
        subject.work.run(tenantId, ({ events }) =>
          events.append([event(subject, tenantId, id, 2), event(subject, tenantId, id, 1)]),
        ),
        (error) => isAuronxError(error, 'conflict'),
      )
      const found = await subject.work.run(tenantId, ({ events }) =>
        events.ofAggregate('order', id),
      )
      assert.deepEqual(found, [first])
    },
  },
  {
    name: 'neither shows nor takes events of another tenant',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const id = subject.ids.next('OrderId')
      await subject.work.run(tenantId, ({ events }) =>
        events.append([event(subject, tenantId, id, 1)]),
      )
      assert.deepEqual(
        await subject.work.run(other, ({ events }) => events.ofAggregate('order', id)),
        [],
      )
      await assert.rejects(
        subject.work.run(other, ({ events }) => events.append([event(subject, tenantId, id, 2)])),
        (error) => isAuronxError(error, 'not_permitted'),
      )
      await subject.work.run(other, ({ events }) => events.append([event(subject, other, id, 1)]))
    },
  },
  {
    name: 'reads on behind an event, in an order that only grows and of its own tenant only',
    async run(subject, assert) {
      const [tenantId, other] = subject.tenants
      const next = () => event(subject, tenantId, subject.ids.next('OrderId'), 1)
      const [early, one, two, three] = [next(), next(), next(), next()]
      const foreign = event(subject, other, subject.ids.next('OrderId'), 1)
      const newest = () => subject.work.run(tenantId, ({ events }) => events.newest())
      const read = (query: Parameters<EventStore['since']>[0]) =>
        subject.work.run(tenantId, ({ events }) => events.since(query))
      assert.equal(await newest(), undefined)
      await subject.work.run(tenantId, ({ events }) => events.append([three, one, two]))
      await subject.work.run(other, ({ events }) => events.append([foreign]))
      // Settled is what nobody's open transaction can come before, which may take a moment.
      for (let tries = 0; tries < 500 && (await newest()) !== three.id;) tries += 1
      assert.deepEqual(await read({ limit: 2 }), [one, two])
      const theirs = await subject.work.run(other, ({ events }) => events.newest())
      assert.ok(theirs === undefined || theirs === foreign.id)
      assert.deepEqual(await read({ after: two.id, limit: 500 }), [three])
      assert.deepEqual(await read({ after: three.id, limit: 500 }), [])
      assert.equal(await newest(), three.id)
      // Its id was made first and its transaction is the last.
      await subject.work.run(tenantId, ({ events }) => events.append([early]))
      for (let tries = 0; tries < 500 && (await newest()) !== early.id;) tries += 1
      assert.deepEqual(await read({ after: three.id, limit: 500 }), [early])
      assert.equal(await newest(), early.id)
      for (const unknown of [foreign.id, subject.ids.next('OrderId')])
        await assert.rejects(read({ after: unknown, limit: 1 }), (error) =>
          isAuronxError(error, 'not_found'),
        )
    },
  },
]

function event(
  subject: EventSubject,
  tenantId: TenantId,
  aggregateId: string,
  version: number,
): DomainEvent {
  return {
    id: subject.ids.next('OrderId'),
    tenantId,
    type: 'order.changed',
    schema: 1,
    aggregateType: 'order',
    aggregateId,
    aggregateVersion: version,
    occurredAt: subject.clock.now(),
    actor: systemActor(tenantId),
    correlationId: 'c-1',
    data: { amountMinor: 1_250, lines: [1, 2], note: null },
  }
}
