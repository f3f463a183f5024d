import type { DeliveryStatus, OutboxEntry, Settlement } from './store.ts'

const ranks: Readonly<Record<DeliveryStatus, number>> = {
  accepted: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
}

/**
 * What a status does to an intent. Delivery only rises; a lower status that comes late only fills in its time. `failed`
 * counts unless the message was delivered already, and is final. A status for a message whose outcome was unknown or
 * parked proves that it was accepted. What a person gave up or sent again stays given up when it failed.
 */
export function settle(entry: OutboxEntry, settlement: Settlement): OutboxEntry {
  const at = settlement.at.toISOString()
  const deliveryAt = {
    ...entry.deliveryAt,
    [settlement.status]: entry.deliveryAt[settlement.status] ?? at,
  }
  const { leaseUntil: _lease, unknownSince: _since, ...known } = entry
  const base = { ...known, deliveryAt, providerMessageId: settlement.providerMessageId }
  if (settlement.status === 'failed') return fail(entry, base, settlement)
  if (entry.state === 'failed') return { ...entry, deliveryAt }
  const delivery = higher(entry.delivery ?? 'accepted', settlement.status)
  return { ...base, state: 'accepted', delivery }
}

function fail(entry: OutboxEntry, base: OutboxEntry, settlement: Settlement): OutboxEntry {
  const isArrived = ranks[entry.delivery ?? 'accepted'] >= ranks.delivered
  if (isArrived || entry.state === 'discarded') return { ...entry, deliveryAt: base.deliveryAt }
  return { ...base, state: 'failed', errorCode: settlement.errorCode ?? 'unknown' }
}

function higher(current: DeliveryStatus, next: DeliveryStatus): DeliveryStatus {
  return ranks[next] > ranks[current] ? next : current
}
