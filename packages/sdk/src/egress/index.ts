export type { Egress, EgressFetch, EgressHost, EgressInit, EgressOptions } from './egress.ts'
export { createEgress } from './egress.ts'
export type { ExchangeEnd } from './failure.ts'
export { failureOf, neverLeft } from './failure.ts'
