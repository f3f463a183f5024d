import type { ApiKey, Invitation, Member, RefreshToken, Session, TenantId } from '@auronx/sdk'
import { invitationOf, keyOf, memberOf, refreshOf, sessionOf } from '@auronx/sdk/testing'
import type { EngineSubject } from './testing.ts'

type Subject = Pick<EngineSubject<unknown>, 'ids' | 'clock'>

/** A tenant's people, and what they sign in with. */
export interface OwnedStaff {
  readonly member: Member
  readonly invitation: Invitation
  readonly session: Session
  readonly refresh: RefreshToken
  readonly apiKey: ApiKey
}

/** A tenant's people with one of everything that is theirs, none of it stored yet. */
export function staffOf(subject: Subject, tenantId: TenantId, text: string): OwnedStaff {
  const member = memberOf(subject, { name: text })
  const session = { ...sessionOf(subject, member), device: text }
  const unique = tenantId.replaceAll('-', '')
  return {
    member,
    invitation: {
      ...invitationOf(subject, member),
      email: `${text}@example.test`,
      tokenHash: unique,
    },
    session,
    refresh: { ...refreshOf(subject, session), hash: unique },
    apiKey: { ...keyOf(subject, member, unique.slice(-12)), name: text },
  }
}
