import type { ChannelRoute } from '../accounts/index.ts'
import type { InboundEvent, Party } from '../webhook/index.ts'

/** How old an event may be when it arrives; Meta retries for seven days. History is excepted. */
export const maxEventAgeMs = 8 * 24 * 3_600_000

/** Where an event goes, or why it does not. */
export type Routing =
  | { readonly kind: 'accepted'; readonly route: ChannelRoute; readonly lane: string }
  | { readonly kind: 'refused'; readonly reason: 'unknown_number' | 'foreign_app' | 'too_old' }

/**
 * Decides which tenant and lane an event belongs to. A lane is one conversation: the number and the customer, by user
 * id where there is one; statuses have lanes of their own, so that they never hold up a message; what belongs to
 * nobody in particular shares one lane per number.
 *
 * @param candidates routes of the event's number or business account
 * @param appId the app whose secret verified the body; a number of another app is refused
 */
export function routeEvent(
  event: InboundEvent,
  candidates: readonly ChannelRoute[],
  appId: string,
  nowMs: number,
): Routing {
  const own = candidates.find((route) => route.appId === appId)
  if (own === undefined) {
    return { kind: 'refused', reason: candidates.length === 0 ? 'unknown_number' : 'foreign_app' }
  }
  if (isTooOld(event, nowMs)) return { kind: 'refused', reason: 'too_old' }
  return { kind: 'accepted', route: own, lane: `${own.phoneNumberId}|${laneSuffix(event)}` }
}

function isTooOld(event: InboundEvent, nowMs: number): boolean {
  if (event.kind === 'history' || event.timestampMs === undefined) return false
  return nowMs - event.timestampMs > maxEventAgeMs
}

function laneSuffix(event: InboundEvent): string {
  switch (event.kind) {
    case 'message':
      return event.groupId === undefined ? `c:${partyKey(event.from)}` : `g:${event.groupId}`
    case 'echo':
      return event.groupId === undefined ? `c:${partyKey(event.to)}` : `g:${event.groupId}`
    case 'identity':
      return `c:${partyKey(event.previous)}`
    case 'status':
      return `s:${event.groupId ?? partyKey(event.recipient)}`
    default:
      return 'a'
  }
}

function partyKey(party: Party): string {
  return party.userId ?? party.phone ?? party.parentUserId ?? party.username ?? 'nobody'
}
