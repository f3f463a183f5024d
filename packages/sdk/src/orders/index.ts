export type { ActionChoice, Acted, Viewed } from './act.ts'
export type {
  OrderChange,
  OrderCommand,
  OrderContent,
  OrderDecision,
  OrderFacts,
} from './decide.ts'
export { allowedActions, decide, evolve, orderTransitions } from './decide.ts'
export type {
  AddInput,
  CartInput,
  CartOutcome,
  Drafted,
  DraftOwner,
  QuantitiesInput,
} from './draft.ts'
export { maxCartQuantity } from './plan.ts'
export type { WantedLine } from './price.ts'
export { foldOrder } from './schema.ts'
export type { Orders } from './service.ts'
export { createOrderExpiry, createOrders } from './service.ts'
export type { OrderRefusal, OrdersDeps, OrderStores } from './session.ts'
export type { Proposed, Settled } from './settle.ts'
export { orderExpireJob } from './settle.ts'
export type { ShopDeps } from './shop.ts'
export { createShop } from './shop.ts'
export type { OrderSubject } from './store.contract.ts'
export { orderContract } from './store.contract.ts'
export {
  createMemoryActionDirectory,
  createMemoryActionStore,
  createMemoryOrderStore,
} from './store.memory.ts'
export type {
  ActionCommand,
  ActionDirectory,
  ActionResult,
  ActionStore,
  ActionToken,
  Confirmation,
  Order,
  OrderLine,
  OrderLineFacts,
  OrderOf,
  OrderQuery,
  OrderStatus,
  OrderStore,
  OrderTotals,
} from './store.ts'
export { orderStatuses } from './store.ts'
export type { ProposalTokens } from './tokens.ts'
export { hashToken } from './tokens.ts'
export { orderTools } from './tools.ts'
