import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Clock, Random } from '@auronx/sdk'
import type { ClientAddress } from './client-address.ts'
import type { Cookies } from './cookies.ts'

/** Tells apart who asks for a sign-in code, with texts that only this server can make and that name nobody. */
export interface KnownDevices {
  /** What stands for the network of a request. */
  networkOf(request: IncomingMessage): string
  /** What stands for the browser of a request when this address was proven in it within half a year. */
  deviceOf(request: IncomingMessage, email: string): string | undefined
  /** A `Set-Cookie` line by which the browser is known for this address from now on. */
  remember(request: IncomingMessage, email: string): string
}

/** How long a browser is known after an address was proven in it: 180 days, in milliseconds. */
export const knownForMs = 180 * 24 * 3_600_000

/** Creates it; `key` is 32 bytes, the same in every process. */
export function createKnownDevices(deps: {
  readonly key: Uint8Array
  readonly cookies: Cookies
  readonly addressOf: ClientAddress
  readonly clock: Clock
  readonly random: Random
}): KnownDevices {
  const { key, cookies, addressOf, clock, random } = deps
  const macOf = (...parts: readonly string[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex')
  const proofOf = (id: string, since: string, email: string): string =>
    macOf('device', id, since, email.trim().toLowerCase())
  return {
    networkOf: (request) => macOf('network', addressOf(request)),
    deviceOf(request, email) {
      const value = cookies.read(request, 'device')
      const [id = '', since = '', proof = ''] = value?.split('.') ?? []
      const ageMs = clock.now().getTime() - Number.parseInt(since, 36)
      const isYoung = ageMs >= 0 && ageMs < knownForMs
      return isYoung && isSame(proof, proofOf(id, since, email)) ? id : undefined
    },
    remember(request, email) {
      // A share of codes belongs to the browser, which must not win a new one with every code.
      const known = this.deviceOf(request, email)
      const id = known ?? Buffer.from(random.bytes(16)).toString('hex')
      const since = clock.now().getTime().toString(36)
      return cookies.set('device', `${id}.${since}.${proofOf(id, since, email)}`, knownForMs)
    },
  }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
