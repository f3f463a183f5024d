export type { Choice } from './choice.ts'
export { choiceId, maxQuantity, parseChoice } from './choice.ts'
export { loopBudget, misunderstandings } from './handoff.ts'
export type { Intent, Match } from './keywords.ts'
export { matchKeyword } from './keywords.ts'
export type { Conclusion, ThinkDeps, ThinkFailure, ThinkRequest, Thought } from './ai.ts'
export { think } from './ai.ts'
export type { AskDeps } from './ask.ts'
export { handOff } from './handoff.ts'
export type { ModelPrice, ThinkLimits, Tokens } from './limits.ts'
export { addTokens, costOf, defaultLimits, noTokens, totalTokens } from './limits.ts'
export type {
  CommitDesk,
  Deferred,
  GuardOutcome,
  Instructions,
  Preference,
  Toolbox,
  ToolRecord,
  ToolResult,
  ToolSession,
  ToolTurn,
  Transcript,
} from './session.ts'
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
