import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { AuronxError } from '@auronx/sdk'

/**
 * Where a request comes from: the IPv4 address without its last eight bits, or the first 56 bits of the IPv6 address, which
 * is about what one customer of a provider has.
 */
export type ClientAddress = (request: IncomingMessage) => string

/**
 * Reads addresses. `X-Forwarded-For` counts as far as proxies wrote it that are named here, by address or as a network such
 * as `10.0.0.0/8`; whatever stands left of the last address that is none of them was made up by the client. Throws
 * `invalid_config` for what is neither.
 */
export function createClientAddress(trustedProxies: readonly string[] = []): ClientAddress {
  const isTrusted = trust(trustedProxies)
  return (request) => {
    const header = request.headers['x-forwarded-for']
    const said = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
    const hops = [...said, request.socket.remoteAddress ?? '']
      .map(plain)
      .filter((one) => one !== '')
    const client = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0] ?? ''
    return isIP(client) === 0 ? 'unknown' : networkOf(client)
  }
}

/** Headers by which a proxy says where a request comes from; the first is the one that is read. */
const forwardings = ['x-forwarded-for', 'forwarded'] as const

/**
 * Watches for proxies that nobody named, behind which everybody counts as one. `onFound` is called once, with the header that
 * told, and never for a peer that is trusted.
 */
export function createProxyWatch(
  trustedProxies: readonly string[],
  onFound: (header: string) => void,
): (request: IncomingMessage) => void {
  const isTrusted = trust(trustedProxies)
  let isFound = false
  return ({ headers, socket }) => {
    if (isFound) return
    const header = forwardings.find((name) => headers[name] !== undefined)
    if (header === undefined || isTrusted(plain(socket.remoteAddress ?? ''))) return
    isFound = true
    onFound(header)
  }
}

/** Whether a text names a proxy as {@link createClientAddress} takes it. */
export function isProxyName(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (more !== undefined || most < 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

function trust(proxies: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList()
  for (const proxy of proxies) addProxy(trusted, proxy)
  return (address) =>
    isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

function addProxy(trusted: BlockList, text: string): void {
  if (!isProxyName(text))
    throw new AuronxError('invalid_config', 'A trusted proxy is an IP address or a network')
  const [address = '', bits] = text.split('/')
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (bits === undefined) trusted.addAddress(address, family)
  else trusted.addSubnet(address, Number(bits), family)
}

// A socket for both families shows IPv4 as `::ffff:192.0.2.1`; some proxies add the port.
function plain(hop: string): string {
  const text = hop.trim().toLowerCase()
  const mapped = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(text)?.[1]
  return mapped ?? /^\[([0-9a-f:.]+)\](?::\d+)?$/.exec(text)?.[1] ?? text
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  const groups = expand(address)
  const last = (Number.parseInt(groups[3] ?? '0', 16) & 0xff00).toString(16)
  return `${[...groups.slice(0, 3), last].join(':')}::/56`
}

function expand(address: string): readonly string[] {
  const [left = '', right] = (address.split('%')[0] ?? '').split('::')
  const before = left === '' ? [] : left.split(':')
  const after = right === undefined || right === '' ? [] : right.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}
