export type { SimulatorEvent } from './core.ts'
export type {
  CartItem,
  CustomerFile,
  Customers,
  IncomingOptions,
  NewCustomer,
} from './customers.ts'
export type { DeliveryAttempt, DeliveryOptions, WebhookChange } from './delivery.ts'
export { signWireBody, toWireBody } from './escape.ts'
export type { FaultControls, GraphFault, WebhookFaults } from './faults.ts'
export type { JsonObject } from './json.ts'
export type {
  Simulator,
  SimulatorAddress,
  SimulatorOptions,
  TemplateControls,
  TranscriptEntry,
} from './options.ts'
export { phoneAssetFolder, phoneAssets } from './phone/assets.ts'
export type { ManualTime, Scheduler } from './scheduler.ts'
export { createManualTime, createTimerScheduler } from './scheduler.ts'
export { createSimulator } from './simulator.ts'
export type { StartedSimulator, StartOptions } from './start.ts'
export { startSimulator } from './start.ts'
export type {
  AcceptedMessage,
  CatalogProduct,
  ChatMessage,
  Customer,
  LadderStatus,
  MediaItem,
  Template,
} from './state.ts'
