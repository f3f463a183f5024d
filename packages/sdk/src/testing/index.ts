export type { AccountSubject } from '../accounts/index.ts'
export { accountContract, createMemoryAccountStore, createMemoryChannelDirectory } from '../accounts/index.ts'
export type { InboxSubject } from '../inbox/index.ts'
export { createMemoryInboxStore, inboxContract } from '../inbox/index.ts'
export { createMemoryDatabase, createMemoryEventStore, createMemoryWork } from '../kernel/index.ts'
export type { LaneSubject } from '../lanes/index.ts'
export {
  createMemoryJobQueue,
  createMemoryJobStore,
  createMemoryLaneQueue,
  createMemoryLaneStore,
  laneContract,
} from '../lanes/index.ts'
export type { OutboxSubject } from '../outbox/index.ts'
export { createMemoryOutboxQueue, createMemoryOutboxStore, outboxContract } from '../outbox/index.ts'
export type { FakeClock } from './clock.ts'
export { createFakeClock } from './clock.ts'
export type { ContractAssert, ContractCase, ContractRun, ContractSkip, StoreSubject } from './contract.ts'
export { createSeededRandom } from './random.ts'
export { runContract } from './run-contract.ts'
