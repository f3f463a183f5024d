export type { AssignmentStore, Released } from './assignments.ts'
export { mayHoldConversations } from './assignments.ts'
export type { Answering, AnsweringSettings } from './answering-settings.ts'
export { answeringOf } from './answering-settings.ts'
export type {
  AssistantSettings,
  AuthorityAction,
  AuthorityLevel,
  AuthorityRule,
  BusinessTopic,
} from './assistant-settings.ts'
export { authorityActions, businessTopics } from './assistant-settings.ts'
export type { Accounts } from './service.ts'
export { createAccounts } from './service.ts'
export type { AccountSubject } from './store.contract.ts'
export { accountContract } from './store.contract.ts'
export {
  createMemoryAccountStore,
  createMemoryChannelDirectory,
  isMemoryChannelStopped,
  releaseMemoryChannel,
} from './store.memory.ts'
export type {
  AccessDirectory,
  AccessSettings,
  Invitation,
  Member,
  Membership,
  TeamStore,
} from './member.ts'
export { permissionsOf, reachOf } from './member.ts'
export type { MemberCommand, MemberDecision, TeamFacts } from './decide-team.ts'
export { decideMember, mayInvite, whyNotAccept } from './decide-team.ts'
export type { InviteOutcome } from './invite.ts'
export { invitationMs, maxOpenInvitations, reinviteAfterMs } from './invite.ts'
export type { NewTenant } from './new-tenant.ts'
export { cleanName, cleanPhone, newTenantSettings } from './new-tenant.ts'
export { recordMember } from './record-member.ts'
export type {
  InvitationView,
  MemberEndings,
  MemberOutcome,
  Team,
  TeamDeps,
  TeamStores,
} from './team.ts'
export { createTeam } from './team.ts'
export { createMemoryAccessDirectory, createMemoryTeamStore } from './team.memory.ts'
export { createMemoryUserStore } from './user.memory.ts'
export type { User, UserStore } from './user.ts'
export { normalizeEmail } from './user.ts'
export type {
  AccountStore,
  Channel,
  ChannelDirectory,
  ChannelRoute,
  Tenant,
  TenantSettings,
  TenantStatus,
} from './store.ts'
export { isTenantOpen } from './store.ts'
export type { Locale } from '../kernel/index.ts'
export { locales } from '../kernel/index.ts'
