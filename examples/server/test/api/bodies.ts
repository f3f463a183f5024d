import { randomUUID } from 'node:crypto'
import type { Route } from '@auronx/sdk/api'

/** A valid body of each command, by operation; the others take none. */
export function bodyOf({ operation }: Pick<Route, 'operation'>): Readonly<Record<string, unknown>> {
  const make = bodies[operation]
  return make === undefined ? {} : make()
}

const lines = (): readonly unknown[] => [{ variantId: randomUUID(), quantity: 1 }]
const product = (): Readonly<Record<string, unknown>> => ({
  title: 'Tea',
  variants: [{ sku: `TEA-${randomUUID()}`, taxCode: 'standard' }],
})

const bodies: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  setPrice: () => ({ price: { amount: 400, currency: 'EUR', taxBehavior: 'inclusive' } }),
  setStock: () => ({ onHand: 60, policy: 'deny' }),
  createProduct: product,
  replaceProduct: product,
  saveTaxCategory: () => ({ category: 'S', rate: 100_000 }),
  createOrder: () => ({ contactId: randomUUID(), lines: lines() }),
  setOrderLines: () => ({ lines: lines() }),
  confirmOrder: () => ({ contentHash: '0'.repeat(64) }),
  cancelOrder: () => ({ reason: 'asked' }),
  sendReply: () => ({ text: { body: 'Hello' } }),
  handOff: () => ({ reason: 'asked' }),
  setContactLocale: () => ({ locale: 'es' }),
  mergeContact: () => ({ fromId: randomUUID() }),
  suppressContact: () => ({ what: 'marketing', reason: 'asked' }),
  liftSuppression: () => ({ what: 'everything' }),
  changeRole: () => ({ role: 'viewer' }),
  invite: () => ({ email: `${randomUUID()}@shop.test`, role: 'viewer' }),
  createApiKey: () => ({ name: 'Till', scopes: ['order:read'] }),
  setUsageObjection: () => ({ isObjected: false }),
  replaceChannelToken: () => ({ accessToken: 'token' }),
  connectChannel: () => ({
    phoneNumberId: '900000000000009',
    businessAccountId: '800000000000009',
    appId: '700000000000009',
    accessToken: 'token',
    appSecret: 'secret',
    verifyToken: 'verify',
  }),
}
