export type { BreakerOptions, BreakerSettings, BreakerState } from './breaker.ts'
export { withBreaker } from './breaker.ts'
export type { Choice } from './choice.ts'
export { choiceId, maxQuantity, parseChoice } from './choice.ts'
export { loopBudget, misunderstandings } from './handoff.ts'
export type { Intent, Match } from './keywords.ts'
export type { Conclusion, ThinkDeps, ThinkFailure, ThinkRequest, Thought } from './ai.ts'
export { think } from './ai.ts'
export { withSecondTry } from './second-try.ts'
export { handOff } from './handoff.ts'
export type { ModelPrice, ThinkLimits, Tokens } from './limits.ts'
export { addTokens, costOf, defaultLimits, noTokens, totalTokens } from './limits.ts'
export { matchKeyword, normalize } from './keywords.ts'
export { refusalScreen } from './menu.ts'
export { itemList, itemScreen, proposalScreen, statusScreen } from './screens.ts'
export { deskTools } from './desk-tools.ts'
export type {
  Model,
  ModelFailure,
  ModelItem,
  ModelReply,
  ModelRequest,
  ModelTool,
  ModelToolCall,
  ModelUsage,
} from './model.ts'
export type { RespondDeps } from './respond.ts'
export { respond } from './respond.ts'
export type {
  ActionView,
  Basket,
  BasketView,
  CartNotice,
  CartView,
  OrderView,
  ProposalView,
  Shop,
  ShopItem,
  ShopLine,
  ShopRefusal,
} from './shop.ts'
export type { Texts } from './texts.ts'
export { textsOf } from './texts.ts'
export type { HandOffReason, Reply, ReplyStep, Turn } from './turn.ts'
export type { AuthorityDecision, AuthorityFacts, AuthorityTable } from './authority.ts'
export {
  authorityOf,
  decideAuthority,
  defaultLimitMinor,
  typedConfirmLimitOf,
} from './authority.ts'
export type { GuardReason } from './guards.ts'
export type { Handles, HandleTarget } from './handles.ts'
export type { Instructions } from './prompt.ts'
export { factsOf, instructionsOf, promptVersion } from './prompt.ts'
export type {
  CommitDesk,
  Deferred,
  DeferredOutcome,
  Preference,
  Tool,
  ToolAnswer,
  ToolContext,
  ToolDefinition,
  ToolTurn,
} from './tool.ts'
export { defineTool } from './tool.ts'
export { toolLimits } from './tool-session.ts'
export type {
  GuardOutcome,
  Toolbox,
  ToolboxDeps,
  ToolRecord,
  ToolResult,
  ToolSession,
} from './toolbox.ts'
export { createToolbox } from './toolbox.ts'
export type { Transcript, TranscriptOptions } from './transcript.ts'
export { transcriptOf } from './transcript.ts'
