import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { networkOf } from '../src/http/network.ts'

function from(forwarded?: string): string {
  const request = new IncomingMessage(new Socket())
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return networkOf(request)
}

test.each([
  ['203.0.113.7', '203.0.113'],
  ['198.51.100.1, 203.0.113.7', '203.0.113'],
  ['::ffff:203.0.113.7', '203.0.113'],
  ['2001:db8:1:2ff:3::4', '2001:0db8:0001:02'],
  ['2001:db8:1:200::', '2001:0db8:0001:02'],
  ['2001:DB8::1', '2001:0db8:0000:00'],
  ['fe80::1%eth0', 'fe80:0000:0000:00'],
  ['::1', '0000:0000:0000:00'],
  ['nonsense', 'unknown'],
  [undefined, 'unknown'],
])('%s is of the network %s', (forwarded, network) => {
  expect(from(forwarded)).toBe(network)
})
