export { planTurn, scheduleTurn, turnJob } from './schedule.ts'
export type { ScheduleStores } from './schedule.ts'
export type { Brain, ShopContext, TurnDeps, TurnStores } from './deps.ts'
export type { Interrupts } from './interrupts.ts'
export { createInterrupts, stopsTurns } from './interrupts.ts'
export { createGiveUp, turnBackoff } from './give-up.ts'
export { turnLease } from './lease.ts'
export { createTurnRunner } from './run.ts'
export type {
  AssistantTurn,
  CallRecord,
  Spend,
  TurnOutcome,
  TurnRecord,
  TurnStore,
} from './store.ts'
export { createMemoryTurnStore } from './store.memory.ts'
export type { TurnSubject } from './store.contract.ts'
export { turnContract } from './store.contract.ts'
