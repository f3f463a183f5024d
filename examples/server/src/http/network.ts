import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * The network that a request comes from, for counting: /24 of IPv4, /56 of IPv6, because one household has all of it. The
 * server listens on this machine only, so what the proxy in front of it added last to `X-Forwarded-For` is who asked it.
 */
export function networkOf({ headers, socket }: IncomingMessage): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  const address = forwarded !== undefined && isIP(forwarded) > 0 ? forwarded : socket.remoteAddress
  return prefixOf((address ?? '').replace(/^::ffff:(?=\d+\.)/i, ''))
}

function prefixOf(address: string): string {
  if (isIP(address) === 4) return address.split('.').slice(0, 3).join('.')
  if (isIP(address) !== 6) return 'unknown'
  // A zone (%eth0) is no part of it; :: stands for as many zeros as are missing.
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const before = head.split(':').filter((group) => group !== '')
  const after = (tail ?? '').split(':').filter((group) => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0'))
  return groups.slice(0, 4).join(':').slice(0, -2).toLowerCase()
}
